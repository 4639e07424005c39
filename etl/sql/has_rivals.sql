-- May one amount tell another's? Only where a unit of the same village and source
-- shares a day with one that this number changed, and is not that unit itself.
-- grain: one row
-- params: $number, $open
with touched as (
    select distinct
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end
    from core.income_period
    where (from_no = $number or to_no = $number) and line_kind in ('income', 'cost')
)

select count(*) > 0 as has_rivals
from touched as t
inner join core.income_period as p
    on
        t.village_code = p.village_code
        and t.source_id = p.source_id
        and t.period_start <= p.period_end
        and t.period_end >= p.period_start
where
    (p.to_no = $open or p.to_no = $number)
    and p.line_kind in ('income', 'cost')
    and (
        t.statement <> p.statement
        or t.project_id <> p.project_id
        or t.period_start <> p.period_start
        or t.period_end <> p.period_end
    )
