-- What was done with the papers of a village, by whom and when?
-- Of a paper of a wider place than the viewer's, nothing is told but what was done:
-- a reason may speak of other villages.
-- grain: one row per act
-- params: $scope, $village_code
-- builds on: tells
-- reads: ops.submission, ops.audit, ops.account
with papers as (
    select distinct submission_no
    from tells
    where village_code = $village_code
),

acts as (
    select
        a.audit_no,
        a.acted_at,
        a.action,
        a.submission_no,
        s.file_name,
        s.statement,
        -- whoever has no account is named as the audit names it
        coalesce(nullif(p.person_name, ''), p.login_name, a.actor) as acted_by,
        a.role,
        a.way,
        a.journal_line,
        -- as the chain has it: who shows it takes out what was erased
        case when in_scope(s.place_code, $scope) then a.detail else '' end as told
    from ops.audit as a
    inner join papers
        on a.submission_no = papers.submission_no
    inner join ops.submission as s
        on a.submission_no = s.submission_no
    left join ops.account as p
        on a.actor = 'u' || p.account_no
)

select * from acts
order by
    acted_at desc,
    audit_no desc
