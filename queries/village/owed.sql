-- In which state is each statement that a village owes, period by period of the year?
-- grain: one row per statement, project and period
-- params: $village_code
-- builds on: owed
-- scope: owed filters it
select
    statement,
    project_id,
    period_start,
    period_end,
    due_date,
    state
from owed
where village_code = $village_code
order by
    statement,
    project_id,
    period_start
