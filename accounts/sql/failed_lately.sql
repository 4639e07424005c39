-- Which failures to sign in came last, whose account was tried, and from where?
-- grain: one row per failure
-- params: $since_at, $most
-- reads: ops.audit
select
    acted_at,
    action,
    subject,
    address
from ops.audit
where action in ('sign_in_failed', 'locked_out') and acted_at >= $since_at
order by audit_no desc
limit $most
