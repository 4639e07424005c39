-- Which share of its year has each source usually brought by now, and does it grow?
-- Growth is this year by now against last year by the same day.
-- Pooled over all villages of the county: of one village a year is too little.
-- grain: one row per source and year; share and growth are of the years before it
-- params: $as_of_date
-- builds on: yearly
-- scope: yearly pools it
-- kept: for its county, pooled
with asked as (
    select distinct
        source_id,
        year_no
    from yearly
),

-- the share of the three years before, where money came in parts
shares as (
    select
        a.source_id,
        a.year_no,
        sum(y.known_yuan) / nullif(sum(y.year_yuan), 0) as learnt_share
    from asked as a
    inner join yearly as y
        on
            a.source_id = y.source_id
            and y.year_no between a.year_no - 3 and a.year_no - 1
    where y.has_parts and y.year_yuan is not null
    group by
        a.source_id,
        a.year_no
),

-- by this day against the same day of the year before, where both came in parts
growth as (
    select
        n.source_id,
        n.year_no,
        sum(n.known_yuan) / nullif(sum(b.known_yuan), 0) as growth
    from yearly as n
    inner join yearly as b
        on
            n.village_code = b.village_code
            and n.source_id = b.source_id
            and n.year_no - 1 = b.year_no
    where n.has_parts and b.has_parts
    group by
        n.source_id,
        n.year_no
)

select
    a.source_id,
    a.year_no,
    s.learnt_share is not null as is_learnt,
    -- where nothing is learnt, money is taken to come evenly over the year
    least(
        greatest(coalesce(s.learnt_share, month($as_of_date) / 12.0), 0.02), 1
    ) as usual_share,
    -- a source that is new, or small last year, says little about growth
    least(greatest(coalesce(g.growth, 1), 0.5), 2) as growth
from asked as a
left join shares as s
    on a.source_id = s.source_id and a.year_no = s.year_no
left join growth as g
    on a.source_id = g.source_id and a.year_no = g.year_no
