-- How far has each township reported, for the year so far or for one month?
-- Counts are papers of the villages in the viewer's scope.
-- grain: one row per township
-- params: $scope, $version_no, $as_of_date, $known_at, $period_end
-- builds on: owed, sent, filled, tallied
-- reads: core.village, ops.reporting_window
with villages as (
    select
        village_code,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

-- the latest decision on a place and period holds
decided as (
    select
        place_code,
        due_date,
        is_locked
    from ops.reporting_window
    where
        decided_at <= $known_at
        and case
            when cast($period_end as date) is null
                then period_end between date_trunc('year', $as_of_date) and $as_of_date
            else period_end = cast($period_end as date)
        end
    qualify row_number() over (
        partition by period_end, place_code
        order by journal_line desc
    ) = 1
),

townships as (
    select
        v.township_code,
        any_value(v.township_name) as township_name,
        count(*) as village_count,
        count(*) filter (where t.worst_state in ('returned', 'not_reported'))
            as missing_villages,
        -- a village that owes nothing has no row, and nothing of it is due
        cast(coalesce(sum(t.owed_count), 0) as bigint) as owed_count,
        cast(coalesce(sum(t.not_due), 0) as bigint) as not_due,
        cast(coalesce(sum(t.not_reported), 0) as bigint) as not_reported,
        cast(coalesce(sum(t.in_review), 0) as bigint) as in_review,
        cast(coalesce(sum(t.reported_zero), 0) as bigint) as reported_zero,
        cast(coalesce(sum(t.reported), 0) as bigint) as reported,
        cast(coalesce(sum(t.returned), 0) as bigint) as returned,
        cast(coalesce(sum(t.due_count), 0) as bigint) as due_count,
        cast(coalesce(sum(t.filled_count), 0) as bigint) as filled_count,
        cast(coalesce(sum(t.on_time_count), 0) as bigint) as on_time_count,
        max(t.last_sent_at) as last_sent_at
    from villages as v
    left join tallied as t
        on v.village_code = t.village_code
    group by v.township_code
),

flagged as (
    select
        t.township_code,
        count(*) filter (
            where d.is_locked and starts_with(t.township_code, d.place_code)
        ) as locked_count,
        count(*) filter (
            where
            d.due_date is not null
            and starts_with(d.place_code, t.township_code)
            -- the decision on another's village is nobody else's matter
            and (
                d.place_code = t.township_code
                or in_scope(d.place_code, $scope)
            )
        ) as extension_count
    from townships as t
    cross join decided as d
    group by t.township_code
),

by_township as (
    select
        t.township_code,
        t.township_name,
        t.village_count,
        t.missing_villages,
        t.owed_count,
        t.not_due,
        t.not_reported,
        t.in_review,
        t.reported_zero,
        t.reported,
        t.returned,
        t.due_count,
        t.filled_count,
        t.on_time_count,
        t.last_sent_at,
        -- where nothing was decided nothing is locked or extended
        coalesce(f.locked_count, 0) as locked_count,
        coalesce(f.extension_count, 0) as extension_count
    from townships as t
    left join flagged as f
        on t.township_code = f.township_code
)

select * from by_township
order by township_code
