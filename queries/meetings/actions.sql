-- How far was each action when a meeting was frozen, and at the meeting before?
-- grain: one row per action
-- params: $scope, $meeting_no
-- reads: core.frozen_action
select
    action_no,
    place_code,
    township_code,
    township_name,
    village_code,
    village_name,
    what,
    owner_name,
    owner_organisation,
    due_date,
    state,
    state_last,
    is_undone,
    is_overdue,
    target_id,
    origin,
    note
from core.frozen_action
where in_scope(place_code, $scope) and meeting_no = $meeting_no
order by
    is_undone desc,
    due_date asc,
    action_no asc
