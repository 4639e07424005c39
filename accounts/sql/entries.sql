-- Who did what, when, from where, on what, within a scope and as far as was asked?
-- grain: one row per act
-- params: $scope, $is_all, $village_code, $sha256, $person, $actors, $since_at
-- reads: ops.audit, ops.submission, core.income, core.project_share, core.inventory,
--   core.contract, core.attribute, core.assignment
with audit as (
    select
        a.audit_no,
        a.acted_at,
        a.actor,
        a.role,
        a.way,
        a.address,
        a.action,
        a.submission_no,
        a.subject,
        a.detail,
        a.journal_line,
        a.entry_hash,
        s.sha256,
        s.file_name,
        case
            when a.place_code = '' and s.place_code is not null then s.place_code
            else a.place_code
        end as place_code
    from ops.audit as a
    left join ops.submission as s
        on a.submission_no = s.submission_no
),

-- which villages a file tells of
told as (
    select
        village_code,
        submission_no
    from core.income
    union all
    select
        village_code,
        submission_no
    from core.project_share
    union all
    select
        village_code,
        submission_no
    from core.inventory
    union all
    select
        village_code,
        submission_no
    from core.contract
    union all
    select
        village_code,
        submission_no
    from core.attribute
    union all
    select
        village_code,
        submission_no
    from core.assignment
),

of_village as (
    select distinct submission_no
    from told
    where $village_code <> '' and village_code = $village_code
),

of_scope as (
    select distinct submission_no
    from told
    where in_scope(village_code, $scope)
),

entries as (
    select
        audit_no,
        acted_at,
        actor,
        role,
        way,
        address,
        action,
        submission_no,
        place_code,
        subject,
        file_name,
        sha256,
        detail,
        journal_line,
        entry_hash
    from audit
    where
        acted_at >= $since_at
        and (
            $is_all
            or (place_code <> '' and in_scope(replace(place_code, 'CN', ''), $scope))
            or submission_no in (select o.submission_no from of_scope as o)
        )
        and (
            $village_code = ''
            or starts_with(place_code, $village_code)
            or submission_no in (select o.submission_no from of_village as o)
        )
        and (
            $sha256 = ''
            or starts_with(sha256, $sha256)
            or contains(detail, $sha256)
            or contains(lower(file_name), $sha256)
            -- who fetched a file is told under its name
            or (action = 'fetched' and contains(lower(subject), $sha256))
        )
        and (
            $person = ''
            or actor = $person
            or list_contains($actors, actor)
            or list_contains($actors, subject)
        )
)

select * from entries
order by audit_no
