-- Whose place on the list would be another one if it were read as known now?
-- The list is that of last year's close; the same day is asked about as known now.
-- grain: one row per village that would join or leave the list
-- params: $scope, $as_of_date, $version_no
-- builds on: moments, known, answer
-- reads: core.village
with last_close as (
    select make_date(year($as_of_date) - 1, 12, 31) as close_date
),

villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

known_then as (
    select k.village_code
    from known as k
    inner join last_close as c
        on k.as_of_date = c.close_date
    where k.moment_role = 'list'
),

listed as (
    select
        a.village_code,
        a.moment_role,
        a.amount_yuan,
        a.reason,
        a.detail
    from answer as a
    inner join last_close as c
        on a.as_of_date = c.close_date
),

compared as (
    select
        v.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        -- a village that the list's number does not know is on the list
        was.village_code is not null or k.village_code is null as is_listed,
        would.village_code is not null as would_be_listed,
        was.amount_yuan as listed_yuan,
        would.amount_yuan as restated_yuan,
        was.reason as listed_reason,
        would.reason as restated_reason
    from villages as v
    left join known_then as k
        on v.village_code = k.village_code
    left join listed as was
        on v.village_code = was.village_code and was.moment_role = 'list'
    left join listed as would
        on v.village_code = would.village_code and would.moment_role = 'at'
),

restated as (
    select * from compared
    where is_listed <> would_be_listed
)

select * from restated
order by
    would_be_listed,
    village_code
