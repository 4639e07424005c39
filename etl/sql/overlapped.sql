-- From which day on is each unit's amount told by another unit of the same village and
-- source? Within a paper by a wider period; between papers by the higher ranked one
-- that covers the whole span, be it in one piece or in several. A higher ranked paper
-- that covers only part of a wider span gives way to whoever tells it all.
-- Only units whose stored day is no longer right.
-- grain: one row per unit in force, among those that this number may have changed
-- params: $number, $open, $everywhere
with touched as (
    select distinct
        p.village_code,
        p.source_id
    from core.income_period as p
    where p.from_no = $number or p.to_no = $number or $everywhere
),

units as (
    select
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end,
        max(p.due_until_date) as due_until_date,
        max(p.received_until_date) as received_until_date,
        count(p.amount_due_yuan) = count(*) as has_due,
        count(p.amount_received_yuan) = count(*) as has_received
    from core.income_period as p
    inner join touched as t
        on p.village_code = t.village_code and p.source_id = t.source_id
    where p.to_no = $open and p.line_kind in ('income', 'cost')
    group by
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end
),

numbered as (
    select
        u.village_code,
        u.source_id,
        u.statement,
        u.project_id,
        u.period_start,
        u.period_end,
        u.due_until_date,
        u.received_until_date,
        u.has_due,
        u.has_received,
        r.rank_due,
        r.rank_received,
        row_number() over () as unit_no
    from units as u
    left join core.statement_rank as r
        on u.statement = r.statement and r.to_no = $open
),

measured as (
    select
        unit_no,
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end,
        'due' as measure,
        rank_due as measure_rank,
        has_due as is_stated
    from numbered
    union all
    select
        unit_no,
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end,
        'received' as measure,
        rank_received as measure_rank,
        has_received as is_stated
    from numbered
),

-- all pairs of one village, source and measure that share a day, the other one stated
pairs as (
    select
        n.unit_no,
        n.measure,
        n.period_end,
        w.unit_no as other_no,
        w.statement as other_statement,
        w.project_id as other_project,
        w.period_end as other_end,
        n.period_end - n.period_start + 1 as day_count,
        w.period_end - w.period_start + 1 as other_day_count,
        n.statement = w.statement as is_same_paper,
        n.statement = w.statement and n.project_id = w.project_id as is_same_line,
        -- a paper without a rank stands for itself
        (w.measure_rank < n.measure_rank) is true as is_outranked,
        (w.measure_rank > n.measure_rank) is true as outranks,
        w.period_start <= n.period_start and w.period_end >= n.period_end as is_inside,
        w.period_start >= n.period_start and w.period_end <= n.period_end as holds,
        w.period_start = n.period_start and w.period_end = n.period_end as is_equal
    from measured as n
    inner join measured as w
        on
            n.village_code = w.village_code
            and n.source_id = w.source_id
            and n.measure = w.measure
            and n.unit_no <> w.unit_no
            and n.period_start <= w.period_end
            and n.period_end >= w.period_start
    where w.is_stated
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
    from numbered as n
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
