-- In which state is each statement that villages owe, period by period of the year?
-- Asked of one village by its code, or of all whose codes begin so.
-- grain: one row per village, statement, project and period
-- params: $village_code
-- builds on: owed
-- scope: owed filters it
select
    village_code,
    statement,
    project_id,
    period_start,
    period_end,
    due_date,
    state
from owed
where village_code between $village_code and $village_code || '~'
order by
    village_code,
    statement,
    project_id,
    period_start
