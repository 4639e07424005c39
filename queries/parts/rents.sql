-- Which rents fall due in each year, by this day and after it?
-- A contract is read as it is known now, in past years too.
-- grain: one row per village and year
-- params: $pool, $version_no, $as_of_date
-- reads: core.contract
-- scope: the county of the viewer, from which habits are learnt; who names villages
--   filters again
with contracts as (
    select
        village_code,
        start_date,
        end_date,
        cast(rent_yuan_per_year as double) as rent_yuan,
        string_split(due_days, ' ') as days
    from core.contract
    where
        in_scope(village_code, $pool)
        and is_in_force(from_no, to_no, $version_no)
        and rent_yuan_per_year is not null
        and due_days is not null
        and due_days <> ''
),

months as (
    select
        c.village_code,
        c.start_date,
        c.end_date,
        cast(g.year_no as integer) as year_no,
        c.rent_yuan / len(c.days) as rent_yuan,
        make_date(g.year_no, cast(substr(d.due_day, 1, 2) as integer), 1)
            as month_start,
        cast(substr(d.due_day, 4, 2) as integer) as day_no
    from contracts as c
    cross join unnest(c.days) as d (due_day)
    cross join
        generate_series(year($as_of_date) - 5, year($as_of_date)) as g (year_no)
),

dues as (
    select
        village_code,
        year_no,
        start_date,
        end_date,
        rent_yuan,
        -- the 29th of February falls on the last day where there is none
        month_start
        + cast(least(day_no, day(last_day(month_start))) - 1 as integer) as due_date
    from months
)

select
    village_code,
    year_no,
    sum(rent_yuan) filter (where month(due_date) <= month($as_of_date))
        as due_by_yuan,
    sum(rent_yuan) filter (where month(due_date) > month($as_of_date))
        as due_after_yuan
from dues
where
    (start_date is null or start_date <= due_date)
    and (end_date is null or end_date >= due_date)
group by
    village_code,
    year_no
