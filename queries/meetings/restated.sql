-- Which figures of the meeting before had been corrected when this one was frozen?
-- grain: one row per village
-- params: $scope, $meeting_no, $target_id
-- reads: core.frozen_restated
select
    village_code,
    village_name,
    township_code,
    township_name,
    standing_then,
    standing_now,
    amount_then_yuan,
    amount_now_yuan,
    amount_now_yuan - amount_then_yuan as change_yuan
from core.frozen_restated
where
    in_scope(village_code, $scope)
    and meeting_no = $meeting_no
    and target_id = $target_id
order by village_code
