-- Which of these submissions were sent after a moment? In the order of acceptance.
-- grain: one row per submission
-- params: $numbers, $sent_at
-- reads: ops.submission, ops.acceptance
select s.submission_no
from ops.submission as s
inner join ops.acceptance as a
    on s.submission_no = a.submission_no and a.state = 'published'
where list_contains($numbers, s.submission_no) and s.submitted_at > $sent_at
group by s.submission_no
order by
    max(a.acceptance_no),
    s.submission_no
