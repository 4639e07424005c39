-- What is known of each village besides money, on whose word, and is it checked?
-- grain: one row per village
-- params: $scope, $version_no
-- builds on: held
-- reads: core.village
with villages as (
    select village_code
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

attributes as (
    select
        v.village_code,
        max(case when a.attribute_id = 'terrain' then a.attribute_value end)
            as terrain,
        bool_or(case when a.attribute_id = 'terrain' then a.is_checked end)
            as is_terrain_checked,
        max(case when a.attribute_id = 'terrain' then a.evidence end)
            as terrain_evidence,
        max(case when a.attribute_id = 'pilot_level' then a.attribute_value end)
            as pilot_level,
        bool_or(case when a.attribute_id = 'pilot_level' then a.is_checked end)
            as is_pilot_level_checked,
        max(case when a.attribute_id = 'pilot_level' then a.evidence end)
            as pilot_level_evidence,
        max(case when a.attribute_id = 'poor_village' then a.attribute_value end)
            as poor_village,
        bool_or(case when a.attribute_id = 'poor_village' then a.is_checked end)
            as is_poor_village_checked,
        max(case when a.attribute_id = 'poor_village' then a.evidence end)
            as poor_village_evidence,
        max(
            case
                when a.attribute_id = 'exit_year'
                    then try_cast(a.attribute_value as integer)
            end
        ) as exit_year,
        bool_or(case when a.attribute_id = 'exit_year' then a.is_checked end)
            as is_exit_year_checked,
        max(case when a.attribute_id = 'exit_year' then a.evidence end)
            as exit_year_evidence,
        max(
            case
                when a.attribute_id = 'solar_capacity_kw'
                    then try_cast(a.attribute_value as decimal(18, 3))
            end
        ) as solar_capacity_kw,
        bool_or(case when a.attribute_id = 'solar_capacity_kw' then a.is_checked end)
            as is_solar_capacity_checked,
        max(case when a.attribute_id = 'solar_capacity_kw' then a.evidence end)
            as solar_capacity_evidence,
        max(
            case
                when a.attribute_id = 'solar_households'
                    then try_cast(a.attribute_value as decimal(9, 0))
            end
        ) as solar_households,
        bool_or(case when a.attribute_id = 'solar_households' then a.is_checked end)
            as is_solar_households_checked,
        max(case when a.attribute_id = 'solar_households' then a.evidence end)
            as solar_households_evidence
    from villages as v
    left join held as a
        on v.village_code = a.village_code
    group by v.village_code
)

select * from attributes
order by village_code
