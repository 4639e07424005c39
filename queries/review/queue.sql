-- Which submissions are there in a scope, the latest first, and how does each stand?
-- grain: one row per submission
-- params: $scope, $states, $nobody_sends
-- reads: ops.submission, ops.account, ops.evidence, core.village, core.place
with places as (
    select distinct
        township_code as place_code,
        township_name as place_name
    from core.village
    where to_no = 9223372036854775807 and in_scope(village_code, $scope)
    union all
    select
        village_code as place_code,
        township_name || village_name as place_name
    from core.village
    where to_no = 9223372036854775807 and in_scope(village_code, $scope)
    union all
    select
        place_code,
        place_name
    from core.place
    where to_no = 9223372036854775807 and in_scope(place_code, $scope)
),

evidence as (
    select
        submission_no,
        count(*) as evidence_count
    from ops.evidence
    group by submission_no
),

submissions as (
    select
        s.submission_no,
        s.statement,
        s.file_name,
        s.place_code,
        p.place_name,
        s.actor,
        -- whoever has no account is named as the journal names it
        coalesce(sender.person_name, s.actor) as sent_by,
        s.way,
        s.submitted_at,
        s.state,
        s.rows_accepted,
        s.rows_rejected,
        s.error_count,
        s.reason,
        s.supersedes_no,
        s.decided_at,
        -- the same holds for whoever decided
        coalesce(decider.person_name, s.decided_by) as decided_by,
        -- most have none
        coalesce(e.evidence_count, 0) as evidence_count
    from ops.submission as s
    left join places as p
        on s.place_code = p.place_code
    left join ops.account as sender
        on s.actor = 'u' || sender.account_no
    left join ops.account as decider
        on s.decided_by = 'u' || decider.account_no
    left join evidence as e
        on s.submission_no = e.submission_no
    where
        in_scope(s.place_code, $scope)
        and list_contains($states, s.state)
        and not list_contains($nobody_sends, s.statement)
)

select * from submissions
order by
    submitted_at desc,
    submission_no desc
