-- What do submissions say of each unit, category and item? In force from now on.
-- A sum of amounts of which one is not stated would pass for the whole: unknown then.
-- params: $number, $open
-- reads: units_told, the lines of one or several submissions
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
    quantity,
    quantity_unit,
    amount_due_yuan,
    amount_received_yuan,
    due_until_date,
    received_until_date,
    submission_no,
    from_no,
    to_no
)
select
    i.village_code,
    i.source_id,
    i.statement,
    i.project_id,
    i.line_kind,
    i.period_start,
    i.period_end,
    i.category,
    i.item_id,
    i.is_one_off,
    case
        when count(i.quantity) = count(*)
            then cast(sum(i.quantity) as decimal(18, 3))
    end as quantity,
    i.quantity_unit,
    case
        when count(i.amount_due_yuan) = count(*)
            then cast(sum(i.amount_due_yuan) as decimal(18, 2))
    end as amount_due_yuan,
    case
        when count(i.amount_received_yuan) = count(*)
            then cast(sum(i.amount_received_yuan) as decimal(18, 2))
    end as amount_received_yuan,
    date '9999-12-31' as due_until_date,
    date '9999-12-31' as received_until_date,
    i.submission_no,
    $number as from_no,
    $open as to_no
from units_told as i
where i.line_kind <> 'withdrawn'
group by
    i.village_code,
    i.source_id,
    i.statement,
    i.project_id,
    i.line_kind,
    i.period_start,
    i.period_end,
    i.category,
    i.item_id,
    i.is_one_off,
    i.quantity_unit,
    i.submission_no
order by
    i.village_code,
    i.period_start;
