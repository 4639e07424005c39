-- Which actions should have been done by now, and how many days late are they?
-- grain: one row per overdue action
-- params: $today
-- builds on: acted
-- scope: acted filters it
select
    action_no,
    place_code,
    what,
    owner_name,
    owner_organisation,
    due_date,
    state,
    $today - due_date as days_late
from acted
where is_overdue
order by
    days_late desc,
    action_no asc
