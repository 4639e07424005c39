-- Where does every village stand now, where did it stand before, and has it reported?
-- grain: one row per village
-- params: $as_of_date, $before_date
-- builds on: moments, answer, standing, owed, reporting
-- scope: standing and reporting filter it
-- kept: for its county
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
        n.detail,
        -- a village that owes nothing yet has no row, and nothing of it is due
        coalesce(r.worst_state, 'not_due') as worst_state,
        coalesce(r.due_count, 0) as due_count,
        coalesce(r.reported_count, 0) as reported_count,
        r.first_missing_date
    from now_standing as n
    left join before_standing as b
        on n.village_code = b.village_code
    left join reporting as r
        on n.village_code = r.village_code
)

select * from villages
