-- Where does every village stand on a day, and where did it stand before?
-- grain: one row per village
-- params: $as_of_date, $before_date
-- builds on: moments, answer, standing
-- scope: standing filters it
with before_standing as (
    select
        village_code,
        standing
    from standing
    where as_of_date = cast($before_date as date)
),

standings as (
    select
        n.village_code,
        n.village_name,
        n.township_code,
        n.township_name,
        n.standing,
        b.standing as standing_before,
        n.gap_yuan,
        n.reason,
        n.detail
    from standing as n
    left join before_standing as b
        on n.village_code = b.village_code
    where n.as_of_date = $as_of_date
)

select * from standings
order by village_code
