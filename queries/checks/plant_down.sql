-- Which plants made far less in a month than their peers, per kW?
-- grain: one row per village and month of the last ones told
-- params: $scope, $version_no, $as_of_date, $back_months, $most_share, $least_peers
-- reads: core.income_period
with told as (
    select
        village_code,
        period_start,
        period_end,
        sum(quantity) filter (where item_id = 'energy') as energy_kwh,
        sum(quantity) filter (where item_id = 'capacity') as capacity_kw
    from core.income_period
    where
        is_in_force(from_no, to_no, $version_no)
        and source_id = 'solar'
        and statement = 'energy'
        and period_end <= $as_of_date
        and period_end > $as_of_date - to_months(cast($back_months as integer))
    group by
        village_code,
        period_start,
        period_end
),

plants as (
    select
        village_code,
        period_start,
        period_end,
        energy_kwh,
        capacity_kw,
        energy_kwh / capacity_kw as full_load_hours
    from told
    where capacity_kw > 0 and energy_kwh is not null
),

peers as (
    select
        period_end,
        median(full_load_hours) as usual_hours,
        count(*) as peer_count
    from plants
    group by period_end
),

hits as (
    select
        p.village_code,
        left(cast(p.period_end as varchar), 7) as subject_key,
        cast(p.energy_kwh as varchar) as fingerprint,
        cast(null as decimal(18, 2)) as amount_yuan,
        p.period_end as since_date,
        'solar' as source_id,
        p.period_start as first_date,
        p.period_end as last_date,
        p.full_load_hours,
        b.usual_hours
    from plants as p
    inner join peers as b
        on p.period_end = b.period_end
    where
        in_scope(p.village_code, $scope)
        and b.peer_count >= $least_peers
        and p.full_load_hours <= $most_share * b.usual_hours
)

select * from hits
order by
    village_code,
    subject_key
