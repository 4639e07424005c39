-- Which meetings are there, of which place, and how far is each?
-- grain: one row per meeting
-- params: $scope
-- reads: ops.meeting_step
-- scope: of a meeting know all who see a village of its place; it tells no figure
with latest as (
    select
        meeting_no,
        journal_line,
        place_code,
        title,
        held_date,
        agenda,
        state,
        as_of_date,
        version_no,
        frozen_at,
        previous_no,
        fingerprint,
        code_version,
        reason,
        actor,
        decided_at
    from ops.meeting_step
    qualify row_number() over (
        partition by meeting_no
        order by journal_line desc
    ) = 1
),

scopes as (
    select unnest(cast($scope as varchar[])) as prefix
),

meetings as (
    select
        m.meeting_no,
        m.journal_line,
        m.place_code,
        m.title,
        m.held_date,
        m.agenda,
        m.state,
        m.as_of_date,
        m.version_no,
        m.frozen_at,
        m.previous_no,
        m.fingerprint,
        m.code_version,
        m.reason,
        m.actor,
        m.decided_at
    from latest as m
    semi join scopes as s
        on
            starts_with(s.prefix, m.place_code)
            or starts_with(m.place_code, s.prefix)
)

select * from meetings
order by
    held_date desc,
    meeting_no desc
