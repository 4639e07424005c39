-- Of which terrain is each village on the day, and of which level a pilot?
-- grain: one row per village
-- params: $scope, $version_no
-- builds on: held
-- reads: core.village
with villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

classed_villages as (
    select
        v.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        t.attribute_value as terrain,
        p.attribute_value as pilot_level
    from villages as v
    left join held as t
        on
            v.village_code = t.village_code
            and t.attribute_id = 'terrain'
    left join held as p
        on
            v.village_code = p.village_code
            and p.attribute_id = 'pilot_level'
)

select * from classed_villages
