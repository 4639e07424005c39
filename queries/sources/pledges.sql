-- What was pledged to villages, what has arrived of it, since when is the rest open?
-- A pledge and its arrival are of one paper; money that came later under another paper
-- cannot be told from a new gift and is not set against it.
-- grain: one row per village and period of which a paper states a pledge, of all years
-- params: $scope, $version_no, $as_of_date, $source_id
-- builds on: held, classed
-- reads: core.income_period
with told as (
    select
        village_code,
        period_start,
        period_end,
        sum(amount_due_yuan) as due_yuan,
        -- a sum of which a part is not stated would pass for the whole
        case
            when count(amount_received_yuan) = count(*)
                then sum(amount_received_yuan)
        end as received_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and source_id = $source_id
        and line_kind = 'income'
        and period_end <= $as_of_date
        and due_until_date > $as_of_date
        and amount_due_yuan is not null
    group by
        village_code,
        period_start,
        period_end
),

pledges as (
    select
        t.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        t.period_start,
        t.period_end,
        t.due_yuan,
        t.received_yuan,
        t.due_yuan - t.received_yuan as open_yuan,
        case
            when t.due_yuan > 0
                then cast(t.received_yuan as double) / cast(t.due_yuan as double)
        end as arrived_share
    from told as t
    inner join classed as v
        on t.village_code = v.village_code
)

select * from pledges
order by
    open_yuan desc nulls last,
    period_end asc,
    village_code asc,
    period_start asc
