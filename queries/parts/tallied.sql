-- How many papers of each village are in each state, due, filled and on time?
-- grain: one row per village that owes something
-- builds on: owed, sent, filled
-- scope: filled filters it
select
    village_code,
    count(*) as owed_count,
    count(*) filter (where state = 'not_due') as not_due,
    count(*) filter (where state = 'not_reported') as not_reported,
    count(*) filter (where state = 'in_review') as in_review,
    count(*) filter (where state = 'reported_zero') as reported_zero,
    count(*) filter (where state = 'reported') as reported,
    count(*) filter (where state = 'returned') as returned,
    count(*) filter (where is_due) as due_count,
    count(*) filter (where is_filled) as filled_count,
    count(*) filter (where is_on_time) as on_time_count,
    max(last_sent_at) as last_sent_at,
    max(due_date) as last_due_date,
    string_agg(distinct statement, ',' order by statement) filter (
        where state in ('returned', 'not_reported')
    ) as missing_statements,
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
from filled
group by village_code
