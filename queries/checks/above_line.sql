-- Which villages stand just above the line, where many more do than just below it?
-- Counts of the band above and of the band below are compared as in a test of a
-- density's jump: the logarithm of their ratio over its standard error. Half a village
-- is added to each, so that an empty band has a logarithm.
-- grain: one row per village in the band above, where the jump is notable
-- params: $scope, $version_no, $as_of_date, $categories, $threshold_yuan, $band_yuan,
--   $least_count, $deviations
-- reads: core.income_period
with amounts as (
    select
        village_code,
        sum(amount_received_yuan) as amount_yuan
    from core.income_period
    where
        is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and list_contains($categories, category)
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
        and received_until_date > $as_of_date
    group by village_code
),

counts as (
    select
        count(*) filter (
            where
            amount_yuan >= $threshold_yuan
            and amount_yuan < $threshold_yuan + $band_yuan
        ) as above_count,
        count(*) filter (
            where
            amount_yuan < $threshold_yuan
            and amount_yuan >= $threshold_yuan - $band_yuan
        ) as below_count
    from amounts
),

notable as (
    select
        above_count,
        below_count
    from counts
    where
        above_count >= $least_count
        and ln((above_count + 0.5) / (below_count + 0.5))
        >= $deviations * sqrt(1 / (above_count + 0.5) + 1 / (below_count + 0.5))
),

hits as (
    select
        a.village_code,
        cast(year($as_of_date) as varchar) as subject_key,
        cast(a.amount_yuan as varchar) as fingerprint,
        a.amount_yuan,
        $as_of_date as since_date,
        cast(null as varchar) as source_id,
        cast(date_trunc('year', $as_of_date) as date) as first_date,
        $as_of_date as last_date,
        n.above_count,
        n.below_count
    from amounts as a
    cross join notable as n
    where
        in_scope(a.village_code, $scope)
        and a.amount_yuan >= $threshold_yuan
        and a.amount_yuan < $threshold_yuan + $band_yuan
)

select * from hits
order by village_code
