-- How far was each township when a meeting was frozen, and at the one before?
-- grain: one row per township
-- params: $scope, $meeting_no, $target_id
-- reads: core.frozen_village
with counted as (
    select
        township_code,
        any_value(township_name) as township_name,
        count(*) as village_count,
        count(*) filter (where standing <> 'met_last_year') as villages,
        count(*) filter (where standing = 'remaining') as remaining,
        count(*) filter (where standing = 'cleared') as cleared,
        count(standing_last) as known_last,
        count(*) filter (where standing_last = 'remaining') as remaining_last,
        count(*) filter (where standing_last = 'cleared') as cleared_last,
        count(*) filter (where standing = 'cleared' and standing_last = 'remaining')
            as newly_cleared,
        count(*) filter (where standing = 'remaining' and standing_last = 'cleared')
            as fallen_back,
        count(*) filter (
            where
            standing = 'remaining'
            and worst_state in ('returned', 'not_reported', 'in_review')
        ) as unreported,
        sum(due_count) as due_count,
        sum(reported_count) as reported_count,
        -- what a village that told nothing lacks is not known
        sum(gap_yuan) filter (where standing = 'remaining' and amount_yuan is not null)
            as gap_yuan,
        sum(amount_yuan) as amount_yuan
    from core.frozen_village
    where
        in_scope(village_code, $scope)
        and meeting_no = $meeting_no
        and target_id = $target_id
    group by township_code
)

select * from counted
order by
    remaining desc,
    township_code asc
