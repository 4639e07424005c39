-- Which submissions tell of a scope's villages, of which months, what became of each?
-- grain: one row per submission
-- params: $scope, $nobody_sends
-- reads: core.income, core.project_share, core.inventory, core.contract,
--   core.attribute, core.assignment, ops.submission, ops.account
with spans as (
    select
        submission_no,
        min(period_start) as first_date,
        max(period_end) as last_date
    from core.income
    where in_scope(village_code, $scope)
    group by submission_no
),

told as (
    select submission_no
    from spans
    union
    select submission_no
    from core.project_share
    where in_scope(village_code, $scope)
    union
    select submission_no
    from core.inventory
    where in_scope(village_code, $scope)
    union
    select submission_no
    from core.contract
    where in_scope(village_code, $scope)
    union
    select submission_no
    from core.attribute
    where in_scope(village_code, $scope)
    union
    select submission_no
    from core.assignment
    where in_scope(village_code, $scope)
    union
    select submission_no
    from ops.submission
    where in_scope(place_code, $scope)
),

submissions as (
    select
        s.submission_no,
        s.submitted_at,
        -- whoever has no account is named as the journal names it
        coalesce(nullif(p.person_name, ''), p.login_name, s.actor) as sent_by,
        s.statement,
        s.file_name,
        spans.first_date,
        spans.last_date,
        s.state,
        case when in_scope(s.place_code, $scope) then s.reason else '' end as reason
    from ops.submission as s
    inner join told
        on s.submission_no = told.submission_no
    left join spans
        on s.submission_no = spans.submission_no
    left join ops.account as p
        on s.actor = 'u' || p.account_no
    where not list_contains($nobody_sends, s.statement)
)

select * from submissions
order by submission_no desc
