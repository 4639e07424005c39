-- How often did signing in fail, hour by hour, and how often was somebody locked out?
-- grain: one row per hour and action
-- params: $since_at
-- reads: ops.audit
select
    action,
    date_trunc('hour', acted_at) as hour_at,
    count(*) as failure_count
from ops.audit
where action in ('sign_in_failed', 'locked_out') and acted_at >= $since_at
group by
    action,
    date_trunc('hour', acted_at)
order by
    hour_at,
    action
