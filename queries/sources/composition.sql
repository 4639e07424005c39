-- Of what does the income of the year consist, split by place or by class of village?
-- grain: one row per class and source; the class is null where nobody has told it
-- params: $by
-- builds on: sourced, held, classed
-- scope: sourced and classed filter it
with classes as (
    select
        village_code,
        case $by
            when 'township' then township_code
            when 'terrain' then terrain
            when 'pilot' then pilot_level
            else ''
        end as class_id,
        case when $by = 'township' then township_name end as township_name
    from classed
),

sizes as (
    select
        class_id,
        count(*) as class_village_count
    from classes
    group by class_id
),

parts as (
    select
        c.class_id,
        max(c.township_name) as township_name,
        s.source_id,
        count(*) filter (where s.received_yuan <> 0) as village_count,
        sum(s.received_yuan) as received_yuan
    from sourced as s
    inner join classes as c
        on s.village_code = c.village_code
    where s.received_yuan is not null
    group by
        c.class_id,
        s.source_id
)

select
    p.class_id,
    p.township_name,
    z.class_village_count,
    p.source_id,
    p.village_count,
    p.received_yuan
from parts as p
inner join sizes as z
    on p.class_id is not distinct from z.class_id
order by
    p.class_id asc nulls last,
    p.source_id asc
