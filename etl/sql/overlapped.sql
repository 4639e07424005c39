-- From which day on is each unit's amount told by a wider period of the same village,
-- source and project? Only units whose stored day is no longer right. Nothing is wider
-- than a month but what is longer, so months need not be compared with each other.
-- grain: one row per unit in force, among those that this number may have changed
-- params: $number, $open
with touched as (
    select distinct
        p.village_code,
        p.source_id,
        p.project_id
    from core.income_period as p
    where p.from_no = $number or p.to_no = $number
),

in_force as (
    select
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end,
        max(p.due_until_date) as due_until_date,
        max(p.received_until_date) as received_until_date,
        count(p.amount_due_yuan) = count(*) as has_due,
        count(p.amount_received_yuan) = count(*) as has_received
    from core.income_period as p
    inner join touched as t
        on
            p.village_code = t.village_code
            and p.source_id = t.source_id
            and p.project_id = t.project_id
    where p.to_no = $open
    group by
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end
),

longer as (
    select
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end,
        has_due,
        has_received
    from in_force
    where period_end > last_day(period_start)
),

told as (
    select
        n.village_code,
        n.source_id,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end,
        any_value(n.due_until_date) as stored_due,
        any_value(n.received_until_date) as stored_received,
        -- no wider period covers it: it counts for good
        coalesce(
            min(w.period_end) filter (where w.has_due), date '9999-12-31'
        ) as due_until_date,
        coalesce(
            min(w.period_end) filter (where w.has_received), date '9999-12-31'
        ) as received_until_date
    from in_force as n
    left join longer as w
        on
            n.village_code = w.village_code
            and n.source_id = w.source_id
            and n.statement = w.statement
            and n.project_id = w.project_id
            and n.period_start >= w.period_start
            and n.period_end <= w.period_end
            and (n.period_start > w.period_start or n.period_end < w.period_end)
    group by
        n.village_code,
        n.source_id,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end
)

select
    village_code,
    source_id,
    statement,
    project_id,
    period_start,
    period_end,
    due_until_date,
    received_until_date
from told
where
    (due_until_date = stored_due) is not true
    or (received_until_date = stored_received) is not true
