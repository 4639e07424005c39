-- Which contracts end soon, with none after them for the same thing?
-- grain: one row per contract
-- params: $scope, $version_no, $today, $days_ahead, $least_yuan
-- reads: core.contract
with contracts as (
    select
        village_code,
        contract_id,
        party_name,
        subject_name,
        start_date,
        end_date,
        rent_yuan_per_year
    from core.contract
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
),

ending as (
    select * from contracts
    where
        end_date >= $today
        and end_date <= $today + to_days(cast($days_ahead as integer))
        and (rent_yuan_per_year < $least_yuan) is not true
),

hits as (
    select
        e.village_code,
        e.contract_id as subject_key,
        concat_ws('/', e.end_date, e.rent_yuan_per_year) as fingerprint,
        e.rent_yuan_per_year as amount_yuan,
        cast(e.end_date - to_days(cast($days_ahead as integer)) as date)
            as since_date,
        cast(null as varchar) as source_id,
        e.start_date as first_date,
        e.end_date as last_date,
        e.party_name,
        e.subject_name,
        e.end_date
    from ending as e
    left join contracts as n
        on
            e.village_code = n.village_code
            and e.subject_name = n.subject_name
            and e.contract_id <> n.contract_id
            and e.end_date < n.start_date
    where n.contract_id is null
)

select * from hits
order by
    village_code,
    subject_key
