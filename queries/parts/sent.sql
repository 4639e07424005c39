-- When was each owed paper first sent, and when last, by what still stands?
-- What was returned, withdrawn or annulled was not sent; what was replaced was.
-- grain: one row per village, statement, project and period that was sent
-- params: $scope, $as_of_date, $known_at, $statements
-- builds on: owed
-- reads: core.income, ops.submission
with standing_papers as (
    select
        submission_no,
        submitted_at
    from ops.submission
    where
        submitted_at <= $known_at
        -- what was decided later was still under review at that time
        and (
            decided_at > $known_at
            or state in ('submitted', 'reviewed', 'accepted', 'reopened', 'replaced')
        )
),

units as (
    select
        i.village_code,
        i.statement,
        i.project_id,
        i.period_start,
        i.period_end,
        min(s.submitted_at) as first_sent_at,
        max(s.submitted_at) as last_sent_at
    from core.income as i
    inner join standing_papers as s
        on i.submission_no = s.submission_no
    where
        in_scope(i.village_code, $scope)
        and list_contains($statements, i.statement)
        and i.period_end >= date_trunc('year', $as_of_date)
        and i.period_start <= $as_of_date
    group by
        i.village_code,
        i.statement,
        i.project_id,
        i.period_start,
        i.period_end
)

select
    o.village_code,
    o.statement,
    o.project_id,
    o.period_end,
    min(u.first_sent_at) as first_sent_at,
    max(u.last_sent_at) as last_sent_at
from owed as o
inner join units as u
    on
        o.village_code = u.village_code
        and o.statement = u.statement
        and (o.project_id = '–' or o.project_id = u.project_id)
        and o.period_end >= u.period_start
        and o.period_start <= u.period_end
group by
    o.village_code,
    o.statement,
    o.project_id,
    o.period_end
