-- Which share of the rents that fell due by this day was paid, in each year?
-- Pooled over the villages with contracts; what is paid beyond the rents is not told.
-- grain: one row per year
-- params: $rent_source
-- builds on: yearly, rents
-- scope: yearly and rents pool it
select
    r.year_no,
    -- a village that tells of no rents by now has been paid none
    least(sum(coalesce(y.known_yuan, 0)) / nullif(sum(r.due_by_yuan), 0), 1)
        as paid_share
from rents as r
left join yearly as y
    on
        r.village_code = y.village_code
        and r.year_no = y.year_no
        and y.source_id = $rent_source
where r.due_by_yuan is not null
group by r.year_no
