-- Which failures to sign in came last, whose account was tried, and from where?
-- grain: one row per failure
-- params: $since_at, $most
-- reads: ops.audit
with failures as (
    select
        audit_no,
        acted_at,
        action,
        subject,
        address
    from ops.audit
    where action in ('sign_in_failed', 'locked_out') and acted_at >= $since_at
),

numbered as (
    select
        audit_no,
        acted_at,
        action,
        subject,
        address,
        row_number() over (order by audit_no desc) as place_no
    from failures
),

lately as (
    select
        acted_at,
        action,
        subject,
        address,
        place_no
    from numbered
    where place_no <= $most
)

select * from lately
order by place_no
