-- What has each source brought this year, in how many villages, and what was due?
-- grain: one row per source
-- builds on: sourced
-- scope: sourced filters it
select
    source_id,
    -- who reports zero tells of the source, and does not have it
    count(*) filter (where received_yuan <> 0 or due_yuan <> 0) as village_count,
    count(*) as told_count,
    sum(received_yuan) as received_yuan,
    sum(due_yuan) as due_yuan
from sourced
group by source_id
order by source_id
