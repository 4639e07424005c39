-- Which villages are the first in one of the groups that a leader asks for?
-- grain: one row per village
-- params: $list_name, $most
-- builds on: moments, answer, standing, owed, reporting, placed, wanted, grouped
-- scope: grouped filters it
select
    village_code,
    village_name,
    township_code,
    township_name,
    standing,
    standing_before,
    amount_yuan,
    other_yuan,
    gap_yuan,
    reason,
    detail,
    worst_state,
    due_count,
    reported_count,
    first_missing_date
from grouped
where
    case $list_name
        when 'near' then is_near
        when 'unreported' then is_unreported
        when 'newly' then is_newly_cleared
        when 'fallen' then is_fallen_back
        else is_remaining
    end
-- a target that counts no money has no gaps
qualify
    row_number() over (
        order by gap_yuan asc nulls last, village_code asc
    ) <= $most
order by
    gap_yuan asc nulls last,
    village_code asc
