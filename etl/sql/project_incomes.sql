-- What did some joint projects bring in as a whole?
-- grain: one row per project, period and item
-- params: $open, $projects
select
    project_id,
    source_id,
    category,
    is_one_off,
    period_start,
    period_end,
    amount_due_yuan,
    amount_received_yuan,
    submission_no
from core.income_period
where
    to_no = $open
    and statement = 'joint_income'
    and line_kind = 'project'
    and list_contains($projects, project_id)
order by project_id, period_start, period_end
