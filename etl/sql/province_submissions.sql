-- Which papers did the invented counties send? No original is behind them.
-- params: $catalogue, $scope
-- reads: papers_given, core.income
insert into ops.submission (
    submission_no, statement, sha256, answers, file_name, actor, catalogue,
    rows_accepted, rows_rejected, submitted_at, decided_at, decided_by, state,
    place_code, sender_scope, sender_role, way, error_count, answer_sha256, reason
)
with counted as (
    select
        submission_no,
        count(*) as line_count
    from core.income
    group by submission_no
)

select
    p.submission_no,
    p.statement,
    '' as sha256,
    '{}' as answers,
    p.file_name,
    p.actor,
    $catalogue,
    -- papers that tell no income have no lines there
    coalesce(i.line_count, 0) as rows_accepted,
    0 as rows_rejected,
    p.submitted_at,
    p.decided_at,
    p.decided_by,
    p.state,
    p.place_code,
    $scope as sender_scope,
    'office' as sender_role,
    'command' as way,
    0 as error_count,
    '' as answer_sha256,
    p.reason
from papers_given as p
left join counted as i
    on p.submission_no = i.submission_no
order by p.submission_no
