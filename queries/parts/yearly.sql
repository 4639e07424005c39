-- What did each source bring by this day of a year, and in the whole year?
-- Of the present year the whole is what is known. A year that came as one figure has
-- no parts: nothing can be learnt from it about when money comes.
-- grain: one row per village, source and year
-- params: $pool, $version_no, $as_of_date, $categories
-- reads: core.income_period
-- scope: the county of the viewer, from which habits are learnt; who names villages
--   filters again
-- kept: for its county, pooled
with years as (
    select
        cast(g.year_no as integer) as year_no,
        last_day(make_date(g.year_no, month($as_of_date), 1)) as cut_date,
        least(make_date(g.year_no, 12, 31), $as_of_date) as close_date
    from
        generate_series(year($as_of_date) - 5, year($as_of_date)) as g (year_no)
),

units as (
    select
        p.village_code,
        p.source_id,
        y.year_no,
        p.period_end,
        cast(
            case
                when
                    p.period_end <= y.cut_date
                    and p.received_until_date > y.cut_date
                    then p.amount_received_yuan
            end as double
        ) as known_yuan,
        cast(
            case
                when
                    p.period_end <= y.close_date
                    and p.received_until_date > y.close_date
                    then p.amount_received_yuan
            end as double
        ) as year_yuan
    from core.income_period as p
    inner join years as y
        on year(p.period_end) = y.year_no
    where
        in_scope(p.village_code, $pool)
        and is_in_force(p.from_no, p.to_no, $version_no)
        and p.line_kind = 'income'
        and list_contains($categories, p.category)
        and p.period_end <= $as_of_date
),

sums as (
    select
        village_code,
        source_id,
        year_no,
        sum(known_yuan) as known_yuan,
        sum(year_yuan) as year_yuan,
        min(period_end) as first_end_date
    from units
    group by
        village_code,
        source_id,
        year_no
)

select
    village_code,
    source_id,
    year_no,
    known_yuan,
    year_yuan,
    min(first_end_date) over (partition by village_code, year_no)
    < make_date(year_no, 12, 1) as has_parts
from sums
