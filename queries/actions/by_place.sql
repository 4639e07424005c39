-- How many actions has each village or township: open, overdue, due, done on time?
-- grain: one row per village or township with actions
-- builds on: acted
-- scope: acted filters it
select
    place_code,
    count(*) filter (where is_undone) as undone_count,
    count(*) filter (where is_overdue) as overdue_count,
    count(*) filter (where is_judged) as judged_count,
    count(*) filter (where is_on_time) as on_time_count
from acted
group by place_code
order by place_code
