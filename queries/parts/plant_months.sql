-- What did each village's solar plants make, month by month, and in how many days?
-- The platform's energy comes first, then the grid's, then what anybody else says.
-- Where fewer plants of a village are told of than in the year before, it is unknown.
-- grain: one row per village with a plant and month from $from_date to as_of
-- params: $scope, $version_no, $as_of_date, $from_date
-- reads: core.village, core.attribute, core.income_period
with months as (
    select
        cast(s.period_start as date) as period_start,
        last_day(s.period_start) as period_end
    from
        unnest(
            generate_series(
                cast(date_trunc('month', $from_date) as timestamp),
                cast($as_of_date as timestamp),
                interval 1 month
            )
        ) as s (period_start)
),

villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

capacities as (
    select
        village_code,
        try_cast(attribute_value as decimal(18, 3)) as capacity_kw,
        valid_from_date,
        valid_to_date,
        submission_no
    from core.attribute
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and attribute_id = 'solar_capacity_kw'
        and valid_from_date <= $as_of_date
        and try_cast(attribute_value as decimal(18, 3)) > 0
),

units as (
    select
        village_code,
        statement,
        project_id,
        item_id,
        period_start,
        period_end,
        quantity
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and source_id = 'solar'
        and quantity_unit in ('kWh', 'kW')
        -- what is told of a longer time is never spread over its months
        and period_start = date_trunc('month', period_start)
        and period_end = last_day(period_start)
        and period_end <= $as_of_date
),

told_capacities as (
    select
        village_code,
        period_start,
        sum(quantity) as capacity_kw
    from units
    where item_id = 'capacity'
    group by
        village_code,
        period_start
),

told as (
    select
        village_code,
        statement,
        period_start,
        count(distinct project_id) as plant_count,
        case when count(quantity) = count(*) then sum(quantity) end as energy_kwh
    from units
    where item_id in ('energy', 'electricity')
    group by
        village_code,
        statement,
        period_start
),

told_before as (
    select
        village_code,
        statement,
        period_start,
        energy_kwh,
        plant_count,
        max(plant_count) over (
            partition by village_code, statement
            order by period_start
            range between interval 12 month preceding and current row
        ) as most_plants
    from told
),

energies as (
    select
        village_code,
        period_start,
        min_by(
            energy_kwh,
            case statement when 'energy' then 1 when 'settlement' then 2 else 3 end
        ) filter (where energy_kwh is not null and plant_count = most_plants)
            as energy_kwh,
        bool_or(plant_count < most_plants) as is_partly_told
    from told_before
    group by
        village_code,
        period_start
),

first_energies as (
    select
        village_code,
        min(period_start) as first_start
    from told
    where energy_kwh > 0
    group by village_code
),

first_capacities as (
    select
        village_code,
        min(valid_from_date) as first_date
    from capacities
    group by village_code
),

plants as (
    select
        v.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        -- energy of a month that ended before the day on paper says otherwise
        case
            when c.first_date is null or last_day(e.first_start) < c.first_date
                then e.first_start
            else c.first_date
        end as commissioned_date
    from villages as v
    left join first_capacities as c
        on v.village_code = c.village_code
    left join first_energies as e
        on v.village_code = e.village_code
    where c.village_code is not null or e.village_code is not null
),

on_grid as (
    select
        p.village_code,
        p.village_name,
        p.township_code,
        p.township_name,
        p.commissioned_date,
        m.period_start,
        m.period_end,
        greatest(
            1 + date_diff(
                'day', greatest(m.period_start, p.commissioned_date), m.period_end
            ),
            0
        ) as days_on_grid
    from plants as p
    cross join months as m
),

dated_capacities as (
    select
        m.period_start,
        c.village_code,
        arg_max(c.capacity_kw, (c.valid_from_date, c.submission_no)) as capacity_kw
    from months as m
    inner join capacities as c
        on
            m.period_end >= c.valid_from_date
            and (c.valid_to_date is null or m.period_start <= c.valid_to_date)
    group by
        m.period_start,
        c.village_code
),

known as (
    select
        g.village_code,
        g.village_name,
        g.township_code,
        g.township_name,
        g.commissioned_date,
        g.period_start,
        g.period_end,
        g.days_on_grid,
        -- what the register says of the plant goes before what a platform says
        coalesce(d.capacity_kw, t.capacity_kw) as capacity_kw,
        e.energy_kwh,
        -- nobody told of any plant: then it is not told in part either
        coalesce(e.is_partly_told, false) as is_partly_told
    from on_grid as g
    left join dated_capacities as d
        on g.village_code = d.village_code and g.period_start = d.period_start
    left join told_capacities as t
        on g.village_code = t.village_code and g.period_start = t.period_start
    left join energies as e
        on g.village_code = e.village_code and g.period_start = e.period_start
)

select
    village_code,
    village_name,
    township_code,
    township_name,
    commissioned_date,
    period_start,
    period_end,
    days_on_grid,
    capacity_kw,
    energy_kwh,
    is_partly_told,
    cast(energy_kwh as double) / nullif(cast(capacity_kw as double), 0)
        as full_load_hours
from known
