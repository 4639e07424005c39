-- What has each source brought each village this year, and what should it have?
-- grain: one row per village and source
-- params: $scope, $version_no, $as_of_date
-- reads: core.income_period
select
    village_code,
    source_id,
    sum(amount_received_yuan) filter (where received_until_date > $as_of_date)
        as received_yuan,
    sum(amount_due_yuan) filter (where due_until_date > $as_of_date) as due_yuan
from core.income_period
where
    in_scope(village_code, $scope)
    and is_in_force(from_no, to_no, $version_no)
    and line_kind = 'income'
    and period_end between date_trunc('year', $as_of_date) and $as_of_date
group by
    village_code,
    source_id
