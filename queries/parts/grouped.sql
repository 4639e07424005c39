-- In which of the groups that a leader asks for is each village that is wanted?
-- Near is who lacks so little that one more payment would do.
-- grain: one row per village
-- params: $near_yuan
-- builds on: moments, answer, standing, owed, reporting, placed, wanted
-- scope: placed filters it
select
    v.village_code,
    v.village_name,
    v.township_code,
    v.township_name,
    v.standing,
    v.standing_before,
    v.amount_yuan,
    v.other_yuan,
    v.gap_yuan,
    v.reason,
    v.detail,
    v.worst_state,
    v.due_count,
    v.reported_count,
    v.first_missing_date,
    v.standing = 'remaining' as is_remaining,
    v.standing = 'remaining' and (v.gap_yuan <= $near_yuan) is true as is_near,
    v.standing = 'remaining'
    and v.worst_state in ('returned', 'not_reported', 'in_review') as is_unreported,
    v.standing = 'cleared' and (v.standing_before = 'remaining') is true
        as is_newly_cleared,
    v.standing = 'remaining' and (v.standing_before = 'cleared') is true
        as is_fallen_back
from placed as v
inner join wanted as w
    on v.village_code = w.village_code
