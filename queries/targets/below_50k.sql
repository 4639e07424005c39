-- Which villages have received less than the threshold this year, by one measure?
-- grain: one row per moment and village under the line
-- params: $threshold_yuan
-- builds on: moments, known, received
-- scope: known and received filter it
select
    k.as_of_date,
    k.moment_role,
    k.village_code,
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
    end as reason,
    cast(null as varchar) as detail
from known as k
left join received as r
    on
        k.village_code = r.village_code
        and k.as_of_date = r.as_of_date
        and k.moment_role = r.moment_role
where (r.amount_yuan >= $threshold_yuan) is not true
