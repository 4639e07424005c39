-- Which contracts end soon, and what rent ends with them?
-- grain: one row per contract that ends within so many days
-- params: $scope, $version_no, $as_of_date, $today, $within_days
-- builds on: held, classed
-- reads: core.contract
select
    c.village_code,
    v.village_name,
    v.township_code,
    v.township_name,
    c.contract_id,
    c.party_name,
    c.subject_name,
    c.end_date,
    c.rent_yuan_per_year,
    c.sheet,
    c.cell
from core.contract as c
inner join classed as v
    on c.village_code = v.village_code
where
    in_scope(c.village_code, $scope)
    and is_in_force(c.from_no, c.to_no, $version_no)
    and (c.start_date is null or c.start_date <= $as_of_date)
    and c.end_date between $today
    and $today + to_days(cast($within_days as integer))
order by
    c.end_date asc,
    c.village_code asc,
    c.contract_id asc,
    c.sheet asc,
    c.cell asc
