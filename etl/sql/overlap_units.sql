-- Which units in force may tell each other's amounts?
-- grain: one row per unit in force of an income that changed, within some days
-- params: $open, $first_day, $last_day
-- reads: overlap_touched, the temporary table made before
create or replace temp table overlap_units as
with units as (
    select
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end,
        max(p.due_until_date) as due_until_date,
        max(p.received_until_date) as received_until_date,
        count(p.amount_due_yuan) = count(*) as has_due,
        count(p.amount_received_yuan) = count(*) as has_received
    from core.income_period as p
    inner join overlap_touched as t
        on p.village_code = t.village_code and p.source_id = t.source_id
    where
        p.to_no = $open
        and p.line_kind in ('income', 'cost')
        and p.period_end >= $first_day
        and p.period_start <= $last_day
    group by
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end
)

select
    u.village_code,
    u.source_id,
    u.statement,
    u.project_id,
    u.period_start,
    u.period_end,
    u.due_until_date,
    u.received_until_date,
    u.has_due,
    u.has_received,
    r.rank_due,
    r.rank_received,
    row_number() over () as unit_no
from units as u
left join core.statement_rank as r
    on u.statement = r.statement and r.to_no = $open;
