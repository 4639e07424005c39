-- How many villages are in each of the groups that a leader asks for, and why?
-- grain: one row per reason for which villages remain, and one of those that do not
-- builds on: moments, answer, standing, owed, reporting, placed, wanted, grouped
-- scope: grouped filters it
select
    case when is_remaining then reason end as reason,
    count(*) filter (where is_remaining) as remaining,
    count(*) filter (where is_near) as near,
    count(*) filter (where is_unreported) as unreported,
    count(*) filter (where is_newly_cleared) as newly_cleared,
    count(*) filter (where is_fallen_back) as fallen_back
from grouped
group by case when is_remaining then reason end
order by reason
