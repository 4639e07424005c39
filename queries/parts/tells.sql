-- Which submissions tell of which villages, as lines read or as the place of the paper?
-- grain: one row per village and submission
-- params: $scope
-- reads: core.income, core.project_share, core.inventory, core.contract,
--   core.attribute, core.assignment, ops.submission
with told as (
    select
        village_code,
        submission_no
    from core.income
    union all
    select
        village_code,
        submission_no
    from core.project_share
    union all
    select
        village_code,
        submission_no
    from core.inventory
    union all
    select
        village_code,
        submission_no
    from core.contract
    union all
    select
        village_code,
        submission_no
    from core.attribute
    union all
    select
        village_code,
        submission_no
    from core.assignment
    union all
    select
        place_code as village_code,
        submission_no
    from ops.submission
)

select distinct
    village_code,
    submission_no
from told
where in_scope(village_code, $scope)
