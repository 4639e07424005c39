-- Which parts of joint income are parted anew? They end with this number.
-- params: $number, $open, $projects
update core.income_period
set to_no = $number
where
    to_no = $open
    and statement = 'joint_income'
    and line_kind = 'income'
    and list_contains($projects, project_id);
