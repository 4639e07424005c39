-- Which part of a joint project's income does each holder get? In force from now on.
-- params: $number, $open
-- reads: parts_given, the parts as they were worked out
insert into core.income_period (
    village_code,
    source_id,
    statement,
    project_id,
    line_kind,
    period_start,
    period_end,
    category,
    item_id,
    is_one_off,
    amount_due_yuan,
    amount_received_yuan,
    due_until_date,
    received_until_date,
    submission_no,
    from_no,
    to_no
)
select
    village_code,
    source_id,
    'joint_income' as statement,
    project_id,
    'income' as line_kind,
    period_start,
    period_end,
    category,
    '' as item_id,
    is_one_off,
    amount_due_yuan,
    amount_received_yuan,
    date '9999-12-31' as due_until_date,
    date '9999-12-31' as received_until_date,
    submission_no,
    $number as from_no,
    $open as to_no
from parts_given
order by village_code, period_start;
