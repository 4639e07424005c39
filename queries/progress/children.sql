-- How many villages remain in each place of the next level down?
-- A place without any village that is wanted stays, with counts of zero.
-- grain: one row per place whose code has $digits digits
-- params: $digits, $scope, $version_no
-- builds on: moments, answer, standing, owed, reporting, wanted
-- reads: core.place
with villages as (
    select
        substr(s.village_code, 1, $digits) as place_code,
        s.township_name,
        s.village_name,
        w.village_code is not null as is_wanted,
        s.standing,
        r.worst_state,
        -- a village that owes nothing yet has no row
        coalesce(r.due_count, 0) as due_count,
        coalesce(r.reported_count, 0) as reported_count
    from standing as s
    left join wanted as w
        on s.village_code = w.village_code
    left join reporting as r
        on s.village_code = r.village_code
),

counted as (
    select
        place_code,
        any_value(township_name) as township_name,
        -- of a village its own name, else one of many
        any_value(village_name) as village_name,
        count(*) filter (where is_wanted) as village_count,
        count(*) filter (where is_wanted and standing <> 'met_last_year') as villages,
        count(*) filter (where is_wanted and standing = 'remaining') as remaining,
        count(*) filter (where is_wanted and standing = 'cleared') as cleared,
        count(*) filter (where is_wanted and worst_state = 'returned') as returned,
        count(*) filter (where is_wanted and worst_state = 'not_reported')
            as not_reported,
        count(*) filter (where is_wanted and worst_state = 'in_review') as in_review,
        -- without villages that are wanted nothing is due
        coalesce(sum(due_count) filter (where is_wanted), 0) as due_count,
        coalesce(sum(reported_count) filter (where is_wanted), 0) as reported_count
    from villages
    group by place_code
),

above as (
    select
        place_code,
        place_name
    from core.place
    where in_scope(place_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

children as (
    select
        c.place_code,
        -- only places above the townships have names of their own there
        coalesce(
            a.place_name,
            case when $digits = 12 then c.village_name else c.township_name end
        ) as place_name,
        c.township_name,
        c.village_name,
        c.village_count,
        c.villages,
        c.remaining,
        c.cleared,
        c.returned,
        c.not_reported,
        c.in_review,
        c.due_count,
        c.reported_count
    from counted as c
    left join above as a
        on c.place_code = a.place_code
)

select * from children
order by
    remaining desc,
    place_code asc
