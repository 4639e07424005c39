-- Which village received far more of a source's year in December than is usual?
-- Usual is the median share of all villages and years in which the source brought
-- anything in December. The latest December that ended is looked at.
-- grain: one row per village and source
-- params: $scope, $version_no, $as_of_date, $least_yuan, $least_share, $times_usual
-- reads: core.income_period
with closed as (
    select
        cast(
            date_trunc('year', $as_of_date + interval 1 day) - interval 1 day as date
        ) as close_date
),

by_month as (
    select
        village_code,
        source_id,
        year(period_end) as told_year,
        amount_received_yuan as amount_yuan,
        period_start >= make_date(year(period_end), 12, 1) as is_december
    from core.income_period
    where
        is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and amount_received_yuan > 0
        and received_until_date > make_date(year(period_end), 12, 31)
        and period_end <= (select c.close_date from closed as c)
),

years as (
    select
        village_code,
        source_id,
        told_year,
        sum(amount_yuan) as year_yuan,
        sum(amount_yuan) filter (where is_december) as december_yuan
    from by_month
    group by
        village_code,
        source_id,
        told_year
),

usual as (
    select
        source_id,
        median(december_yuan / year_yuan) as usual_share
    from years
    where december_yuan is not null
    group by source_id
),

hits as (
    select
        y.village_code,
        concat_ws('/', y.source_id, y.told_year) as subject_key,
        concat_ws('/', y.december_yuan, y.year_yuan) as fingerprint,
        y.december_yuan as amount_yuan,
        c.close_date as since_date,
        y.source_id,
        make_date(y.told_year, 1, 1) as first_date,
        c.close_date as last_date,
        y.december_yuan / y.year_yuan as december_share,
        u.usual_share,
        y.told_year
    from years as y
    inner join usual as u
        on y.source_id = u.source_id
    inner join closed as c
        on y.told_year = year(c.close_date)
    where
        in_scope(y.village_code, $scope)
        and y.december_yuan >= $least_yuan
        and y.december_yuan >= $least_share * y.year_yuan
        and y.december_yuan >= $times_usual * u.usual_share * y.year_yuan
)

select * from hits
order by
    village_code,
    subject_key
