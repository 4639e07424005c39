-- What has each source brought this year, against last year and against what is due?
-- Amounts of a comparison are of months that both sides state, see parts/paired.sql.
-- grain: one row per source
-- builds on: sourced, paired
-- scope: sourced and paired filter it
with received as (
    select
        source_id,
        -- who reports zero tells of the source, and does not have it
        count(*) filter (where received_yuan <> 0) as village_count,
        sum(received_yuan) as received_yuan
    from sourced
    group by source_id
),

compared as (
    select
        source_id,
        sum(left_yuan) filter (where pair = 'growth') as now_yuan,
        sum(right_yuan) filter (where pair = 'growth') as before_yuan,
        sum(only_left_yuan) filter (where pair = 'growth') as only_now_yuan,
        sum(only_right_yuan) filter (where pair = 'growth') as only_before_yuan,
        count(left_yuan) filter (where pair = 'growth') as compared_count,
        sum(left_yuan) filter (where pair = 'open') as due_yuan,
        sum(right_yuan) filter (where pair = 'open') as paid_yuan,
        sum(left_yuan - right_yuan) filter (where pair = 'open') as open_yuan,
        sum(only_left_yuan) filter (where pair = 'open') as only_due_yuan,
        count(left_yuan) filter (where pair = 'open') as due_count
    from paired
    group by source_id
)

select
    c.source_id,
    -- a source that only last year tells of has no village this year
    coalesce(r.village_count, 0) as village_count,
    r.received_yuan,
    c.now_yuan,
    c.before_yuan,
    c.only_now_yuan,
    c.only_before_yuan,
    c.compared_count,
    c.due_yuan,
    c.paid_yuan,
    c.open_yuan,
    c.only_due_yuan,
    c.due_count
from compared as c
left join received as r
    on c.source_id = r.source_id
order by c.source_id
