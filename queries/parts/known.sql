-- Which villages does each moment know?
-- grain: one row per moment and village
-- params: $scope
-- builds on: moments
-- reads: core.village
select
    m.as_of_date,
    m.moment_role,
    v.village_code
from moments as m
inner join core.village as v
    on is_in_force(v.from_no, v.to_no, m.version_no)
where in_scope(v.village_code, $scope)
