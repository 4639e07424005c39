-- Which targets have actions that were closed when no village of the place remained?
-- grain: one row per target
-- params: $scope, $known_at
-- reads: ops.action_step
with latest as (
    select
        action_no,
        arg_max(state, journal_line) as state,
        arg_max(target_id, journal_line) as target_id,
        arg_max_null(was_cleared, journal_line) as was_cleared
    from ops.action_step
    where in_scope(place_code, $scope) and decided_at <= $known_at
    group by action_no
)

select distinct target_id
from latest
where state = 'closed' and was_cleared
order by target_id
