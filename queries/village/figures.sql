-- From which cell of which file does each figure of a village's year come?
-- grain: one row per line as read, of the units in force
-- params: $scope, $version_no, $as_of_date, $village_code
-- reads: core.income_period, core.income, ops.submission
with units as (
    select distinct
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end,
        p.submission_no,
        p.received_until_date <= $as_of_date as is_superseded,
        -- where a part is not stated the sum is unknown, and no part of it counts
        p.received_until_date > $as_of_date
        and p.amount_received_yuan is not null as counts
    from core.income_period as p
    where
        in_scope(p.village_code, $scope)
        and p.village_code = $village_code
        and is_in_force(p.from_no, p.to_no, $version_no)
        and p.period_end between date_trunc('year', $as_of_date) and $as_of_date
),

lines as (
    select
        i.source_id,
        i.line_kind,
        i.category,
        i.is_one_off,
        i.period_start,
        i.period_end,
        i.amount_due_yuan,
        i.amount_received_yuan,
        u.counts,
        u.is_superseded,
        i.sheet,
        i.cell,
        i.submission_no
    from core.income as i
    inner join units as u
        on
            i.submission_no = u.submission_no
            and i.village_code = u.village_code
            and i.source_id = u.source_id
            and i.statement = u.statement
            and i.project_id = u.project_id
            and i.period_start = u.period_start
            and i.period_end = u.period_end
    where i.village_code = $village_code
),

traced as (
    select
        l.source_id,
        l.line_kind,
        l.category,
        l.is_one_off,
        l.period_start,
        l.period_end,
        l.amount_due_yuan,
        l.amount_received_yuan,
        l.counts,
        l.is_superseded,
        s.file_name,
        l.sheet,
        l.cell,
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
    cell asc
