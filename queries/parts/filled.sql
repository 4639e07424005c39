-- Which papers of the year or of one month are due, sent, and sent on time?
-- Filled is what was sent and not returned; on time is what was first sent by the end
-- of its due day. Both count among what is due.
-- grain: one row per village, statement, project and period
-- params: $period_end
-- builds on: owed, sent
-- scope: owed filters it
select
    o.village_code,
    o.statement,
    o.project_id,
    o.period_start,
    o.period_end,
    o.due_date,
    o.state,
    o.returned_no,
    s.last_sent_at,
    o.state <> 'not_due' as is_due,
    o.state in ('in_review', 'reported', 'reported_zero') as is_filled,
    o.state in ('in_review', 'reported', 'reported_zero')
    and (cast(s.first_sent_at as date) <= o.due_date) is true as is_on_time
from owed as o
left join sent as s
    on
        o.village_code = s.village_code
        and o.statement = s.statement
        and o.project_id = s.project_id
        and o.period_end = s.period_end
where cast($period_end as date) is null or o.period_end = cast($period_end as date)
