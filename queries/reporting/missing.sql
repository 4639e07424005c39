-- Which papers have not come or were returned, and why were they returned?
-- What is not due yet is told too, so that people can be reminded in time.
-- grain: one row per village, statement, project and period
-- params: $scope, $version_no
-- builds on: owed, sent, filled
-- reads: core.village, ops.submission
with missing as (
    select
        village_code,
        statement,
        project_id,
        period_start,
        period_end,
        due_date,
        state,
        returned_no
    from filled
    where state in ('not_due', 'not_reported', 'returned')
),

villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
)

select
    m.village_code,
    v.village_name,
    v.township_code,
    v.township_name,
    m.statement,
    m.project_id,
    m.period_start,
    m.period_end,
    m.due_date,
    m.state,
    s.reason as return_reason
from missing as m
inner join villages as v
    on m.village_code = v.village_code
left join ops.submission as s
    on m.returned_no = s.submission_no
order by
    m.village_code,
    m.period_end,
    m.statement,
    m.project_id
