-- Which contracts of a village run, until when, and what do they bring a year?
-- grain: one row per contract
-- params: $scope, $version_no, $as_of_date, $village_code
-- reads: core.contract, ops.submission
select
    c.contract_id,
    c.party_name,
    c.subject_name,
    c.start_date,
    c.end_date,
    c.rent_yuan_per_year,
    c.due_days,
    s.file_name,
    c.sheet,
    c.cell
from core.contract as c
left join ops.submission as s
    on c.submission_no = s.submission_no
where
    in_scope(c.village_code, $scope)
    and c.village_code = $village_code
    and is_in_force(c.from_no, c.to_no, $version_no)
    -- a contract that states no day has no bound on that side
    and (c.start_date is null or c.start_date <= $as_of_date)
    and (c.end_date is null or c.end_date >= $as_of_date)
order by
    c.end_date asc nulls last,
    c.contract_id asc,
    c.sheet asc,
    c.cell asc
