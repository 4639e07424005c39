-- Which villages owe papers that are overdue, and how many?
-- grain: one row per village
-- params: $as_of_date, $today, $grace_days, $least_count
-- builds on: owed
-- scope: owed filters it
with overdue as (
    select
        village_code,
        count(*) as paper_count,
        min(period_end) as first_date,
        max(period_end) as last_date,
        min(due_date) as since_date,
        string_agg(
            concat_ws(' ', statement, project_id, period_end, state),
            ';' order by statement, project_id, period_end
        ) as fingerprint
    from owed
    where
        state in ('not_reported', 'returned')
        and due_date + to_days(cast($grace_days as integer)) < $today
    group by village_code
),

hits as (
    select
        village_code,
        cast(year($as_of_date) as varchar) as subject_key,
        fingerprint,
        cast(null as decimal(18, 2)) as amount_yuan,
        since_date,
        cast(null as varchar) as source_id,
        first_date,
        last_date,
        paper_count
    from overdue
    where paper_count >= $least_count
)

select * from hits
order by village_code
