-- What was done about an action, step by step?
-- grain: one row per step
-- params: $scope, $action_no, $known_at
-- reads: ops.action_step, ops.account
select
    s.journal_line,
    s.action_no,
    s.what,
    s.owner_name,
    s.owner_organisation,
    s.due_date,
    s.state,
    s.target_id,
    s.origin,
    s.note,
    s.evidence_sha256,
    s.evidence_name,
    s.evidence_type,
    s.was_cleared,
    s.judged_date,
    -- whoever has no account is named as the audit names it
    coalesce(nullif(p.person_name, ''), p.login_name, s.actor) as acted_by,
    s.role,
    s.decided_at
from ops.action_step as s
left join ops.account as p
    on s.actor = 'u' || p.account_no
where
    in_scope(s.place_code, $scope)
    and s.action_no = $action_no
    and s.decided_at <= $known_at
order by s.journal_line
