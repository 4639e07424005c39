-- Where does every village stand now, where did it stand before, and has it reported?
-- grain: one row per village
-- builds on: moments, answer, standing, owed, reporting, placed
-- scope: standing and reporting filter it
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
from placed
-- a target that counts no money has no gaps
order by
    gap_yuan asc nulls last,
    village_code asc
