-- Which villages and townships are there?
-- grain: one row per village
-- params: $scope, $version_no
-- reads: core.village
select
    village_code,
    village_name,
    official_name,
    township_code,
    township_name,
    unit_kind
from core.village
where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
order by village_code
