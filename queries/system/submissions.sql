-- How many papers are in each state, and for how long have they been there?
-- grain: one row per state
-- params: $now_at
-- reads: ops.submission
-- scope: none, counts of all places that name none, for who looks after the system
select
    state,
    count(*) as submission_count,
    count(*) filter (where submitted_at > $now_at - interval 1 day) as in_a_day,
    count(*) filter (
        where
        submitted_at <= $now_at - interval 1 day
        and submitted_at > $now_at - interval 7 day
    ) as in_a_week,
    count(*) filter (where submitted_at <= $now_at - interval 7 day) as older,
    min(submitted_at) as oldest_at
from ops.submission
group by state
order by state
