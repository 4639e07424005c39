-- How far has each village reported, for the year so far or for one month?
-- grain: one row per village
-- params: $scope, $version_no
-- builds on: owed, sent, filled, tallied
-- reads: core.village
select
    v.village_code,
    v.village_name,
    v.township_code,
    v.township_name,
    -- a village that owes nothing has no row, and nothing of it is due
    coalesce(t.owed_count, 0) as owed_count,
    coalesce(t.not_due, 0) as not_due,
    coalesce(t.not_reported, 0) as not_reported,
    coalesce(t.in_review, 0) as in_review,
    coalesce(t.reported_zero, 0) as reported_zero,
    coalesce(t.reported, 0) as reported,
    coalesce(t.returned, 0) as returned,
    coalesce(t.due_count, 0) as due_count,
    coalesce(t.filled_count, 0) as filled_count,
    coalesce(t.on_time_count, 0) as on_time_count,
    coalesce(t.worst_state, 'not_due') as worst_state,
    t.last_sent_at,
    t.last_due_date,
    t.missing_statements,
    t.first_missing_date
from core.village as v
left join tallied as t
    on v.village_code = t.village_code
where in_scope(v.village_code, $scope) and is_in_force(v.from_no, v.to_no, $version_no)
order by v.village_code
