-- When was a backup made last, and one restored to try it, and what came of it?
-- grain: one row per action
-- reads: ops.audit
with ranked as (
    select
        action,
        acted_at,
        detail,
        row_number() over (partition by action order by audit_no desc) as place_no
    from ops.audit
    where action in ('backed_up', 'restore_checked')
),

latest as (
    select
        action,
        acted_at,
        detail
    from ranked
    where place_no = 1
)

select * from latest
order by action
