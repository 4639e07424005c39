-- What is a village's year worth by each measure, and which costs are not known?
-- Asked of one village by its code, or of all whose codes begin so.
-- grain: one row per village and measure
-- params: $village_code
-- builds on: measured
-- scope: measured filters it
select
    village_code,
    measure_id,
    income_yuan,
    cost_yuan,
    amount_yuan,
    missing_categories
from measured
where village_code between $village_code and $village_code || '~'
order by
    village_code,
    measure_id
