-- What is attached to a submission?
-- grain: one row per file
-- params: $scope, $submission_no
-- reads: ops.evidence, ops.submission
select
    e.journal_line,
    e.submission_no,
    e.sha256,
    e.file_name,
    e.media_type,
    e.actor,
    e.attached_at
from ops.evidence as e
inner join ops.submission as s
    on e.submission_no = s.submission_no
where in_scope(s.place_code, $scope) and e.submission_no = $submission_no
order by e.journal_line
