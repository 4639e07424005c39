-- Which incomes did this number change, and from when to when?
-- grain: one row per village and source
-- params: $number, $open, $everywhere
create or replace temp table overlap_touched as
select
    village_code,
    source_id,
    min(period_start) as first_day,
    max(period_end) as last_day
from core.income_period
where
    (from_no = $number or to_no = $number or ($everywhere and to_no = $open))
    and line_kind in ('income', 'cost')
group by
    village_code,
    source_id;
