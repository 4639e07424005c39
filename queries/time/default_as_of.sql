-- Which is the last month that is locked, or else whose ledgers were due and half came?
-- grain: one row, null where there is none
-- params: $version_no, $today
-- reads: core.expected, core.income_period, ops.reporting_window
-- scope: none, the default day is the same for all
with owing as (
    select
        count(*) as village_count,
        max(due_days) as due_days,
        min(village_code) as first_code,
        max(village_code) as last_code
    from core.expected
    where statement = 'ledger' and is_in_force(from_no, to_no, $version_no)
),

-- the latest decision on a place and period holds
decided as (
    select
        period_end,
        place_code,
        due_date,
        is_locked
    from ops.reporting_window
    where cast(decided_at as date) <= $today
    qualify row_number() over (
        partition by period_end, place_code
        order by journal_line desc
    ) = 1
),

-- a decision is of the whole where its place holds the first village and the last
windows as (
    select
        d.period_end,
        arg_max(d.due_date, length(d.place_code)) as due_date,
        bool_or(d.is_locked) as is_locked
    from decided as d
    inner join owing as o
        on
            starts_with(o.first_code, d.place_code)
            and starts_with(o.last_code, d.place_code)
    group by d.period_end
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
),

half_accepted as (
    select max(a.month_end) as month_end
    from accepted as a
    cross join owing as o
    left join windows as w
        on a.month_end = w.period_end
    where
        a.village_count * 2 >= o.village_count
        -- where no day was decided the usual one holds
        and coalesce(w.due_date, a.month_end + o.due_days) < $today
),

locked as (
    select max(period_end) as month_end
    from windows
    where is_locked
),

default_as_of as (
    -- the office's word goes before the count; without one the count decides
    select coalesce(l.month_end, h.month_end) as as_of_date
    from locked as l
    cross join half_accepted as h
)

select * from default_as_of
