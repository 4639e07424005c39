-- How far has a township reported, for the year so far or for one month?
-- grain: one row
-- params: $place_code
-- builds on: owed, sent, filled, tallied
-- total of: $place_code
-- scope: none but the township asked about: its counts are for all to see, so that a
--   village can tell where it stands among its neighbours; no village is named
select
    cast($place_code as varchar) as place_code,
    count(*) as village_count,
    count(*) filter (where worst_state in ('returned', 'not_reported'))
        as missing_villages,
    -- without villages nothing is owed
    coalesce(sum(owed_count), 0) as owed_count,
    coalesce(sum(not_due), 0) as not_due,
    coalesce(sum(not_reported), 0) as not_reported,
    coalesce(sum(in_review), 0) as in_review,
    coalesce(sum(reported_zero), 0) as reported_zero,
    coalesce(sum(reported), 0) as reported,
    coalesce(sum(returned), 0) as returned,
    coalesce(sum(due_count), 0) as due_count,
    coalesce(sum(filled_count), 0) as filled_count,
    coalesce(sum(on_time_count), 0) as on_time_count
from tallied
