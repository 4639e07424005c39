-- Whose ledger of each of the last three months is below that of a year before?
-- Months are compared with themselves, so that the season takes no part.
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date, $most_share, $least_loss_yuan
-- reads: core.income_period
with told as (
    select
        village_code,
        year(period_end) = year($as_of_date) as is_now,
        month(period_end) as told_month,
        sum(amount_received_yuan) as amount_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and statement = 'ledger'
        and amount_received_yuan is not null
        and date_trunc('month', period_start) = date_trunc('month', period_end)
        and month(period_end) between month($as_of_date) - 2 and month($as_of_date)
        and year(period_end) between year($as_of_date) - 1 and year($as_of_date)
    group by
        village_code,
        year(period_end),
        month(period_end)
),

pairs as (
    select
        n.village_code,
        n.amount_yuan as now_yuan,
        b.amount_yuan as before_yuan
    from told as n
    inner join told as b
        on n.village_code = b.village_code and n.told_month = b.told_month
    where n.is_now and not b.is_now
),

sums as (
    select
        village_code,
        sum(now_yuan) as now_yuan,
        sum(before_yuan) as before_yuan
    from pairs
    group by village_code
    having
        count(*) = 3
        and bool_and(before_yuan > 0 and now_yuan <= $most_share * before_yuan)
),

hits as (
    select
        village_code,
        left(cast($as_of_date as varchar), 7) as subject_key,
        concat_ws('/', now_yuan, before_yuan) as fingerprint,
        before_yuan - now_yuan as amount_yuan,
        $as_of_date as since_date,
        cast(null as varchar) as source_id,
        cast(date_trunc('month', $as_of_date) - interval 14 month as date)
            as first_date,
        $as_of_date as last_date,
        now_yuan,
        before_yuan
    from sums
    where before_yuan - now_yuan >= $least_loss_yuan
)

select * from hits
order by village_code
