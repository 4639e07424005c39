-- Which villages have received nothing this year by one measure, or told of nothing?
-- grain: one row per moment and village without income
-- builds on: moments, known, received
-- scope: known and received filter it
select
    k.as_of_date,
    k.moment_role,
    k.village_code,
    r.amount_yuan,
    r.other_yuan,
    cast(null as decimal(18, 2)) as gap_yuan,
    case
        when r.amount_yuan is not null then 'zero'
        when r.other_yuan is null then 'no_figure'
        else 'other_only'
    end as reason,
    cast(null as varchar) as detail
from known as k
left join received as r
    on
        k.village_code = r.village_code
        and k.as_of_date = r.as_of_date
        and k.moment_role = r.moment_role
where (r.amount_yuan > 0) is not true
