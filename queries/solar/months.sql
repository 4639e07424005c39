-- What did each village's solar plants make month by month, and what was due and paid?
-- Money counts in the month in which its period ends; electricity and subsidy stand
-- apart, and what no paper splits stands for itself.
-- grain: one row per village with a plant and month from $from_date to as_of
-- params: $scope, $version_no, $as_of_date
-- builds on: plant_months
-- reads: core.income_period
with units as (
    select
        village_code,
        date_trunc('month', period_end) as period_start,
        case
            when item_id in ('electricity', 'subsidy') then item_id
            else 'unsplit'
        end as part,
        case when due_until_date > $as_of_date then amount_due_yuan end as due_yuan,
        case
            when received_until_date > $as_of_date then amount_received_yuan
        end as received_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and source_id = 'solar'
        and line_kind = 'income'
        and period_end <= $as_of_date
),

money as (
    select
        village_code,
        period_start,
        sum(due_yuan) filter (where part = 'electricity') as electricity_due_yuan,
        sum(received_yuan) filter (where part = 'electricity')
            as electricity_received_yuan,
        sum(due_yuan) filter (where part = 'subsidy') as subsidy_due_yuan,
        sum(received_yuan) filter (where part = 'subsidy') as subsidy_received_yuan,
        sum(due_yuan) filter (where part = 'unsplit') as unsplit_due_yuan,
        sum(received_yuan) filter (where part = 'unsplit') as unsplit_received_yuan
    from units
    group by
        village_code,
        period_start
),

months as (
    select
        p.village_code,
        p.village_name,
        p.township_code,
        p.township_name,
        p.commissioned_date,
        p.period_start,
        p.period_end,
        p.days_on_grid,
        p.capacity_kw,
        p.energy_kwh,
        p.is_partly_told,
        p.full_load_hours,
        m.electricity_due_yuan,
        m.electricity_received_yuan,
        m.subsidy_due_yuan,
        m.subsidy_received_yuan,
        m.unsplit_due_yuan,
        m.unsplit_received_yuan
    from plant_months as p
    left join money as m
        on p.village_code = m.village_code and p.period_start = m.period_start
)

select * from months
order by
    village_code,
    period_start
