-- What has each village received this year of the categories that a measure counts?
-- grain: one row per village that tells of any
-- params: $scope, $version_no, $as_of_date, $money_categories
-- reads: core.income_period
select
    village_code,
    sum(amount_received_yuan) as income_yuan
from core.income_period
where
    in_scope(village_code, $scope)
    and is_in_force(from_no, to_no, $version_no)
    and line_kind = 'income'
    and list_contains($money_categories, category)
    and received_until_date > $as_of_date
    and period_end between date_trunc('year', $as_of_date) and $as_of_date
group by village_code
