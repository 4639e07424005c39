-- What may each source still bring each village by the end of each year?
-- Two answers are weighed: this year's money over the share of a year that usually has
-- come by now, and what the last year still brought after this day, at this year's
-- growth. The first weighs the square root of that share. Of rents that are agreed in
-- contracts the part that is usually paid is expected instead.
-- grain: one row per village, source and year
-- params: $rent_source, $as_of_date
-- builds on: yearly, usual, rents, paying
-- scope: yearly and rents pool it
-- kept: for its county, pooled
with held as (
    select
        village_code,
        source_id,
        year_no
    from yearly
    union
    -- what the last year brought may come again
    select
        village_code,
        source_id,
        year_no + 1 as year_no
    from yearly
    where year_no < year($as_of_date)
    union
    select
        village_code,
        $rent_source as source_id,
        year_no
    from rents
),

told as (
    select
        h.village_code,
        h.source_id,
        h.year_no,
        n.known_yuan,
        n.year_yuan,
        b.year_yuan as last_yuan,
        b.known_yuan as last_known_yuan,
        -- a source that nobody had before has no habits
        coalesce(u.is_learnt, false) as is_learnt,
        coalesce(u.usual_share, month($as_of_date) / 12.0) as usual_share,
        coalesce(u.growth, 1) as growth,
        -- without figures of this year nothing has come that is known
        coalesce(n.known_yuan, 0) as so_far_yuan,
        case
            -- nothing that is known of by this day last year came before it
            when b.has_parts
                then greatest(b.year_yuan - coalesce(b.known_yuan, 0), 0)
        end as last_after_yuan,
        case when h.source_id = $rent_source then r.due_after_yuan end
            as rent_after_yuan,
        h.source_id = $rent_source and r.village_code is not null as has_rents,
        p.paid_share
    from held as h
    left join yearly as n
        on
            h.village_code = n.village_code
            and h.source_id = n.source_id
            and h.year_no = n.year_no
    left join yearly as b
        on
            h.village_code = b.village_code
            and h.source_id = b.source_id
            and h.year_no - 1 = b.year_no
    left join usual as u
        on h.source_id = u.source_id and h.year_no = u.year_no
    left join rents as r
        on h.village_code = r.village_code and h.year_no = r.year_no
    left join paying as p
        on h.year_no = p.year_no
),

-- of a last year that came as one figure the usual part is taken to come after today
weighed as (
    select
        village_code,
        source_id,
        year_no,
        known_yuan,
        year_yuan,
        last_yuan,
        is_learnt,
        usual_share,
        so_far_yuan,
        has_rents and paid_share is not null as is_by_contract,
        -- where no rent falls due after today none is expected
        paid_share * coalesce(rent_after_yuan, 0) as contracted_yuan,
        so_far_yuan / usual_share - so_far_yuan as by_share_yuan,
        -- without a last year nothing more is expected by it
        coalesce(
            last_after_yuan * growth, (1 - usual_share) * last_yuan, 0
        ) as by_last_yuan,
        sqrt(usual_share) as share_weight
    from told
)

select
    village_code,
    source_id,
    year_no,
    known_yuan,
    year_yuan,
    last_yuan,
    is_learnt,
    is_by_contract,
    usual_share,
    case
        when is_by_contract then contracted_yuan
        else share_weight * by_share_yuan + (1 - share_weight) * by_last_yuan
    end as expected_yuan
from weighed
