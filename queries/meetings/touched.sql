-- In which townships has anything changed since a number that counts by a day?
-- grain: one row per township
-- params: $scope, $version_no, $as_of_date, $open_no
-- reads: core.village, core.income_period, core.inventory, core.assignment
with told as (
    select
        village_code,
        from_no,
        to_no
    from core.income_period
    where in_scope(village_code, $scope) and period_end <= $as_of_date
    union all
    select
        village_code,
        from_no,
        to_no
    from core.inventory
    where in_scope(village_code, $scope) and completed_date <= $as_of_date
    union all
    select
        village_code,
        from_no,
        to_no
    from core.assignment
    where in_scope(village_code, $scope) and valid_from_date <= $as_of_date
    union all
    select
        village_code,
        from_no,
        to_no
    from core.village
    where in_scope(village_code, $scope)
),

touched as (
    select distinct left(village_code, 9) as township_code
    from told
    where
        from_no > $version_no
        -- what was closed since; what is in force has no such number yet
        or (to_no > $version_no and to_no < $open_no)
)

select township_code
from touched
order by township_code
