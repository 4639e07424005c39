-- What was done with the papers of a village, by whom and when?
-- grain: one row per act
-- params: $scope, $village_code
-- reads: core.income, ops.submission, ops.audit, ops.account
with papers as (
    select distinct submission_no
    from core.income
    where in_scope(village_code, $scope) and village_code = $village_code
    union
    select submission_no
    from ops.submission
    where in_scope(place_code, $scope) and place_code = $village_code
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
        coalesce(p.person_name, a.actor) as acted_by,
        a.role,
        a.way,
        a.detail
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
