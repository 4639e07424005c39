-- What is each village's year worth by each measure, as far as all parts are known?
-- Income sums what is stated. A cost is known when the village's ledger states it for
-- every month for which it is accepted; a longer period states all of its months.
-- grain: one row per village and measure
-- params: $scope, $version_no, $as_of_date, $measures, $parts, $signs
-- reads: core.village, core.income_period
with measure_parts as (
    select
        unnest($measures) as measure_id,
        unnest($parts) as category,
        unnest($signs) = 1 as is_income
),

months as (
    select unnest(
        generate_series(
            cast(date_trunc('year', $as_of_date) as timestamp),
            cast($as_of_date as timestamp),
            interval 1 month
        )
    ) as month_start
),

villages as (
    select village_code
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

units as (
    select
        village_code,
        statement,
        line_kind,
        category,
        period_start,
        period_end,
        amount_received_yuan,
        received_until_date > $as_of_date as is_counted
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
),

sums as (
    select
        village_code,
        category,
        sum(amount_received_yuan) as amount_yuan
    from units
    where is_counted and line_kind in ('income', 'cost')
    group by
        village_code,
        category
),

ledger_spans as (
    select distinct
        village_code,
        period_start,
        period_end
    from units
    where statement = 'ledger'
),

ledger_months as (
    select distinct
        s.village_code,
        m.month_start
    from ledger_spans as s
    inner join months as m
        on m.month_start between s.period_start and s.period_end
),

cost_months as (
    select distinct
        u.village_code,
        u.category,
        m.month_start
    from units as u
    inner join months as m
        on m.month_start between u.period_start and u.period_end
    where
        u.statement = 'ledger'
        and u.line_kind = 'cost'
        and u.amount_received_yuan is not null
),

costs as (
    select distinct category
    from measure_parts
    where not is_income
),

stated_costs as (
    select
        l.village_code,
        c.category
    from ledger_months as l
    cross join costs as c
    left join cost_months as s
        on
            l.village_code = s.village_code
            and l.month_start = s.month_start
            and c.category = s.category
    group by
        l.village_code,
        c.category
    having count(s.month_start) = count(*)
),

summed as (
    select
        v.village_code,
        p.measure_id,
        sum(s.amount_yuan) filter (where p.is_income) as income_yuan,
        sum(s.amount_yuan) filter (where not p.is_income) as stated_cost_yuan,
        string_agg(
            case when not p.is_income and c.category is null then p.category end,
            ',' order by p.category
        ) as missing_categories
    from villages as v
    cross join measure_parts as p
    left join sums as s
        on v.village_code = s.village_code and p.category = s.category
    left join stated_costs as c
        on v.village_code = c.village_code and p.category = c.category
    group by
        v.village_code,
        p.measure_id
),

known_costs as (
    select
        village_code,
        measure_id,
        income_yuan,
        missing_categories,
        case
            -- where no cost is missing and none is stated, the measure takes none off
            when missing_categories is null then coalesce(stated_cost_yuan, 0)
        end as cost_yuan
    from summed
),

measured as (
    select
        village_code,
        measure_id,
        income_yuan,
        cost_yuan,
        cast(income_yuan - cost_yuan as decimal(18, 2)) as amount_yuan,
        missing_categories
    from known_costs
)

select * from measured
