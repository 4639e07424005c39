-- Which villages fit what is asked of their source, terrain, pilot level and poverty?
-- An empty text asks nothing.
-- grain: one row per village
-- params: $scope, $version_no, $source, $terrain, $pilot, $poor
-- builds on: sourced, held
-- reads: core.village
with villages as (
    select village_code
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

attributes as (
    select
        village_code,
        max(attribute_value) filter (where attribute_id = 'terrain') as terrain,
        max(attribute_value) filter (where attribute_id = 'pilot_level') as pilot_level,
        max(attribute_value) filter (where attribute_id = 'poor_village')
            as poor_village
    from held
    group by village_code
),

having_source as (
    select distinct village_code
    from sourced
    where source_id = $source
),

fitting as (
    select v.village_code
    from villages as v
    left join attributes as a
        on v.village_code = a.village_code
    left join having_source as s
        on v.village_code = s.village_code
    where
        ($source = '' or s.village_code is not null)
        and ($terrain = '' or a.terrain = $terrain)
        and ($pilot = '' or a.pilot_level = $pilot)
        and ($poor = '' or a.poor_village = $poor)
)

select * from fitting
order by village_code
