-- Which state of a village shows: the worst of what it owes this year?
-- grain: one row per village
-- builds on: owed
-- scope: owed filters it
with counted as (
    select
        village_code,
        count(*) filter (where state <> 'not_due') as due_count,
        count(*) filter (where state in ('reported', 'reported_zero'))
            as reported_count,
        min(period_start) filter (where state in ('returned', 'not_reported'))
            as first_missing_date,
        case
            when bool_or(state = 'returned') then 'returned'
            when bool_or(state = 'not_reported') then 'not_reported'
            when bool_or(state = 'in_review') then 'in_review'
            when bool_or(state = 'reported') then 'reported'
            when bool_or(state = 'reported_zero') then 'reported_zero'
            else 'not_due'
        end as worst_state
    from owed
    group by village_code
)

select * from counted
