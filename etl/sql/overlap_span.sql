-- Over which days may units tell each other's amounts, after what this number changed?
-- The calendar years of the changes, and what of the same incomes reaches beyond them.
-- grain: one row, nulls where nothing was changed
-- params: $open
-- reads: overlap_touched, the temporary table made before
with changed as (
    select
        date_trunc('year', min(first_day)) as first_day,
        last_day(
            cast(date_trunc('year', max(last_day)) + interval 11 month as date)
        ) as last_day
    from overlap_touched
)

select
    least(min(p.period_start), min(c.first_day)) as first_day,
    greatest(max(p.period_end), max(c.last_day)) as last_day
from changed as c
left join core.income_period as p
    on
        c.first_day <= p.period_end
        and c.last_day >= p.period_start
        and p.to_no = $open
        and p.line_kind in ('income', 'cost')
        and p.period_end > last_day(p.period_start)
