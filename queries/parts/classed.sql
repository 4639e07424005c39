-- Of which terrain is each village on the day, and of which level a pilot?
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date
-- reads: core.village, core.attribute
with villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

held as (
    select
        village_code,
        attribute_id,
        attribute_value,
        row_number() over (
            partition by village_code, attribute_id
            order by valid_from_date desc, submission_no desc, sheet asc, cell asc
        ) as turn
    from core.attribute
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and attribute_id in ('terrain', 'pilot_level')
        and valid_from_date <= $as_of_date
        and (valid_to_date is null or valid_to_date >= $as_of_date)
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
            and t.turn = 1
    left join held as p
        on
            v.village_code = p.village_code
            and p.attribute_id = 'pilot_level'
            and p.turn = 1
)

select * from classed_villages
