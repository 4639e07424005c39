-- Which state of a village shows, and how many of its papers are in?
-- grain: one row per village that owes anything
-- builds on: owed, reporting
-- scope: owed filters it
select
    village_code,
    worst_state,
    due_count,
    reported_count
from reporting
order by village_code
