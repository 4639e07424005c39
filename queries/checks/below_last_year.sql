-- Which villages have received far less by now than by the same day of last year?
-- Only villages whose ledger of the latest month is in: not reported is not zero.
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date, $categories, $most_share, $least_loss_yuan
-- reads: core.income_period
with told as (
    select
        village_code,
        statement,
        category,
        period_end,
        amount_received_yuan,
        received_until_date
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and period_end between date_trunc('year', $as_of_date - interval 1 year)
        and $as_of_date
),

sums as (
    select
        village_code,
        sum(amount_received_yuan) filter (
            where
            list_contains($categories, category)
            and period_end >= date_trunc('year', $as_of_date)
            and received_until_date > $as_of_date
        ) as now_yuan,
        sum(amount_received_yuan) filter (
            where
            list_contains($categories, category)
            and period_end <= $as_of_date - interval 1 year
            and received_until_date > $as_of_date - interval 1 year
        ) as before_yuan,
        bool_or(statement = 'ledger' and period_end = $as_of_date) as is_told
    from told
    group by village_code
),

hits as (
    select
        village_code,
        cast(year($as_of_date) as varchar) as subject_key,
        concat_ws('/', month($as_of_date), now_yuan, before_yuan) as fingerprint,
        before_yuan - now_yuan as amount_yuan,
        $as_of_date as since_date,
        cast(null as varchar) as source_id,
        cast(date_trunc('year', $as_of_date - interval 1 year) as date)
            as first_date,
        $as_of_date as last_date,
        now_yuan,
        before_yuan
    from sums
    where
        is_told
        and now_yuan <= $most_share * before_yuan
        and before_yuan - now_yuan >= $least_loss_yuan
)

select * from hits
order by village_code
