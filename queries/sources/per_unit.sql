-- What did a source bring per unit of what it counts: member, mu, child?
-- A quantity and the money of its own span, as the same kind of paper tells both; of
-- several quantities that hold for an amount the one with the shortest span.
-- grain: one row per village, item and period of the money, of this year and last; a
--   quantity without money stands by itself
-- params: $scope, $version_no, $as_of_date, $source_id, $quantity_id
-- builds on: held, classed
-- reads: core.income_period
with told as (
    select
        village_code,
        statement,
        line_kind,
        item_id,
        period_start,
        period_end,
        quantity,
        quantity_unit,
        case when received_until_date > $as_of_date then amount_received_yuan end
            as received_yuan,
        submission_no
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and source_id = $source_id
        and period_end between date_trunc('year', $as_of_date) - interval 1 year
        and $as_of_date
),

quantities as (
    select
        village_code,
        statement,
        period_start,
        period_end,
        quantity_unit,
        sum(quantity) as quantity
    from told
    where line_kind = 'quantity' and item_id = $quantity_id
    group by
        village_code,
        statement,
        period_start,
        period_end,
        quantity_unit
),

amounts as (
    select
        village_code,
        statement,
        item_id,
        period_start,
        period_end,
        sum(received_yuan) as received_yuan
    from told
    where line_kind = 'income' and received_yuan is not null
    group by
        village_code,
        statement,
        item_id,
        period_start,
        period_end
),

matched as (
    select
        q.village_code,
        a.item_id,
        -- a quantity without money has its own span
        coalesce(a.period_start, q.period_start) as period_start,
        coalesce(a.period_end, q.period_end) as period_end,
        q.quantity,
        q.quantity_unit,
        a.received_yuan,
        q.statement,
        q.period_end - q.period_start as span_days,
        q.period_end as quantity_end
    from quantities as q
    left join amounts as a
        on
            q.village_code = a.village_code
            and q.statement = a.statement
            and q.period_start <= a.period_start
            and q.period_end >= a.period_end
),

ranked as (
    select
        *,
        row_number() over (
            partition by village_code, item_id, period_start, period_end
            order by
                span_days asc,
                quantity_end desc,
                statement asc,
                quantity_unit asc
        ) as turn
    from matched
),

per_unit as (
    select
        m.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        -- what is told as a whole has no item
        coalesce(m.item_id, '') as item_id,
        m.period_start,
        m.period_end,
        m.quantity,
        m.quantity_unit,
        m.received_yuan,
        case
            when m.quantity > 0
                then cast(m.received_yuan / m.quantity as decimal(18, 2))
        end as per_unit_yuan
    from ranked as m
    inner join classed as v
        on m.village_code = v.village_code
    where m.turn = 1
)

select * from per_unit
order by
    period_end desc,
    per_unit_yuan desc nulls last,
    village_code asc,
    item_id asc,
    period_start asc
