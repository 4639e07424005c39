-- Which actions were closed when no village of the place remained, and one does now?
-- grain: one row per action
-- params: $scope, $known_at, $as_of_date, $target_id
-- builds on: moments, answer, standing
-- reads: ops.action_step
with latest as (
    select
        action_no,
        arg_max(place_code, journal_line) as place_code,
        arg_max(state, journal_line) as state,
        arg_max(target_id, journal_line) as target_id,
        arg_max_null(was_cleared, journal_line) as was_cleared,
        arg_max_null(judged_date, journal_line) as judged_date
    from ops.action_step
    where in_scope(place_code, $scope) and decided_at <= $known_at
    group by action_no
),

fallen as (
    select distinct
        l.action_no,
        l.place_code
    from latest as l
    inner join standing as s
        on starts_with(s.village_code, l.place_code)
    where
        l.state = 'closed'
        and l.was_cleared
        and l.target_id = $target_id
        and s.standing = 'remaining'
        and s.as_of_date = $as_of_date
        -- on an earlier day the village had simply not been cleared yet
        and s.as_of_date >= l.judged_date
)

select * from fallen
order by action_no
