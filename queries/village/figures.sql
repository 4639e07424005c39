-- From which cell of which file does each figure of a village's year come?
-- A part of a joint project comes from the cell of the project's whole income.
-- grain: one row per line as read of the units in force, and one per joint part
-- params: $scope, $version_no, $as_of_date, $village_code
-- reads: core.income_period, core.income, ops.submission
with units as (
    select
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
        quantity_unit,
        amount_due_yuan,
        amount_received_yuan,
        submission_no,
        statement = 'joint_income' and line_kind = 'income' as is_part,
        received_until_date <= $as_of_date as is_superseded,
        -- where a part is not stated the sum is unknown, and no part of it counts;
        -- neither do quantities, nor the whole of a project among its holders
        line_kind in ('income', 'cost')
        and received_until_date > $as_of_date
        and amount_received_yuan is not null as counts
    from core.income_period
    where
        in_scope(village_code, $scope)
        and village_code = $village_code
        and is_in_force(from_no, to_no, $version_no)
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
        -- that a paper came in is no figure
        and line_kind <> 'report'
),

own_lines as (
    select
        i.source_id,
        i.statement,
        i.project_id,
        i.line_kind,
        i.category,
        i.item_id,
        i.is_one_off,
        i.period_start,
        i.period_end,
        i.amount_due_yuan,
        i.amount_received_yuan,
        i.quantity,
        i.quantity_unit,
        u.counts,
        u.is_superseded,
        i.sheet,
        i.cell,
        i.remark,
        i.submission_no
    from core.income as i
    inner join units as u
        on
            i.submission_no = u.submission_no
            and i.village_code = u.village_code
            and i.source_id = u.source_id
            and i.statement = u.statement
            and i.project_id = u.project_id
            and i.line_kind = u.line_kind
            and i.period_start = u.period_start
            and i.period_end = u.period_end
            and i.category = u.category
            and i.item_id is not distinct from u.item_id
            and i.is_one_off = u.is_one_off
            and i.quantity_unit is not distinct from u.quantity_unit
    where i.village_code = $village_code and not u.is_part
),

parts as (
    select
        u.source_id,
        u.statement,
        u.project_id,
        u.line_kind,
        u.category,
        u.item_id,
        u.is_one_off,
        u.period_start,
        u.period_end,
        u.amount_due_yuan,
        u.amount_received_yuan,
        cast(null as decimal(18, 3)) as quantity,
        u.quantity_unit,
        u.counts,
        u.is_superseded,
        min_by(i.sheet, i.file_line) as sheet,
        min_by(i.cell, i.file_line) as cell,
        cast(null as varchar) as remark,
        u.submission_no
    from units as u
    left join core.income as i
        on
            u.submission_no = i.submission_no
            and u.project_id = i.project_id
            and u.period_start = i.period_start
            and u.period_end = i.period_end
            and u.category = i.category
            and u.is_one_off = i.is_one_off
            and i.line_kind = 'project'
    where u.is_part
    group by
        u.source_id,
        u.statement,
        u.project_id,
        u.line_kind,
        u.category,
        u.item_id,
        u.is_one_off,
        u.period_start,
        u.period_end,
        u.amount_due_yuan,
        u.amount_received_yuan,
        u.quantity_unit,
        u.counts,
        u.is_superseded,
        u.submission_no
),

lines as (
    select * from own_lines
    union all by name
    select * from parts
),

traced as (
    select
        l.source_id,
        l.statement,
        l.project_id,
        l.line_kind,
        l.category,
        l.item_id,
        l.is_one_off,
        l.period_start,
        l.period_end,
        l.amount_due_yuan,
        l.amount_received_yuan,
        l.quantity,
        l.quantity_unit,
        l.counts,
        l.is_superseded,
        s.file_name,
        l.sheet,
        l.cell,
        l.remark,
        s.actor as sent_by,
        s.submitted_at,
        s.decided_by as accepted_by,
        s.decided_at as accepted_at
    from lines as l
    left join ops.submission as s
        on l.submission_no = s.submission_no
)

select * from traced
order by
    period_end desc,
    source_id asc,
    file_name asc,
    sheet asc,
    cell asc,
    line_kind asc,
    project_id asc,
    item_id asc
