-- How many villages remained at each moment?
-- grain: one row per moment
-- builds on: moments, answer, standing
-- scope: standing filters it; without villages every count is zero
select
    m.as_of_date,
    count(*) filter (where s.standing = 'remaining') as remaining,
    count(*) filter (where s.standing = 'cleared') as cleared,
    count(*) filter (where s.standing <> 'met_last_year') as villages
from moments as m
left join standing as s
    on m.as_of_date = s.as_of_date
where m.moment_role = 'at'
group by m.as_of_date
order by m.as_of_date
