-- How many villages of a township remain, and how many papers of theirs are in?
-- grain: one row
-- params: $place_code, $as_of_date
-- builds on: moments, answer, standing, owed, reporting
-- total of: $place_code
-- scope: none but the township asked about: its counts are for all to see, so that a
--   village can tell where it stands among its neighbours; no village is named
select
    cast($place_code as varchar) as place_code,
    count(*) as village_count,
    count(*) filter (where s.standing <> 'met_last_year') as villages,
    count(*) filter (where s.standing = 'remaining') as remaining,
    count(*) filter (where s.standing = 'cleared') as cleared,
    -- a village that owes nothing yet has no row
    cast(coalesce(sum(r.due_count), 0) as bigint) as due_count,
    cast(coalesce(sum(r.reported_count), 0) as bigint) as reported_count
from standing as s
left join reporting as r
    on s.village_code = r.village_code
where s.as_of_date = $as_of_date
