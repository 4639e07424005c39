-- Which actions are there, for whom, by when, and how far is each?
-- A place that the registry no longer knows keeps its code.
-- grain: one row per action
-- params: $scope, $version_no
-- builds on: acted
-- reads: core.village
with villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

townships as (
    select distinct
        township_code,
        township_name
    from villages
),

actions as (
    select
        a.action_no,
        a.place_code,
        substr(a.place_code, 1, 9) as township_code,
        t.township_name,
        v.village_code,
        v.village_name,
        a.what,
        a.owner_name,
        a.owner_organisation,
        a.due_date,
        a.state,
        a.is_undone,
        a.is_overdue,
        a.is_judged,
        a.is_on_time,
        a.target_id,
        a.origin,
        a.note,
        a.step_count,
        a.begun_at,
        a.begun_by,
        a.changed_at,
        a.changed_by,
        a.answered_at
    from acted as a
    left join villages as v
        on a.place_code = v.village_code
    left join townships as t
        on substr(a.place_code, 1, 9) = t.township_code
)

select * from actions
order by
    is_undone desc,
    due_date asc,
    action_no asc
