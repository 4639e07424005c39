-- Who holds how much of some joint projects, by each share table in force?
-- grain: one row per project, first day of the table, and holder
-- params: $open, $projects
select
    project_id,
    valid_from_date,
    village_code,
    share_pct
from core.project_share
where to_no = $open and list_contains($projects, project_id)
order by project_id, valid_from_date, village_code
