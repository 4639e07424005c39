-- Is each village poor, what did solar bring it, and is its inventory done?
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date
-- builds on: sourced
-- reads: core.village, core.attribute, core.inventory
with villages as (
    select village_code
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

held as (
    select
        village_code,
        attribute_value,
        row_number() over (
            partition by village_code
            order by valid_from_date desc, submission_no desc, sheet asc, cell asc
        ) as turn
    from core.attribute
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and attribute_id = 'poor_village'
        and valid_from_date <= $as_of_date
        and (valid_to_date is null or valid_to_date >= $as_of_date)
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
        on v.village_code = h.village_code and h.turn = 1
    left join inventories as i
        on v.village_code = i.village_code
    left join solar as s
        on v.village_code = s.village_code
)

select * from facts
order by village_code
