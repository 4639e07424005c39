-- What has one source, or all, brought each village, and how does it compare?
-- Amounts of a comparison are of months that both sides state, see parts/paired.sql.
-- grain: one row per village that tells of it this year or last
-- params: $source_id
-- builds on: sourced, paired, held, classed
-- scope: classed filters it
with received as (
    select
        village_code,
        sum(received_yuan) as received_yuan
    from sourced
    where $source_id in ('', source_id)
    group by village_code
),

compared as (
    select
        village_code,
        sum(left_yuan) filter (where pair = 'growth') as now_yuan,
        sum(right_yuan) filter (where pair = 'growth') as before_yuan,
        sum(left_yuan - right_yuan) filter (where pair = 'growth') as change_yuan,
        sum(left_yuan) filter (where pair = 'open') as due_yuan,
        sum(right_yuan) filter (where pair = 'open') as paid_yuan,
        sum(left_yuan - right_yuan) filter (where pair = 'open') as open_yuan
    from paired
    where $source_id in ('', source_id)
    group by village_code
)

select
    v.village_code,
    v.village_name,
    v.township_code,
    v.township_name,
    v.terrain,
    v.pilot_level,
    r.received_yuan,
    c.now_yuan,
    c.before_yuan,
    c.change_yuan,
    c.due_yuan,
    c.paid_yuan,
    c.open_yuan
from compared as c
inner join classed as v
    on c.village_code = v.village_code
left join received as r
    on c.village_code = r.village_code
order by
    r.received_yuan desc nulls last,
    v.village_code asc
