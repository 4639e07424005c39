-- Which submissions tell of a scope's villages, of which months, what became of each?
-- grain: one row per submission
-- params: $scope, $nobody_sends
-- builds on: tells
-- reads: core.income, ops.submission, ops.account
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
    select distinct submission_no
    from tells
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
