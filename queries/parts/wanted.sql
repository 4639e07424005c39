-- Which villages are wanted: those that are named, or all where none are?
-- grain: one row per village
-- params: $scope, $codes
-- reads: core.village
select distinct village_code
from core.village
where
    in_scope(village_code, $scope)
    and (
        cast($codes as varchar[]) is null
        or village_code in (select unnest(cast($codes as varchar[])))
    )
