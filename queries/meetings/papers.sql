-- Which papers were made for a meeting, the latest of each kind and place?
-- A paper tells of all of its place, so it is for whoever sees all of that.
-- grain: one row per kind and place
-- params: $scope, $meeting_no
-- reads: ops.meeting_paper
with latest as (
    select
        kind,
        place_code,
        sha256,
        file_name,
        media_type,
        byte_count,
        actor,
        decided_at
    from ops.meeting_paper
    where in_scope(place_code, $scope) and meeting_no = $meeting_no
    qualify row_number() over (
        partition by kind, place_code
        order by journal_line desc
    ) = 1
)

select * from latest
order by
    kind,
    place_code
