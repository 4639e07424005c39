-- How many villages remained at each moment?
-- grain: one row per moment
-- builds on: moments, answer, standing
-- scope: standing filters it
select
    as_of_date,
    count(*) filter (where standing = 'remaining') as remaining,
    count(*) filter (where standing = 'cleared') as cleared,
    count(*) filter (where standing <> 'met_last_year') as villages
from standing
group by as_of_date
order by as_of_date
