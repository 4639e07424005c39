-- Who bears which duty for each village?
-- The latest word on a duty decides; one that names nobody says that it is vacant.
-- grain: one row per village, duty and bearer
-- params: $scope, $version_no, $as_of_date
-- reads: core.village, core.assignment
with villages as (
    select village_code
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

told as (
    select
        village_code,
        duty_id,
        -- a name that is not written is no other name
        coalesce(holder_name, '') as holder_name,
        coalesce(organisation_name, '') as organisation_name,
        valid_from_date,
        valid_to_date,
        max(valid_from_date) over (
            partition by village_code, duty_id
        ) as latest_date
    from core.assignment
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and valid_from_date <= $as_of_date
),

bearers as (
    select distinct
        t.village_code,
        t.duty_id,
        t.holder_name,
        t.organisation_name
    from told as t
    inner join villages as v
        on t.village_code = v.village_code
    where
        t.valid_from_date = t.latest_date
        and (t.valid_to_date is null or t.valid_to_date >= $as_of_date)
        and (t.holder_name <> '' or t.organisation_name <> '')
)

select * from bearers
order by
    village_code,
    duty_id,
    holder_name,
    organisation_name
