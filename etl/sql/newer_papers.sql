-- Which papers count now, were sent after a waiting one, and name a unit that it names?
-- Of each unit the last accepted paper counts, also where it took the unit back.
-- grain: one row per submission
-- params: $number, $sent_at, $counting
with named as (
    select distinct
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end
    from core.income
    where submission_no = $number
),

papers as (
    select
        s.submission_no,
        s.submitted_at,
        max(a.acceptance_no) as acceptance_no
    from ops.submission as s
    inner join ops.acceptance as a
        on s.submission_no = a.submission_no
    where
        list_contains($counting, s.state)
        and a.kind = 'acceptance'
        and a.state = 'published'
    group by
        s.submission_no,
        s.submitted_at
),

owners as (
    select
        arg_max(p.submission_no, p.acceptance_no) as submission_no,
        arg_max(p.submitted_at, p.acceptance_no) as submitted_at
    from named as n
    inner join core.income as i
        on
            n.village_code = i.village_code
            and n.source_id = i.source_id
            and n.statement = i.statement
            and n.project_id = i.project_id
            and n.period_start = i.period_start
            and n.period_end = i.period_end
    inner join papers as p
        on i.submission_no = p.submission_no
    group by
        n.village_code,
        n.source_id,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end
),

newer as (
    select distinct submission_no
    from owners
    where
        submitted_at > $sent_at
        or (submitted_at = $sent_at and submission_no > $number)
)

select *
from newer
order by submission_no
