-- Which is the latest month whose ledgers were due and are half accepted?
-- grain: one row, null where there is none
-- params: $version_no, $today
-- reads: core.expected, core.income_period
-- scope: none, the default day is the same for all
with owing as (
    select
        count(*) as village_count,
        max(due_days) as due_days
    from core.expected
    where statement = 'ledger' and is_in_force(from_no, to_no, $version_no)
),

accepted as (
    select
        period_end,
        count(distinct village_code) as village_count
    from core.income_period
    where
        statement = 'ledger'
        and is_in_force(from_no, to_no, $version_no)
        and period_end = last_day(period_start)
    group by period_end
)

select max(a.period_end) as as_of_date
from accepted as a
cross join owing as o
where
    a.village_count * 2 >= o.village_count
    and a.period_end + o.due_days < $today
