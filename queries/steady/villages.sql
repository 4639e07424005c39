-- Would each village still be over the line without money that comes only once?
-- What is steady next year leaves out rents of contracts that end before it does.
-- grain: one row per village
-- params: $scope, $version_no, $as_of_date, $categories, $threshold_yuan
-- builds on: moments, answer, standing
-- reads: core.income_period, core.contract
with amounts as (
    select
        village_code,
        sum(amount_received_yuan) filter (where is_one_off is not true)
            as steady_yuan,
        sum(amount_received_yuan) filter (where is_one_off) as one_off_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and list_contains($categories, category)
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
        and received_until_date > $as_of_date
    group by village_code
),

ending as (
    select
        village_code,
        count(*) as ending_count,
        sum(rent_yuan_per_year) as ending_yuan,
        min(end_date) as first_end_date
    from core.contract
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and end_date >= $as_of_date
        and end_date < make_date(year($as_of_date) + 1, 12, 31)
    group by village_code
),

judged as (
    select
        s.village_code,
        s.village_name,
        s.township_code,
        s.township_name,
        s.standing,
        a.steady_yuan,
        a.one_off_yuan,
        -- none ends where none is told
        coalesce(e.ending_count, 0) as ending_count,
        e.ending_yuan,
        e.first_end_date,
        s.standing = 'cleared'
        and (a.steady_yuan >= $threshold_yuan) is not true as is_one_off_only,
        -- without a contract that ends nothing is lost
        a.steady_yuan >= $threshold_yuan
        and a.steady_yuan - coalesce(e.ending_yuan, 0) < $threshold_yuan
            as is_ending
    from standing as s
    left join amounts as a
        on s.village_code = a.village_code
    left join ending as e
        on s.village_code = e.village_code
    where s.as_of_date = $as_of_date
)

select * from judged
order by village_code
