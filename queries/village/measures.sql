-- What is a village's year worth by each measure, and which costs are not known?
-- grain: one row per measure
-- params: $village_code
-- builds on: measured
-- scope: measured filters it
select
    measure_id,
    income_yuan,
    cost_yuan,
    amount_yuan,
    missing_categories
from measured
where village_code = $village_code
order by measure_id
