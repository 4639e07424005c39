-- What did a kW make on a day of each month, by the middle one of a place's plants?
-- Of fewer plants than $least_peers nothing is said, so that none can be told apart.
-- grain: one row per place (township of 9 digits, county of 6) and month
-- params: $least_peers
-- builds on: plant_months
-- scope: plant_months filters it
with rates as (
    select
        village_code,
        period_start,
        full_load_hours / days_on_grid as hours_per_day
    from plant_months
    where full_load_hours is not null and days_on_grid > 0
),

placed as (
    select
        unnest([left(village_code, 9), left(village_code, 6)]) as place_code,
        period_start,
        hours_per_day
    from rates
),

peers as (
    select
        place_code,
        period_start,
        median(hours_per_day) as hours_per_day,
        count(*) as plant_count
    from placed
    group by
        place_code,
        period_start
    having count(*) >= $least_peers
)

select * from peers
order by
    place_code,
    period_start
