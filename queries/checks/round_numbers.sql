-- Which villages' ledgers of the year are mostly round numbers?
-- What a paper of grid, platform or project tells besides is not asked.
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date, $round_yuan, $least_count, $least_share
-- reads: core.income_period
with told as (
    select
        village_code,
        count(*) as told_count,
        count(distinct amount_received_yuan) as distinct_count,
        count(*) filter (where mod(amount_received_yuan, $round_yuan) = 0)
            as round_count,
        sum(amount_received_yuan) as amount_yuan,
        max(period_end) as last_date
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and statement = 'ledger'
        and amount_received_yuan <> 0
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
    group by village_code
),

hits as (
    select
        village_code,
        cast(year($as_of_date) as varchar) as subject_key,
        concat_ws('/', round_count, told_count, amount_yuan) as fingerprint,
        amount_yuan,
        last_date as since_date,
        cast(null as varchar) as source_id,
        cast(date_trunc('year', $as_of_date) as date) as first_date,
        last_date,
        told_count,
        round_count
    from told
    where
        -- one rent that comes month after month is one number
        distinct_count >= $least_count
        and round_count >= $least_share * told_count
)

select * from hits
order by village_code
