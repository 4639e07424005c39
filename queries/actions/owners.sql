-- How many actions has each owner, open, overdue, answered and closed?
-- grain: one row per owner and organisation
-- builds on: acted
-- scope: acted filters it
select
    owner_name,
    owner_organisation,
    count(*) filter (where is_undone) as undone_count,
    count(*) filter (where is_overdue) as overdue_count,
    count(*) filter (where state = 'done') as done_count,
    count(*) filter (where state = 'closed') as closed_count,
    count(*) filter (where is_judged) as judged_count,
    count(*) filter (where is_on_time) as on_time_count,
    min(due_date) filter (where is_undone) as first_due_date
from acted
where state <> 'dropped'
group by
    owner_name,
    owner_organisation
order by
    overdue_count desc,
    undone_count desc,
    owner_organisation asc,
    owner_name asc
