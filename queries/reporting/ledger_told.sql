-- What do the ledgers tell of each source and cost in the periods of a span?
-- A part that is not stated leaves the amount unknown.
-- grain: one row per village, source and period that lies in the span
-- params: $scope, $version_no, $first_date, $as_of_date
-- reads: core.income_period
select
    village_code,
    source_id,
    period_start,
    period_end,
    case
        when count(amount_received_yuan) = count(*) then sum(amount_received_yuan)
    end as received_yuan
from core.income_period
where
    in_scope(village_code, $scope)
    and is_in_force(from_no, to_no, $version_no)
    and statement = 'ledger'
    and line_kind in ('income', 'cost')
    and period_start >= $first_date
    and period_end <= $as_of_date
group by
    village_code,
    source_id,
    period_start,
    period_end
order by
    village_code,
    source_id,
    period_start,
    period_end
