-- When is each month of the year due, has the office said so, and is it locked?
-- grain: one row per month of the year of as_of
-- params: $as_of_date, $version_no, $known_at
-- reads: core.expected, ops.reporting_window
-- scope: none, the calendar of the whole is the same for all; extensions are counted
--   and no place is named
with months as (
    select
        cast(s.month_start as date) as period_start,
        cast(s.month_start + interval 1 month - interval 1 day as date) as period_end
    from
        unnest(
            generate_series(
                cast(date_trunc('year', $as_of_date) as timestamp),
                cast(date_trunc('year', $as_of_date) as timestamp) + interval 11 month,
                interval 1 month
            )
        ) as s (month_start)
),

ledgers as (
    select
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
        is_locked,
        decided_at
    from ops.reporting_window
    where decided_at <= $known_at
    qualify row_number() over (
        partition by period_end, place_code
        order by journal_line desc
    ) = 1
),

-- a decision is of the whole where its place holds the first village and the last
placed as (
    select
        d.period_end,
        d.place_code,
        d.due_date,
        d.is_locked,
        d.decided_at,
        starts_with(l.first_code, d.place_code)
        and starts_with(l.last_code, d.place_code) as is_whole
    from decided as d
    cross join ledgers as l
),

by_month as (
    select
        period_end,
        arg_max(due_date, length(place_code)) filter (where is_whole) as due_date,
        bool_or(is_locked and is_whole) as is_locked,
        count(due_date) filter (where not is_whole) as extension_count,
        max(due_date) filter (where not is_whole) as last_extension_date,
        max(decided_at) filter (where is_whole) as decided_at
    from placed
    group by period_end
),

windows as (
    select
        m.period_start,
        m.period_end,
        m.period_end + l.due_days as usual_due_date,
        -- where nothing was decided the usual day holds, and nothing is locked
        coalesce(b.due_date, m.period_end + l.due_days) as due_date,
        b.due_date is not null as is_set,
        coalesce(b.is_locked, false) as is_locked,
        coalesce(b.extension_count, 0) as extension_count,
        b.last_extension_date,
        b.decided_at
    from months as m
    cross join ledgers as l
    left join by_month as b
        on m.period_end = b.period_end
)

select * from windows
order by period_end
