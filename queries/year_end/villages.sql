-- Where does each village stand, and what may its year still bring?
-- grain: one row per village
-- params: $scope, $as_of_date
-- builds on: moments, answer, standing, yearly, usual, rents, paying, expected
-- scope: standing filters it, and so is what is expected
with hoped as (
    select
        village_code,
        sum(known_yuan) as known_yuan,
        sum(expected_yuan) as expected_yuan,
        sum(last_yuan) as last_yuan,
        count(known_yuan) > 0 as has_figures
    from expected
    where in_scope(village_code, $scope) and year_no = year($as_of_date)
    group by village_code
),

villages as (
    select
        s.village_code,
        s.village_name,
        s.township_code,
        s.township_name,
        s.standing,
        s.reason,
        s.gap_yuan,
        h.known_yuan,
        h.expected_yuan,
        h.last_yuan,
        -- a village of which nothing was ever told has no figures either
        coalesce(h.has_figures, false) as has_figures
    from standing as s
    left join hoped as h
        on s.village_code = h.village_code
    where s.as_of_date = $as_of_date
)

select * from villages
order by village_code
