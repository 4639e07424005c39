-- Where did each village stand when a meeting was frozen, and at the one before?
-- grain: one row per village
-- params: $scope, $meeting_no, $target_id
-- reads: core.frozen_village
select
    village_code,
    village_name,
    township_code,
    township_name,
    standing,
    standing_last,
    amount_yuan,
    amount_last_yuan,
    gap_yuan,
    reason,
    detail,
    worst_state,
    worst_state_last,
    due_count,
    reported_count
from core.frozen_village
where
    in_scope(village_code, $scope)
    and meeting_no = $meeting_no
    and target_id = $target_id
order by
    gap_yuan asc nulls last,
    village_code asc
