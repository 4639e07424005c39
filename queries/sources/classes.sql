-- Of which terrain and pilot level is each village, and what income did its year bring?
-- grain: one row per village; its income is null where nothing is told
-- params: $scope, $version_no, $as_of_date, $categories
-- builds on: held, classed
-- reads: core.income_period
with incomes as (
    select
        village_code,
        sum(amount_received_yuan) as income_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and list_contains($categories, category)
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
        and received_until_date > $as_of_date
    group by village_code
)

select
    c.village_code,
    c.village_name,
    c.township_code,
    c.township_name,
    c.terrain,
    c.pilot_level,
    i.income_yuan
from classed as c
left join incomes as i
    on c.village_code = i.village_code
order by c.village_code
