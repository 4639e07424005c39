-- Who appealed against a line of a meeting's ranking, and with which words?
-- grain: one row per place, of which the latest note holds
-- params: $scope, $meeting_no
-- reads: ops.meeting_note
with latest as (
    select
        place_code,
        note,
        actor,
        role,
        decided_at
    from ops.meeting_note
    where in_scope(place_code, $scope) and meeting_no = $meeting_no
    qualify row_number() over (
        partition by place_code
        order by journal_line desc
    ) = 1
),

notes as (
    select * from latest
    where note <> ''
)

select * from notes
order by place_code
