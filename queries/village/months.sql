-- In which state is each month of a village's year?
-- grain: one row per statement and month
-- params: $village_code
-- builds on: owed
-- scope: owed filters it
select
    statement,
    month_start,
    month_end,
    due_date,
    state
from owed
where village_code = $village_code
order by
    month_start,
    statement
