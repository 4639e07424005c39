-- Which frozen figures of a meeting would be others, read as known by a later number?
-- grain: one row per village
-- params: $scope, $meeting_no, $target_id, $as_of_date
-- builds on: moments, answer, standing, counted
-- reads: core.frozen_village
with frozen as (
    select
        village_code,
        village_name,
        township_code,
        township_name,
        standing,
        amount_yuan
    from core.frozen_village
    where
        in_scope(village_code, $scope)
        and meeting_no = $meeting_no
        and target_id = $target_id
),

compared as (
    select
        f.village_code,
        f.village_name,
        f.township_code,
        f.township_name,
        f.standing as standing_then,
        s.standing as standing_now,
        f.amount_yuan as amount_then_yuan,
        a.income_yuan as amount_now_yuan,
        a.income_yuan - f.amount_yuan as change_yuan
    from frozen as f
    left join standing as s
        on f.village_code = s.village_code and s.as_of_date = $as_of_date
    left join counted as a
        on f.village_code = a.village_code
),

later as (
    select * from compared
    where
        standing_now is distinct from standing_then
        or amount_now_yuan is distinct from amount_then_yuan
)

select * from later
order by village_code
