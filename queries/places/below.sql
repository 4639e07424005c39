-- Which places lie one level down, and how many villages has each?
-- grain: one row per place whose code has $digits digits
-- params: $scope, $version_no, $digits
-- reads: core.village, core.place
with villages as (
    select
        substr(village_code, 1, $digits) as place_code,
        any_value(case when $digits = 12 then village_name else township_name end)
            as lower_name,
        count(*) as village_count
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
    group by substr(village_code, 1, $digits)
),

above as (
    select
        place_code,
        place_name
    from core.place
    where is_in_force(from_no, to_no, $version_no)
),

below as (
    select
        v.place_code,
        -- only places above the townships have names of their own there
        coalesce(a.place_name, v.lower_name) as place_name,
        v.village_count
    from villages as v
    left join above as a
        on v.place_code = a.place_code
)

select * from below
order by place_code
