-- How many villages of a place remain by a target?
-- grain: one row, of a place
-- params: $place_code, $as_of_date
-- builds on: moments, answer, standing
-- scope: standing filters it
select
    count(*) as village_count,
    count(*) filter (where standing = 'remaining') as remaining
from standing
where starts_with(village_code, $place_code) and as_of_date = $as_of_date
