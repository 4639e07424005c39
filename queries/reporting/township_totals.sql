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
    cast(coalesce(sum(owed_count), 0) as bigint) as owed_count,
    cast(coalesce(sum(not_due), 0) as bigint) as not_due,
    cast(coalesce(sum(not_reported), 0) as bigint) as not_reported,
    cast(coalesce(sum(in_review), 0) as bigint) as in_review,
    cast(coalesce(sum(reported_zero), 0) as bigint) as reported_zero,
    cast(coalesce(sum(reported), 0) as bigint) as reported,
    cast(coalesce(sum(returned), 0) as bigint) as returned,
    cast(coalesce(sum(due_count), 0) as bigint) as due_count,
    cast(coalesce(sum(filled_count), 0) as bigint) as filled_count,
    cast(coalesce(sum(on_time_count), 0) as bigint) as on_time_count
from tallied
