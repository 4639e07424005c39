-- In which state is each statement that a village owes for a period of the year?
-- grain: one row per village, statement, project and period that ended by as_of
-- params: $scope, $as_of_date, $version_no, $today, $known_at, $statements
-- reads: core.expected, core.income_period, core.income, ops.submission,
--   ops.reporting_window
-- kept: for its county
with cadences (cadence, month_count) as (
    values
    ('month', 1),
    ('quarter', 3),
    ('half_year', 6),
    ('year', 12)
),

begun as (
    select
        c.cadence,
        cast(s.period_start as date) as period_start,
        cast(
            s.period_start + to_months(c.month_count) - interval 1 day as date
        ) as period_end
    from cadences as c
    cross join
        unnest(
            generate_series(
                cast(date_trunc('year', $as_of_date) as timestamp),
                cast($as_of_date as timestamp),
                interval 1 month
            )
        ) as s (period_start)
    where mod(month(s.period_start) - 1, c.month_count) = 0
),

periods as (
    select
        cadence,
        period_start,
        period_end
    from begun
    where period_end <= $as_of_date
),

expected as (
    select
        village_code,
        statement,
        project_id,
        cadence,
        due_days,
        owed_from_date,
        owed_to_date
    from core.expected
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and list_contains($statements, statement)
),

usual as (
    select
        e.village_code,
        e.statement,
        e.project_id,
        p.period_start,
        p.period_end,
        p.period_end + e.due_days as due_date
    from expected as e
    inner join periods as p
        on
            e.cadence = p.cadence
            and e.owed_from_date <= p.period_start
            and e.owed_to_date >= p.period_end
),

-- the latest decision on a place and period holds; one without a day takes it back
decided as (
    select
        period_end,
        place_code,
        arg_max_null(due_date, journal_line) as due_date
    from ops.reporting_window
    where
        decided_at <= $known_at
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
    group by
        period_end,
        place_code
),

places as (
    select distinct village_code from expected
),

-- of the places that hold a village the smallest decides
windows as (
    select
        p.village_code,
        d.period_end,
        arg_max(d.due_date, length(d.place_code)) as due_date
    from places as p
    inner join decided as d
        on p.village_code between d.place_code and d.place_code || '~'
    where d.due_date is not null
    group by
        p.village_code,
        d.period_end
),

owed as (
    select
        u.village_code,
        u.statement,
        u.project_id,
        u.period_start,
        u.period_end,
        case
            when w.due_date is null then u.due_date
            when u.statement = 'ledger' then w.due_date
            -- a month's day is its ledger's; what is due later keeps its own day
            else greatest(u.due_date, w.due_date)
        end as due_date
    from usual as u
    left join windows as w
        on u.village_code = w.village_code and u.period_end = w.period_end
),

-- of a joint project its own paper reports; else any paper of the statement does
accepted as (
    select
        o.village_code,
        o.statement,
        o.project_id,
        o.period_end,
        bool_and(
            -- an amount that is not stated adds nothing that is not zero
            coalesce(p.amount_received_yuan, 0) = 0
            and coalesce(p.amount_due_yuan, 0) = 0
        )
        -- a paper that tells of no money is no report of zero
        and bool_and(p.line_kind in ('income', 'cost', 'project')) as is_zero
    from owed as o
    inner join core.income_period as p
        on
            o.village_code = p.village_code
            and o.statement = p.statement
            and (o.project_id = '–' or o.project_id = p.project_id)
            and o.period_end >= p.period_start
            and o.period_start <= p.period_end
    where is_in_force(p.from_no, p.to_no, $version_no)
    group by
        o.village_code,
        o.statement,
        o.project_id,
        o.period_end
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
        and s.state in ('submitted', 'reviewed', 'returned')
        and list_contains($statements, i.statement)
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
    where
        w.is_returned
        and s.state in ('submitted', 'reviewed', 'accepted', 'reopened', 'replaced')
),

under_way as (
    select
        o.village_code,
        o.statement,
        o.project_id,
        o.period_end,
        bool_or(w.is_returned) as is_returned,
        max(w.submission_no) filter (where w.is_returned) as returned_no
    from waiting as w
    inner join owed as o
        on
            w.village_code = o.village_code
            and w.statement = o.statement
            and (o.project_id = '–' or w.project_id = o.project_id)
            and w.period_start <= o.period_end
            and w.period_end >= o.period_start
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
        o.village_code,
        o.statement,
        o.project_id,
        o.period_end
),

states as (
    select
        o.village_code,
        o.statement,
        o.project_id,
        o.period_start,
        o.period_end,
        o.due_date,
        u.returned_no,
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
            and o.project_id = a.project_id
            and o.period_end = a.period_end
    left join under_way as u
        on
            o.village_code = u.village_code
            and o.statement = u.statement
            and o.project_id = u.project_id
            and o.period_end = u.period_end
)

select * from states
