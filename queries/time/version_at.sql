-- Which number was in force at a time?
-- grain: one row
-- params: $known_at
-- reads: ops.acceptance
-- scope: none, the number in force is the same for all

-- before the first number 0 stands for nothing
select coalesce(max(acceptance_no), 0) as version_no
from ops.acceptance
where state = 'published' and published_at <= $known_at
