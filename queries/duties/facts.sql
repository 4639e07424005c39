-- Is each village poor, what did solar bring it, and is its inventory done?
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date
-- builds on: sourced, held
-- reads: core.village, core.inventory
with villages as (
    select village_code
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

inventories as (
    select
        village_code,
        bool_or(is_complete and completed_date <= $as_of_date) as is_done
    from core.inventory
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
    group by village_code
),

solar as (
    select
        village_code,
        received_yuan
    from sourced
    where source_id = 'solar'
),

facts as (
    select
        v.village_code,
        h.attribute_value = 'yes' as is_poor,
        -- no paper that says so: it is not done
        coalesce(i.is_done, false) as is_inventory_done,
        s.received_yuan as solar_yuan
    from villages as v
    left join held as h
        on v.village_code = h.village_code and h.attribute_id = 'poor_village'
    left join inventories as i
        on v.village_code = i.village_code
    left join solar as s
        on v.village_code = s.village_code
)

select * from facts
order by village_code
