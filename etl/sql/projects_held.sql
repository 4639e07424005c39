-- Of which joint projects does anybody hold a share?
-- grain: one row per project
-- params: $open
select distinct project_id
from core.project_share
where to_no = $open
