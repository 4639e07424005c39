-- With which number did the first income become visible?
-- grain: one row, null without any
-- reads: ops.acceptance
-- scope: none, it tells no figure
select min(acceptance_no) as version_no
from ops.acceptance
where state = 'published' and kind = 'acceptance'
