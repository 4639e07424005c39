-- By which definitions was a meeting frozen, and how far was the whole by each?
-- The definitions are for all, the figures of the whole for whoever sees all of it.
-- grain: one row per target
-- params: $scope, $meeting_no
-- reads: core.frozen_target
select
    target_id,
    target_name,
    definition,
    measure_id,
    measure_name,
    threshold_yuan,
    deadline_date,
    is_confirmed,
    is_headline,
    evidence,
    case when in_scope(place_code, $scope) then planned end as planned,
    case when in_scope(place_code, $scope) then pace_share end as pace_share,
    case when in_scope(place_code, $scope) then pace_state end as pace_state,
    case when in_scope(place_code, $scope) then likely_count end as likely_count,
    case when in_scope(place_code, $scope) then likely_low end as likely_low,
    case when in_scope(place_code, $scope) then likely_high end as likely_high
from core.frozen_target
where meeting_no = $meeting_no
order by
    is_headline desc,
    target_id asc
