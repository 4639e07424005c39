-- What has each village received this year, by one measure and besides?
-- grain: one row per moment and village with income
-- params: $scope, $categories
-- builds on: moments
-- reads: core.income_period
select
    m.as_of_date,
    m.moment_role,
    p.village_code,
    sum(
        case
            when list_contains($categories, p.category)
                then p.amount_received_yuan
        end
    ) as amount_yuan,
    sum(
        case
            when not list_contains($categories, p.category)
                then p.amount_received_yuan
        end
    ) as other_yuan
from moments as m
inner join core.income_period as p
    on
        is_in_force(p.from_no, p.to_no, m.version_no)
        and m.as_of_date >= p.period_end
        and year(m.as_of_date) = year(p.period_end)
        and m.as_of_date < p.received_until_date
where in_scope(p.village_code, $scope) and p.line_kind = 'income'
group by
    m.as_of_date,
    m.moment_role,
    p.village_code
