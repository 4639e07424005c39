-- What did joint projects bring of which a village holds shares, and what is its part?
-- A holder sees the total and its own part, and no other's.
-- grain: one row per project and period of the year; one without period where none is
-- params: $scope, $version_no, $as_of_date, $village_code
-- reads: core.project_share, core.project, core.income_period, core.income,
--   ops.submission
with tables_in_force as (
    select
        project_id,
        max(valid_from_date) as valid_from_date
    from core.project_share
    where
        is_in_force(from_no, to_no, $version_no) and valid_from_date <= $as_of_date
    group by project_id
),

shares as (
    select
        h.project_id,
        h.valid_from_date,
        h.share_pct,
        h.submission_no,
        h.sheet,
        h.cell
    from core.project_share as h
    inner join tables_in_force as t
        on h.project_id = t.project_id and h.valid_from_date = t.valid_from_date
    where
        in_scope(h.village_code, $scope)
        and h.village_code = $village_code
        and is_in_force(h.from_no, h.to_no, $version_no)
),

units as (
    select
        p.project_id,
        p.village_code,
        p.line_kind,
        p.period_start,
        p.period_end,
        p.amount_due_yuan,
        p.amount_received_yuan,
        p.submission_no
    from core.income_period as p
    inner join shares as h
        on p.project_id = h.project_id
    where
        p.statement = 'joint_income'
        and is_in_force(p.from_no, p.to_no, $version_no)
        and p.period_end between date_trunc('year', $as_of_date) and $as_of_date
),

totals as (
    select
        project_id,
        period_start,
        period_end,
        -- a sum of which a part is not stated would pass for the whole
        case
            when count(amount_due_yuan) = count(*) then sum(amount_due_yuan)
        end as project_due_yuan,
        case
            when count(amount_received_yuan) = count(*)
                then sum(amount_received_yuan)
        end as project_received_yuan,
        max(submission_no) as submission_no
    from units
    where line_kind = 'project'
    group by
        project_id,
        period_start,
        period_end
),

own_parts as (
    select
        project_id,
        period_start,
        period_end,
        case
            when count(amount_due_yuan) = count(*) then sum(amount_due_yuan)
        end as own_due_yuan,
        case
            when count(amount_received_yuan) = count(*)
                then sum(amount_received_yuan)
        end as own_received_yuan
    from units
    where line_kind = 'income' and village_code = $village_code
    group by
        project_id,
        period_start,
        period_end
),

cells as (
    select
        i.submission_no,
        i.project_id,
        i.period_start,
        i.period_end,
        min_by(i.sheet, i.file_line) as sheet,
        min_by(i.cell, i.file_line) as cell
    from core.income as i
    inner join totals as t
        on
            i.submission_no = t.submission_no
            and i.project_id = t.project_id
            and i.period_start = t.period_start
            and i.period_end = t.period_end
    where i.line_kind = 'project'
    group by
        i.submission_no,
        i.project_id,
        i.period_start,
        i.period_end
),

projects as (
    select
        h.project_id,
        p.project_name,
        p.source_id,
        p.managing_code,
        p.place_name,
        h.share_pct,
        h.valid_from_date,
        t.period_start,
        t.period_end,
        t.project_due_yuan,
        t.project_received_yuan,
        o.own_due_yuan,
        o.own_received_yuan,
        income_paper.file_name as income_file_name,
        c.sheet as income_sheet,
        c.cell as income_cell,
        share_paper.file_name as share_file_name,
        h.sheet as share_sheet,
        h.cell as share_cell
    from shares as h
    left join core.project as p
        on
            h.project_id = p.project_id
            and is_in_force(p.from_no, p.to_no, $version_no)
    left join totals as t
        on h.project_id = t.project_id
    left join own_parts as o
        on
            t.project_id = o.project_id
            and t.period_start = o.period_start
            and t.period_end = o.period_end
    left join cells as c
        on
            t.submission_no = c.submission_no
            and t.project_id = c.project_id
            and t.period_start = c.period_start
            and t.period_end = c.period_end
    left join ops.submission as income_paper
        on t.submission_no = income_paper.submission_no
    left join ops.submission as share_paper
        on h.submission_no = share_paper.submission_no
)

select * from projects
order by
    project_id,
    period_end,
    period_start
