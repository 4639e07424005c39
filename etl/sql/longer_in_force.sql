-- Of which periods longer than a month does a paper in force speak?
-- grain: one row per village, source, project and period
-- params: $open
select distinct
    village_code,
    source_id,
    project_id,
    period_start,
    period_end
from core.income_period
where
    to_no = $open
    and period_end > last_day(period_start)
    and line_kind in ('income', 'cost', 'project')
