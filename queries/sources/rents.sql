-- What rent do running contracts bring a village, what fell due this year, what came?
-- A year's rent falls due in equal parts on its days; a contract that states no day
-- falls due on its village's books alone, and makes what fell due unknown.
-- grain: one row per village with a contract that runs
-- params: $scope, $version_no, $as_of_date, $today, $source_id,
--   $within_days
-- builds on: held, classed, sourced
-- reads: core.contract
with running as (
    select
        village_code,
        contract_id,
        start_date,
        end_date,
        rent_yuan_per_year,
        string_split(trim(due_days), ' ') as days
    from core.contract
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        -- a contract that states no day has no bound on that side
        and (start_date is null or start_date <= $as_of_date)
        and (end_date is null or end_date >= $as_of_date)
),

fallen as (
    select
        village_code,
        contract_id,
        start_date,
        end_date,
        rent_yuan_per_year,
        case
            when days is null or days = [''] then null
            else
                rent_yuan_per_year
                * len(
                    list_filter(
                        days,
                        lambda day:
                        try_cast(year($as_of_date) || '-' || day as date) between
                        -- a rent of before the contract began is not due
                        coalesce(start_date, date '1900-01-01') and $as_of_date
                    )
                )
                / len(days)
        end as due_yuan
    from running
),

villages as (
    select
        village_code,
        count(*) as contract_count,
        case
            when count(rent_yuan_per_year) = count(*) then sum(rent_yuan_per_year)
        end as rent_yuan_per_year,
        case
            when count(due_yuan) = count(*)
                then cast(sum(due_yuan) as decimal(18, 2))
        end as due_yuan,
        count(*) filter (
            where
            end_date between $today
            and $today + to_days(cast($within_days as integer))
        ) as expiring_count,
        min(end_date) as first_end_date
    from fallen
    group by village_code
),

rents as (
    select
        c.village_code,
        c.village_name,
        c.township_code,
        c.township_name,
        v.contract_count,
        v.rent_yuan_per_year,
        v.due_yuan,
        s.received_yuan,
        v.due_yuan - s.received_yuan as open_yuan,
        v.expiring_count,
        v.first_end_date
    from villages as v
    inner join classed as c
        on v.village_code = c.village_code
    left join sourced as s
        on v.village_code = s.village_code and s.source_id = $source_id
)

select * from rents
order by
    open_yuan desc nulls last,
    village_code asc
