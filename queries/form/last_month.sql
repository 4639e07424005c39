-- Which lines did a village's ledger have lately, and what did each say last month?
-- grain: one row per source or cost of the twelve months before
-- params: $scope, $village_code, $month_start, $version_no
-- reads: core.income_period
with recent as (
    select
        source_id,
        line_kind,
        category,
        period_start,
        period_end,
        amount_received_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and village_code = $village_code
        and is_in_force(from_no, to_no, $version_no)
        and statement = 'ledger'
        and line_kind in ('income', 'cost')
        and period_start >= $month_start - interval 12 month
        and period_end < $month_start
        and last_day(period_start) = period_end
),

entered as (
    select
        source_id,
        line_kind,
        category,
        max(period_start) as last_stated_date,
        -- what was not stated last month has no value to take over
        max(amount_received_yuan) filter (
            where period_start = $month_start - interval 1 month
        ) as last_month_yuan
    from recent
    where amount_received_yuan is not null
    group by
        source_id,
        line_kind,
        category
)

select * from entered
order by
    line_kind desc,
    last_month_yuan desc nulls last,
    source_id asc
