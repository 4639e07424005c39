-- What is each village's year worth by each measure, and which costs are not known?
-- grain: one row per village and measure
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
order by
    village_code,
    measure_id
