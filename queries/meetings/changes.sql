-- What has changed in each village between two meetings, as both were frozen?
-- grain: one row per village that changed
-- params: $scope, $meeting_no, $target_id
-- reads: core.frozen_village
with villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name,
        standing,
        standing_last,
        amount_yuan,
        amount_last_yuan,
        gap_yuan,
        worst_state,
        worst_state_last,
        -- of the month before or of another year, amounts are not kept
        worst_state_last is not null
        and (
            (amount_yuan <> amount_last_yuan) is true
            or (amount_yuan is null) <> (amount_last_yuan is null)
        ) as is_other_amount
    from core.frozen_village
    where
        in_scope(village_code, $scope)
        and meeting_no = $meeting_no
        and target_id = $target_id
        and standing_last is not null
),

compared as (
    select
        village_code,
        village_name,
        township_code,
        township_name,
        standing,
        standing_last,
        amount_yuan,
        amount_last_yuan,
        amount_yuan - amount_last_yuan as change_yuan,
        gap_yuan,
        case
            when standing = 'cleared' and standing_last = 'remaining' then 'cleared'
            when standing = 'remaining' and standing_last = 'cleared' then 'fallen'
            when
                worst_state in ('reported', 'reported_zero')
                and worst_state_last in ('returned', 'not_reported', 'in_review')
                then 'newly_reported'
            when is_other_amount then 'changed'
        end as change_id,
        case
            when standing = 'cleared' and standing_last = 'remaining' then 1
            when standing = 'remaining' and standing_last = 'cleared' then 2
            else 3
        end as turn
    from villages
),

changes as (
    select * from compared
    where change_id is not null
)

select * from changes
order by
    turn asc,
    change_id desc,
    village_code asc
