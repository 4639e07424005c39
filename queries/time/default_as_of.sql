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

spans as (
    select distinct
        period_start,
        period_end
    from core.income_period
    where statement = 'ledger' and is_in_force(from_no, to_no, $version_no)
),

ends as (
    select distinct period_end as month_end from spans
),

-- the ledger of a quarter or a year reports each of its months
covering as (
    select
        e.month_end,
        s.period_start,
        s.period_end
    from ends as e
    inner join spans as s
        on e.month_end >= s.period_start and e.month_end <= s.period_end
),

accepted as (
    select
        c.month_end,
        count(distinct p.village_code) as village_count
    from core.income_period as p
    inner join covering as c
        on p.period_start = c.period_start and p.period_end = c.period_end
    where p.statement = 'ledger' and is_in_force(p.from_no, p.to_no, $version_no)
    group by c.month_end
)

select max(a.month_end) as as_of_date
from accepted as a
cross join owing as o
where
    a.village_count * 2 >= o.village_count
    and a.month_end + o.due_days < $today
