-- Of which joint projects did this number change the income or the shares?
-- grain: one row per project
-- params: $number
select distinct p.project_id
from core.income_period as p
where
    (p.from_no = $number or p.to_no = $number)
    and p.statement = 'joint_income'
    and p.line_kind = 'project'
union
select distinct s.project_id
from core.project_share as s
where s.from_no = $number or s.to_no = $number
