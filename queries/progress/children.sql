-- How many villages remain in each place of the next level down?
-- grain: one row per place whose code has $digits digits
-- params: $digits
-- builds on: moments, answer, standing, owed, reporting
-- scope: standing and reporting filter it
select
    substr(s.village_code, 1, $digits) as place_code,
    any_value(s.township_name) as township_name,
    -- of a village its own name, else one of many
    any_value(s.village_name) as village_name,
    count(*) as village_count,
    count(*) filter (where s.standing <> 'met_last_year') as villages,
    count(*) filter (where s.standing = 'remaining') as remaining,
    count(*) filter (where s.standing = 'cleared') as cleared,
    count(*) filter (where r.worst_state = 'returned') as returned,
    count(*) filter (where r.worst_state = 'not_reported') as not_reported,
    count(*) filter (where r.worst_state = 'in_review') as in_review,
    -- a village that owes nothing yet has no row
    coalesce(sum(r.due_count), 0) as due_count,
    coalesce(sum(r.reported_count), 0) as reported_count
from standing as s
left join reporting as r
    on s.village_code = r.village_code
group by substr(s.village_code, 1, $digits)
order by
    remaining desc,
    place_code asc
