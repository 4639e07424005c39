-- Which sources does each village have, and what did each bring and owe this year?
-- grain: one row per village and source
-- builds on: sourced
-- scope: sourced filters it
select
    village_code,
    source_id,
    received_yuan,
    due_yuan
from sourced
order by
    village_code,
    source_id
