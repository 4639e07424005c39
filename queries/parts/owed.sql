-- In which state is each statement that a village owes for a month of the year?
-- grain: one row per village, statement and month of the year that ended by as_of
-- params: $scope, $as_of_date, $version_no, $today, $known_at
-- reads: core.expected, core.income_period, core.income, ops.submission
with begun as (
    select cast(month_start as date) as month_start
    from unnest(
        generate_series(
            cast(date_trunc('year', $as_of_date) as timestamp),
            cast($as_of_date as timestamp),
            interval 1 month
        )
    ) as series (month_start)
),

months as (
    select
        month_start,
        last_day(month_start) as month_end
    from begun
    where last_day(month_start) <= $as_of_date
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

-- what was decided later was still under review at that time
submissions as (
    select
        s.submission_no,
        case when s.decided_at > $known_at then 'submitted' else s.state end as state
    from ops.submission as s
    where s.submitted_at <= $known_at
),

waiting as (
    select
        i.village_code,
        i.source_id,
        i.statement,
        i.project_id,
        i.period_start,
        i.period_end,
        i.submission_no,
        s.state = 'returned' as is_returned
    from core.income as i
    inner join submissions as s
        on i.submission_no = s.submission_no
    where
        in_scope(i.village_code, $scope)
        and s.state in ('submitted', 'returned')
),

-- a returned unit is settled once it is sent again
sent_again as (
    select distinct
        w.village_code,
        w.source_id,
        w.statement,
        w.project_id,
        w.period_start,
        w.period_end,
        w.submission_no
    from waiting as w
    inner join core.income as i
        on
            w.village_code = i.village_code
            and w.source_id = i.source_id
            and w.statement = i.statement
            and w.project_id = i.project_id
            and w.period_start = i.period_start
            and w.period_end = i.period_end
            and w.submission_no < i.submission_no
    inner join submissions as s
        on i.submission_no = s.submission_no
    where w.is_returned and s.state in ('submitted', 'accepted')
),

under_way as (
    select
        w.village_code,
        w.statement,
        m.month_end,
        bool_or(w.is_returned) as is_returned
    from waiting as w
    inner join months as m
        on w.period_start <= m.month_end and w.period_end >= m.month_start
    left join sent_again as a
        on
            w.village_code = a.village_code
            and w.source_id = a.source_id
            and w.statement = a.statement
            and w.project_id = a.project_id
            and w.period_start = a.period_start
            and w.period_end = a.period_end
            and w.submission_no = a.submission_no
    where a.submission_no is null
    group by
        w.village_code,
        w.statement,
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
