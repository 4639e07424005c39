-- What was decided on each matter, step by step?
-- grain: one row per step
-- params: $scope, $known_at
-- reads: ops.matter_step
select
    journal_line,
    rule_id,
    village_code,
    subject_key,
    fingerprint,
    state,
    owner,
    due_date,
    note,
    actor,
    role,
    decided_at
from ops.matter_step
where in_scope(village_code, $scope) and decided_at <= $known_at
order by journal_line
