-- When was a backup made last, and what came of it?
-- grain: one row, or none
-- reads: ops.audit
select
    acted_at,
    detail
from ops.audit
where action = 'backed_up'
order by audit_no desc
limit 1
