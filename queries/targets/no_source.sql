-- Which villages have no steady source that has brought the threshold this year?
-- The amount and the detail are of the steady source that brought most.
-- grain: one row per moment and village without such a source
-- params: $scope, $threshold_yuan, $categories
-- builds on: moments, known
-- reads: core.income_period
with amounts as (
    select
        m.as_of_date,
        m.moment_role,
        p.village_code,
        p.source_id,
        p.amount_received_yuan,
        list_contains($categories, p.category) and p.is_one_off is false as is_steady
    from moments as m
    inner join core.income_period as p
        on
            is_in_force(p.from_no, p.to_no, m.version_no)
            and m.as_of_date >= p.period_end
            and year(m.as_of_date) = year(p.period_end)
            and m.as_of_date < p.received_until_date
    where in_scope(p.village_code, $scope) and p.line_kind = 'income'
),

kinds as (
    select
        as_of_date,
        moment_role,
        village_code,
        source_id,
        is_steady,
        sum(amount_received_yuan) as amount_yuan
    from amounts
    group by
        as_of_date,
        moment_role,
        village_code,
        source_id,
        is_steady
),

ranked as (
    select
        as_of_date,
        moment_role,
        village_code,
        source_id,
        is_steady,
        amount_yuan,
        row_number() over (
            partition by as_of_date, moment_role, village_code, is_steady
            order by amount_yuan desc nulls last, source_id asc
        ) = 1
        and is_steady as is_best
    from kinds
),

best as (
    select
        as_of_date,
        moment_role,
        village_code,
        sum(amount_yuan) filter (where is_best) as amount_yuan,
        sum(amount_yuan) filter (where not is_best) as other_yuan,
        max(source_id) filter (where is_best and amount_yuan is not null)
            as source_id
    from ranked
    group by
        as_of_date,
        moment_role,
        village_code
),

without as (
    select
        k.as_of_date,
        k.moment_role,
        k.village_code,
        b.amount_yuan,
        b.other_yuan,
        -- what is not reported cannot close the gap, so the whole line is open
        $threshold_yuan - coalesce(b.amount_yuan, 0) as gap_yuan,
        case
            when b.amount_yuan is null and b.other_yuan is null then 'no_figure'
            when b.amount_yuan is null then 'no_steady'
            when b.amount_yuan = 0 then 'zero'
            else 'short'
        end as reason,
        b.source_id as detail
    from known as k
    left join best as b
        on
            k.village_code = b.village_code
            and k.as_of_date = b.as_of_date
            and k.moment_role = b.moment_role
    where (b.amount_yuan >= $threshold_yuan) is not true
)

select * from without
