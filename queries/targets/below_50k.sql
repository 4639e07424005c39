-- Which villages have received less than the threshold this year, by one measure?
-- grain: one row per moment and village under the line
-- params: $scope, $threshold_yuan, $categories
-- builds on: moments
-- reads: core.village, core.income_period
with received as (
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
            and date_trunc('year', m.as_of_date) <= p.period_end
            and m.as_of_date < p.received_until_date
    where in_scope(p.village_code, $scope) and p.line_kind = 'income'
    group by
        m.as_of_date,
        m.moment_role,
        p.village_code
),

villages as (
    select
        m.as_of_date,
        m.moment_role,
        v.village_code
    from moments as m
    inner join core.village as v
        on is_in_force(v.from_no, v.to_no, m.version_no)
    where in_scope(v.village_code, $scope)
),

under as (
    select
        v.as_of_date,
        v.moment_role,
        v.village_code,
        r.amount_yuan,
        r.other_yuan,
        -- what is not reported cannot close the gap, so the whole line is open
        $threshold_yuan - coalesce(r.amount_yuan, 0) as gap_yuan,
        case
            when r.amount_yuan is null and r.other_yuan is null then 'no_figure'
            when r.amount_yuan is null then 'other_only'
            -- other income that is not reported lifts nobody over the line
            when
                r.amount_yuan + coalesce(r.other_yuan, 0) >= $threshold_yuan
                then 'other_only'
            when r.amount_yuan = 0 then 'zero'
            else 'short'
        end as reason
    from villages as v
    left join received as r
        on
            v.village_code = r.village_code
            and v.as_of_date = r.as_of_date
            and v.moment_role = r.moment_role
    where (r.amount_yuan >= $threshold_yuan) is not true
)

select * from under
