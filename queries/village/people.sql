-- Who answers for a village, since when, and which required duties does nobody bear?
-- grain: one row per duty and bearer, and one per vacant required duty
-- params: $scope, $version_no, $as_of_date, $village_code, $duties
-- reads: core.village, core.assignment, ops.submission
with villages as (
    select village_code
    from core.village
    where
        in_scope(village_code, $scope)
        and village_code = $village_code
        and is_in_force(from_no, to_no, $version_no)
),

required as (
    select unnest($duties) as duty_id
),

in_force as (
    select
        a.duty_id,
        a.holder_name,
        a.organisation_name,
        a.since_date,
        a.valid_from_date,
        a.valid_to_date,
        a.submission_no,
        a.sheet,
        a.cell,
        max(a.valid_from_date) over (partition by a.duty_id) as latest_date
    from core.assignment as a
    where
        in_scope(a.village_code, $scope)
        and a.village_code = $village_code
        and is_in_force(a.from_no, a.to_no, $version_no)
        and a.valid_from_date <= $as_of_date
),

-- the latest word on a duty decides; one that names nobody says that it is vacant
borne as (
    select
        duty_id,
        holder_name,
        organisation_name,
        -- where it is not said since when, then since the paper's own period
        coalesce(since_date, valid_from_date) as valid_from_date,
        valid_to_date,
        submission_no,
        sheet,
        cell
    from in_force
    where
        valid_from_date = latest_date
        and (valid_to_date is null or valid_to_date >= $as_of_date)
        and (holder_name <> '' or organisation_name <> '')
),

vacant as (
    select r.duty_id
    from required as r
    left join borne as b
        on r.duty_id = b.duty_id
    where b.duty_id is null and exists (select 1 from villages)
),

everyone as (
    select
        duty_id,
        false as is_vacant,
        holder_name,
        organisation_name,
        valid_from_date,
        valid_to_date,
        submission_no,
        sheet,
        cell
    from borne
    union all by name
    select
        duty_id,
        true as is_vacant
    from vacant
),

people as (
    select
        e.duty_id,
        list_contains($duties, e.duty_id) as is_required,
        e.is_vacant,
        e.holder_name,
        e.organisation_name,
        e.valid_from_date,
        e.valid_to_date,
        s.file_name,
        e.sheet,
        e.cell
    from everyone as e
    left join ops.submission as s
        on e.submission_no = s.submission_no
)

select * from people
order by
    duty_id,
    holder_name,
    organisation_name,
    sheet,
    cell
