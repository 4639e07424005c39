-- Which villages will not reach the line, were the rest of the year like the last one?
-- Those that were over it last year are not asked about.
-- A village without any figure is not among them: not reported is not zero.
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date, $categories, $threshold_yuan, $from_month,
--   $least_gap_yuan
-- reads: core.income_period
with told as (
    select
        village_code,
        period_end,
        amount_received_yuan,
        received_until_date
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and list_contains($categories, category)
        and month($as_of_date) >= $from_month
),

sums as (
    select
        village_code,
        sum(amount_received_yuan) filter (
            where
            period_end between date_trunc('year', $as_of_date) and $as_of_date
            and received_until_date > $as_of_date
        ) as amount_yuan,
        sum(amount_received_yuan) filter (
            where
            year(period_end) = year($as_of_date) - 1
            and received_until_date > make_date(year(period_end), 12, 31)
        ) as last_year_yuan,
        sum(amount_received_yuan) filter (
            where
            period_end between date_trunc('year', $as_of_date - interval 1 year)
            and $as_of_date - interval 1 year
            and received_until_date > $as_of_date - interval 1 year
        ) as last_so_far_yuan
    from told
    group by village_code
),

expected as (
    select
        village_code,
        amount_yuan,
        last_year_yuan,
        -- of what nobody told of last year, nothing more is expected
        greatest(
            coalesce(last_year_yuan, 0) - coalesce(last_so_far_yuan, 0), 0
        ) as rest_yuan
    from sums
    where
        amount_yuan is not null
        and (last_year_yuan >= $threshold_yuan) is not true
),

hits as (
    select
        village_code,
        cast(year($as_of_date) as varchar) as subject_key,
        concat_ws('/', month($as_of_date), amount_yuan) as fingerprint,
        cast($threshold_yuan - amount_yuan as decimal(18, 2)) as amount_yuan,
        $as_of_date as since_date,
        cast(null as varchar) as source_id,
        cast(date_trunc('year', $as_of_date) as date) as first_date,
        $as_of_date as last_date,
        amount_yuan as so_far_yuan,
        rest_yuan
    from expected
    where $threshold_yuan - amount_yuan - rest_yuan >= $least_gap_yuan
)

select * from hits
order by village_code
