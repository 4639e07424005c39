-- May one amount tell another's? Only where a unit of the same village and source
-- shares a day with one that this number changed, and is not that unit itself.
-- The span of all that changed keeps most units out before they are compared.
-- grain: one row
-- params: $number, $open
with touched as materialized (
    select distinct
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end
    from core.income_period
    where (from_no = $number or to_no = $number) and line_kind in ('income', 'cost')
),

near as (
    select
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end
    from core.income_period
    where
        (to_no = $open or to_no = $number)
        and line_kind in ('income', 'cost')
        and period_end >= (select min(period_start) from touched)
        and period_start <= (select max(period_end) from touched)
)

select count(*) > 0 as has_rivals
from touched as t
inner join near as n
    on
        t.village_code = n.village_code
        and t.source_id = n.source_id
        and t.period_start <= n.period_end
        and t.period_end >= n.period_start
where
    t.statement <> n.statement
    or t.project_id <> n.project_id
    or t.period_start <> n.period_start
    or t.period_end <> n.period_end
