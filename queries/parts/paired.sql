-- What was told of the same months twice: this year and last, due and received?
-- `growth` sets this year's receipts (left) against those of the same months of last
-- year (right), `open` what was due (left) against what came in of it (right). A month
-- counts where both sides state it; months that a longer period holds together count
-- together, or not at all. What one side alone states is told apart, never as zero.
-- grain: one row per pair, village and source
-- params: $scope, $version_no, $as_of_date
-- reads: core.income_period
with days as (
    select
        cast($as_of_date as date) as now_date,
        cast(last_day($as_of_date - interval 1 year) as date) as before_date
),

units as (
    select
        p.village_code,
        p.source_id,
        year(p.period_end) = year(d.now_date) as is_now,
        12 * (year(p.period_start) - year(p.period_end)) + month(p.period_start)
            as first_month,
        month(p.period_end) as last_month,
        case when p.received_until_date > d.now_date then p.amount_received_yuan end
            as received_yuan,
        case when p.received_until_date > d.before_date then p.amount_received_yuan end
            as before_yuan,
        case when p.due_until_date > d.now_date then p.amount_due_yuan end as due_yuan,
        concat_ws('|', p.statement, p.project_id) as paper
    from core.income_period as p
    cross join days as d
    where
        in_scope(p.village_code, $scope)
        and is_in_force(p.from_no, p.to_no, $version_no)
        and p.line_kind = 'income'
        and (
            p.period_end between date_trunc('year', d.now_date) and d.now_date
            or p.period_end between date_trunc('year', d.before_date) and d.before_date
        )
),

sides as (
    select
        'growth' as pair,
        is_now as is_left,
        village_code,
        source_id,
        paper,
        first_month,
        last_month,
        case when is_now then received_yuan else before_yuan end as amount_yuan
    from units
    union all
    select
        'open' as pair,
        true as is_left,
        village_code,
        source_id,
        paper,
        first_month,
        last_month,
        due_yuan as amount_yuan
    from units
    where is_now
    union all
    select
        'open' as pair,
        false as is_left,
        village_code,
        source_id,
        paper,
        first_month,
        last_month,
        received_yuan as amount_yuan
    from units
    where is_now
),

spans as (
    select
        pair,
        is_left,
        village_code,
        source_id,
        first_month,
        last_month,
        sum(amount_yuan) as amount_yuan,
        -- a sum of which a part is not stated would pass for the whole
        count(amount_yuan) = count(*) as is_whole
    from sides
    group by
        pair,
        is_left,
        village_code,
        source_id,
        paper,
        first_month,
        last_month
    -- a paper that states nothing of this money has no part in it
    having count(amount_yuan) > 0
),

held_together as (
    select distinct
        pair,
        village_code,
        source_id,
        unnest(range(first_month + 1, last_month + 1)) as month_no
    from spans
    where first_month < last_month
),

long_ones as (
    select
        pair,
        village_code,
        source_id,
        min(month_no) - 1 as first_month,
        max(month_no) as last_month
    from held_together
    group by
        pair,
        village_code,
        source_id
),

long_months as (
    select
        pair,
        village_code,
        source_id,
        unnest(range(first_month, last_month + 1)) as month_no
    from long_ones
),

numbered as (
    select
        m.pair,
        m.village_code,
        m.source_id,
        m.month_no,
        max(case when h.month_no is null then m.month_no end) over (
            partition by m.pair, m.village_code, m.source_id
            order by m.month_no
        ) as block_month
    from long_months as m
    left join held_together as h
        on
            m.pair = h.pair
            and m.village_code = h.village_code
            and m.source_id = h.source_id
            and m.month_no = h.month_no
),

months as (
    select distinct
        pair,
        is_left,
        village_code,
        source_id,
        unnest(range(first_month, last_month + 1)) as month_no
    from spans
),

placed_months as (
    select
        m.pair,
        m.is_left,
        m.village_code,
        m.source_id,
        m.month_no,
        -- a month that no longer period holds is a block of its own
        coalesce(n.block_month, m.month_no) as block_month
    from months as m
    left join numbered as n
        on
            m.pair = n.pair
            and m.village_code = n.village_code
            and m.source_id = n.source_id
            and m.month_no = n.month_no
),

counted_months as (
    select
        pair,
        is_left,
        village_code,
        source_id,
        block_month,
        count(*) as month_count
    from placed_months
    group by
        pair,
        is_left,
        village_code,
        source_id,
        block_month
),

summed_spans as (
    select
        s.pair,
        s.is_left,
        s.village_code,
        s.source_id,
        m.block_month,
        sum(s.amount_yuan) as amount_yuan,
        bool_and(s.is_whole) as is_whole
    from spans as s
    inner join placed_months as m
        on
            s.pair = m.pair
            and s.is_left = m.is_left
            and s.village_code = m.village_code
            and s.source_id = m.source_id
            and s.first_month = m.month_no
    group by
        s.pair,
        s.is_left,
        s.village_code,
        s.source_id,
        m.block_month
),

block_sizes as (
    select
        pair,
        village_code,
        source_id,
        block_month,
        count(*) as month_count
    from numbered
    group by
        pair,
        village_code,
        source_id,
        block_month
),

blocks as (
    select
        s.pair,
        s.village_code,
        s.source_id,
        s.block_month,
        sum(s.amount_yuan) filter (where s.is_left) as left_yuan,
        sum(s.amount_yuan) filter (where not s.is_left) as right_yuan,
        count(*) = 2
        and bool_and(s.is_whole)
        -- one month, where no longer period holds several together
        and bool_and(m.month_count = coalesce(z.month_count, 1)) as is_compared
    from summed_spans as s
    inner join counted_months as m
        on
            s.pair = m.pair
            and s.is_left = m.is_left
            and s.village_code = m.village_code
            and s.source_id = m.source_id
            and s.block_month = m.block_month
    left join block_sizes as z
        on
            s.pair = z.pair
            and s.village_code = z.village_code
            and s.source_id = z.source_id
            and s.block_month = z.block_month
    group by
        s.pair,
        s.village_code,
        s.source_id,
        s.block_month
)

select
    pair,
    village_code,
    source_id,
    sum(left_yuan) filter (where is_compared) as left_yuan,
    sum(right_yuan) filter (where is_compared) as right_yuan,
    sum(left_yuan) filter (where not is_compared) as only_left_yuan,
    sum(right_yuan) filter (where not is_compared) as only_right_yuan
from blocks
group by
    pair,
    village_code,
    source_id
