-- Where do villages lie, and is it measured or laid out?
-- grain: one row per village
-- params: $scope, $version_no
-- reads: core.village_position
select
    village_code,
    lon_deg,
    lat_deg,
    position_kind
from core.village_position
where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
order by village_code
