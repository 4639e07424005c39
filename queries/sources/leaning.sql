-- How much does each village lean on its largest source?
-- The index of concentration sums the squares of the shares: 1 is a single source.
-- grain: one row per village that received money this year
-- params: $from_share
-- builds on: sourced, held, classed
-- scope: sourced and classed filter it
with ranked as (
    select
        village_code,
        source_id,
        received_yuan,
        row_number() over (
            partition by village_code
            order by received_yuan desc, source_id asc
        ) as turn
    from sourced
    where received_yuan <> 0
),

summed as (
    select
        village_code,
        count(*) as source_count,
        sum(received_yuan) as received_yuan,
        max(source_id) filter (where turn = 1) as source_id,
        max(received_yuan) filter (where turn = 1) as largest_yuan,
        sum(pow(cast(received_yuan as double), 2)) as squares,
        -- of money paid back there are no shares
        min(received_yuan) > 0 as has_shares
    from ranked
    group by village_code
),

leaning as (
    select
        c.village_code,
        c.village_name,
        c.township_code,
        c.township_name,
        s.received_yuan,
        s.source_count,
        s.source_id,
        case
            when s.has_shares
                then cast(s.largest_yuan as double) / cast(s.received_yuan as double)
        end as largest_share,
        case
            when s.has_shares
                then s.squares / pow(cast(s.received_yuan as double), 2)
        end as concentration_index,
        s.has_shares
        and s.largest_yuan >= $from_share * s.received_yuan as is_leaning
    from summed as s
    inner join classed as c
        on s.village_code = c.village_code
)

select * from leaning
order by
    largest_share desc nulls last,
    received_yuan desc,
    village_code asc
