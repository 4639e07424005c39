-- In which state is each statement that a village owes for a month of the year?
-- grain: one row per village, statement and month of the year up to as_of
-- params: $scope, $as_of_date, $version_no, $today, $known_at
-- reads: core.expected, core.income_period, core.income, ops.submission
with months as (
    select
        cast(month_start as date) as month_start,
        last_day(month_start) as month_end
    from unnest(
        generate_series(
            cast(date_trunc('year', $as_of_date) as timestamp),
            cast($as_of_date as timestamp),
            interval 1 month
        )
    ) as series (month_start)
),

owed as (
    select
        e.village_code,
        e.statement,
        m.month_start,
        m.month_end,
        m.month_end + e.due_days as due_date
    from core.expected as e
    inner join months as m
        on e.owed_from_date <= m.month_start and e.owed_to_date >= m.month_end
    where
        in_scope(e.village_code, $scope)
        and is_in_force(e.from_no, e.to_no, $version_no)
        and e.cadence = 'month'
),

accepted as (
    select
        p.village_code,
        p.statement,
        m.month_end,
        bool_and(
            -- an amount that is not stated adds nothing that is not zero
            coalesce(p.amount_received_yuan, 0) = 0
            and coalesce(p.amount_due_yuan, 0) = 0
        ) as is_zero
    from core.income_period as p
    inner join months as m
        on p.period_start <= m.month_end and p.period_end >= m.month_start
    where
        in_scope(p.village_code, $scope)
        and is_in_force(p.from_no, p.to_no, $version_no)
    group by
        p.village_code,
        p.statement,
        m.month_end
),

waiting as (
    select
        s.submission_no,
        s.state
    from ops.submission as s
    where s.state in ('submitted', 'returned') and s.submitted_at <= $known_at
),

under_way as (
    select
        i.village_code,
        i.statement,
        m.month_end,
        bool_or(w.state = 'returned') as is_returned
    from core.income as i
    inner join waiting as w
        on i.submission_no = w.submission_no
    inner join months as m
        on i.period_start <= m.month_end and i.period_end >= m.month_start
    where in_scope(i.village_code, $scope)
    group by
        i.village_code,
        i.statement,
        m.month_end
),

states as (
    select
        o.village_code,
        o.statement,
        o.month_start,
        o.month_end,
        o.due_date,
        case
            when u.is_returned then 'returned'
            when a.is_zero then 'reported_zero'
            when a.village_code is not null then 'reported'
            when u.village_code is not null then 'in_review'
            when o.due_date >= $today then 'not_due'
            else 'not_reported'
        end as state
    from owed as o
    left join accepted as a
        on
            o.village_code = a.village_code
            and o.statement = a.statement
            and o.month_end = a.month_end
    left join under_way as u
        on
            o.village_code = u.village_code
            and o.statement = u.statement
            and o.month_end = u.month_end
)

select * from states
