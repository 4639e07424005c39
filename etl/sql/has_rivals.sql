-- May one amount tell another's? Only where, of a village and source that this number
-- changed, a period is longer than a month or several papers speak.
-- grain: one row
-- params: $number, $open
with touched as (
    select distinct
        village_code,
        source_id
    from core.income_period
    where (from_no = $number or to_no = $number) and line_kind in ('income', 'cost')
),

spoken as (
    select
        p.village_code,
        p.source_id,
        bool_or(p.period_end > last_day(p.period_start)) as has_longer,
        count(distinct p.statement) > 1 as has_several
    from core.income_period as p
    inner join touched as t
        on p.village_code = t.village_code and p.source_id = t.source_id
    where
        (p.to_no = $open or p.to_no = $number)
        and p.line_kind in ('income', 'cost')
    group by
        p.village_code,
        p.source_id
)

select count(*) > 0 as has_rivals
from spoken
where has_longer or has_several
