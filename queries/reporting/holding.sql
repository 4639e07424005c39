-- Which decisions hold on a month in a place and in the places around it?
-- grain: one row per place around, by the digits of its code
-- params: $scope, $place_code, $period_end, $known_at
-- reads: ops.reporting_window
with latest as (
    select
        length(place_code) as digits,
        due_date,
        is_locked
    from ops.reporting_window
    where
        in_scope($place_code, $scope)
        and starts_with($place_code, place_code)
        and period_end = $period_end
        and decided_at <= $known_at
    qualify row_number() over (
        partition by place_code
        order by journal_line desc
    ) = 1
)

select * from latest
order by digits
