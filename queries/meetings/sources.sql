-- What had each source brought each township when a meeting was frozen?
-- grain: one row per township and source
-- params: $scope, $meeting_no
-- reads: core.frozen_source
select
    township_code,
    township_name,
    source_id,
    village_count,
    due_yuan,
    received_yuan
from core.frozen_source
where in_scope(township_code, $scope) and meeting_no = $meeting_no
order by
    township_code,
    source_id
