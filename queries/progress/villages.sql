-- Where does every village stand now, where did it stand before, and has it reported?
-- grain: one row per village
-- params: $as_of_date, $before_date
-- builds on: moments, answer, standing, owed, reporting
-- scope: standing and reporting filter it
with now_standing as (
    select * from standing
    where as_of_date = $as_of_date
),

before_standing as (
    select
        village_code,
        standing
    from standing
    where as_of_date = cast($before_date as date)
),

villages as (
    select
        n.village_code,
        n.village_name,
        n.township_code,
        n.township_name,
        n.standing,
        b.standing as standing_before,
        n.amount_yuan,
        n.other_yuan,
        n.gap_yuan,
        n.reason,
        r.worst_state,
        r.due_count,
        r.reported_count,
        r.first_missing_month
    from now_standing as n
    left join before_standing as b
        on n.village_code = b.village_code
    left join reporting as r
        on n.village_code = r.village_code
)

select * from villages
order by
    gap_yuan,
    village_code
