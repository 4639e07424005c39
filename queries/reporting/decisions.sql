-- What was decided on the windows of the year, by whom, why, and does it still hold?
-- grain: one row per decision on a place and period
-- params: $scope, $as_of_date, $known_at
-- reads: ops.reporting_window
select
    journal_line,
    period_end,
    place_code,
    due_date,
    is_locked,
    reason,
    actor,
    decided_at,
    row_number() over (
        partition by period_end, place_code
        order by journal_line desc
    ) = 1 as is_holding
from ops.reporting_window
where
    in_scope(place_code, $scope)
    and decided_at <= $known_at
    and year(period_end) = year($as_of_date)
order by journal_line desc
