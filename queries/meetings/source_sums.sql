-- What has each source brought each township this year, and what should it have?
-- grain: one row per township and source
-- params: $scope, $version_no
-- builds on: sourced
-- reads: core.village
with villages as (
    select
        village_code,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

sums as (
    select
        v.township_code,
        any_value(v.township_name) as township_name,
        s.source_id,
        -- who reports zero tells of the source, and does not have it
        count(*) filter (where s.received_yuan <> 0 or s.due_yuan <> 0)
            as village_count,
        sum(s.due_yuan) as due_yuan,
        sum(s.received_yuan) as received_yuan
    from sourced as s
    inner join villages as v
        on s.village_code = v.village_code
    group by
        v.township_code,
        s.source_id
)

select * from sums
order by
    township_code,
    source_id
