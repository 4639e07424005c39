-- Where does each village stand: on the list and remaining, cleared, or off the list?
-- grain: one row per moment (role at) and village
-- params: $scope
-- builds on: moments, answer
-- reads: core.village
-- kept: for its county
with villages as (
    select
        m.as_of_date,
        v.village_code,
        v.village_name,
        v.township_code,
        v.township_name
    from moments as m
    inner join core.village as v
        on is_in_force(v.from_no, v.to_no, m.version_no)
    where in_scope(v.village_code, $scope) and m.moment_role = 'at'
),

-- a village that the list's number does not know had no figure: it is on the list
known_then as (
    select
        year(m.as_of_date) as list_year,
        v.village_code
    from moments as m
    inner join core.village as v
        on is_in_force(v.from_no, v.to_no, m.version_no)
    where in_scope(v.village_code, $scope) and m.moment_role = 'list'
),

judged as (
    select
        v.as_of_date,
        v.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        listed.village_code is not null
        or known_then.village_code is null as is_listed,
        under.village_code is not null as is_under,
        -- at the year's close the full year decides for all
        v.as_of_date = make_date(year(v.as_of_date), 12, 31) as is_close,
        under.amount_yuan,
        under.other_yuan,
        under.gap_yuan,
        under.reason,
        under.detail
    from villages as v
    left join answer as listed
        on
            v.village_code = listed.village_code
            and listed.moment_role = 'list'
            and year(listed.as_of_date) = year(v.as_of_date) - 1
    left join known_then
        on
            v.village_code = known_then.village_code
            and year(v.as_of_date) - 1 = known_then.list_year
    left join answer as under
        on
            v.village_code = under.village_code
            and v.as_of_date = under.as_of_date
            and under.moment_role = 'at'
),

standing as (
    select
        as_of_date,
        village_code,
        village_name,
        township_code,
        township_name,
        case
            when is_under and (is_listed or is_close) then 'remaining'
            when is_listed then 'cleared'
            else 'met_last_year'
        end as standing,
        amount_yuan,
        other_yuan,
        gap_yuan,
        reason,
        detail
    from judged
)

select * from standing
