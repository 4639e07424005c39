-- How did the whole come to where it stood when a meeting was frozen, and by what plan?
-- It is told to whoever sees all of the meeting's place.
-- grain: one row per month end
-- params: $scope, $meeting_no, $target_id
-- reads: core.frozen_path
select
    as_of_date,
    remaining,
    planned
from core.frozen_path
where
    in_scope(place_code, $scope)
    and meeting_no = $meeting_no
    and target_id = $target_id
order by as_of_date
