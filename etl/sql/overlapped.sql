-- From which day on is each unit's amount told by another unit of the same village and
-- source? Within a paper by a wider period; between papers by the higher ranked one
-- that covers the whole span, be it in one piece or in several. A higher ranked paper
-- that covers only part of a wider span gives way to whoever tells it all.
-- Only units whose stored day is no longer right.
-- grain: one row per unit of overlap_units, the temporary table made before
with
-- all pairs of one village and source that share a day
neighbours as materialized (
    select
        n.unit_no,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end,
        n.rank_due,
        n.rank_received,
        w.unit_no as other_no,
        w.statement as other_statement,
        w.project_id as other_project,
        w.period_start as other_start,
        w.period_end as other_end,
        w.rank_due as other_rank_due,
        w.rank_received as other_rank_received,
        w.has_due as other_has_due,
        w.has_received as other_has_received
    from overlap_units as n
    inner join overlap_units as w
        on
            n.village_code = w.village_code
            and n.source_id = w.source_id
            and n.unit_no <> w.unit_no
            and n.period_start <= w.period_end
            and n.period_end >= w.period_start
),

-- those of a measure that the other one states
measured as (
    select
        unit_no,
        statement,
        project_id,
        period_start,
        period_end,
        other_no,
        other_statement,
        other_project,
        other_start,
        other_end,
        'due' as measure,
        rank_due as own_rank,
        other_rank_due as other_rank
    from neighbours
    where other_has_due
    union all
    select
        unit_no,
        statement,
        project_id,
        period_start,
        period_end,
        other_no,
        other_statement,
        other_project,
        other_start,
        other_end,
        'received' as measure,
        rank_received as own_rank,
        other_rank_received as other_rank
    from neighbours
    where other_has_received
),

pairs as (
    select
        unit_no,
        measure,
        period_end,
        other_no,
        other_statement,
        other_project,
        other_end,
        period_end - period_start + 1 as day_count,
        other_end - other_start + 1 as other_day_count,
        statement = other_statement and project_id = other_project as is_same_line,
        -- a paper without a rank stands for itself
        (other_rank < own_rank) is true as is_outranked,
        (other_rank > own_rank) is true as outranks,
        other_start <= period_start and other_end >= period_end as is_inside,
        other_start >= period_start and other_end <= period_end as holds,
        other_start = period_start and other_end = period_end as is_equal
    from measured
),

-- units that a wider one of the same paper and project tells already
inner_units as (
    select distinct
        unit_no,
        measure
    from pairs
    where is_same_line and is_inside and not is_equal
),

-- units that the pieces of one higher ranked paper cover from end to end
covered as (
    select
        p.unit_no,
        p.measure
    from pairs as p
    left join inner_units as i
        on p.other_no = i.unit_no and p.measure = i.measure
    where p.is_outranked and p.holds and i.unit_no is null
    group by
        p.unit_no,
        p.measure,
        p.other_statement,
        p.other_project,
        p.day_count
    having sum(p.other_day_count) = p.day_count
),

yields as (
    select
        p.unit_no,
        p.measure,
        p.other_end as until_date
    from pairs as p
    left join covered as c
        on p.other_no = c.unit_no and p.measure = c.measure
    where
        (p.is_same_line and p.is_inside and not p.is_equal)
        or (p.is_outranked and p.is_inside)
        or (p.outranks and p.is_inside and c.unit_no is null)
    union all
    select
        p.unit_no,
        p.measure,
        p.period_end as until_date
    from pairs as p
    inner join covered as c
        on p.unit_no = c.unit_no and p.measure = c.measure
),

until as (
    select
        n.village_code,
        n.source_id,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end,
        any_value(n.due_until_date) as stored_due,
        any_value(n.received_until_date) as stored_received,
        -- nothing else tells it: it counts for good
        coalesce(
            min(y.until_date) filter (where y.measure = 'due'), date '9999-12-31'
        ) as due_until_date,
        coalesce(
            min(y.until_date) filter (where y.measure = 'received'),
            date '9999-12-31'
        ) as received_until_date
    from overlap_units as n
    left join yields as y
        on n.unit_no = y.unit_no
    group by
        n.village_code,
        n.source_id,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end
)

select
    village_code,
    source_id,
    statement,
    project_id,
    period_start,
    period_end,
    due_until_date,
    received_until_date
from until
where
    (due_until_date = stored_due) is not true
    or (received_until_date = stored_received) is not true
