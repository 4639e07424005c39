-- For how many households is each village's plant?
-- grain: one row per village of which it is told
-- builds on: held
select
    village_code,
    try_cast(attribute_value as integer) as household_count
from held
where
    attribute_id = 'solar_households'
    and try_cast(attribute_value as integer) > 0
order by village_code
