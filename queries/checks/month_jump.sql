-- Which village's latest month is far above all that a source brought it before?
-- grain: one row per village and source
-- params: $scope, $version_no, $as_of_date, $least_yuan, $past_months, $past_count,
--   $times_most
-- reads: core.income_period
with told as (
    select
        village_code,
        source_id,
        period_end,
        sum(amount_received_yuan) as amount_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and statement = 'ledger'
        and amount_received_yuan > 0
        and date_trunc('month', period_start) = date_trunc('month', period_end)
        and period_end <= $as_of_date
        and period_end > $as_of_date - to_months(cast($past_months as integer) + 1)
    group by
        village_code,
        source_id,
        period_end
),

latest as (
    select
        village_code,
        source_id,
        amount_yuan
    from told
    where period_end = $as_of_date
),

past as (
    select
        village_code,
        source_id,
        count(*) as past_count,
        max(amount_yuan) as most_yuan,
        min(period_end) as first_date
    from told
    where period_end < $as_of_date
    group by
        village_code,
        source_id
),

hits as (
    select
        l.village_code,
        concat_ws('/', l.source_id, $as_of_date) as subject_key,
        cast(l.amount_yuan as varchar) as fingerprint,
        l.amount_yuan,
        $as_of_date as since_date,
        l.source_id,
        p.first_date,
        $as_of_date as last_date,
        p.most_yuan,
        p.past_count
    from latest as l
    inner join past as p
        on l.village_code = p.village_code and l.source_id = p.source_id
    where
        p.past_count >= $past_count
        and l.amount_yuan >= $least_yuan
        and l.amount_yuan >= $times_most * p.most_yuan
)

select * from hits
order by
    village_code,
    subject_key
