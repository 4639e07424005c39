-- How many of the ledgers that were due are accepted?
-- grain: one row
-- builds on: owed, reporting
-- scope: reporting filters it
select
    -- without villages nothing is due
    coalesce(sum(due_count), 0) as due_count,
    coalesce(sum(reported_count), 0) as reported_count,
    count(*) filter (where worst_state = 'not_reported') as not_reported,
    count(*) filter (where worst_state = 'in_review') as in_review,
    count(*) filter (where worst_state = 'returned') as returned
from reporting
