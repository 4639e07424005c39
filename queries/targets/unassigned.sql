-- For which villages does nobody bear one of the required duties?
-- Detail lists the duties that nobody bears.
-- grain: one row per moment and village with a vacant duty
-- params: $scope, $duties
-- builds on: moments, known
-- reads: core.assignment
with required as (
    select
        unnest($duties) as duty_id,
        generate_subscripts($duties, 1) as duty_no
),

told as (
    select
        m.as_of_date,
        m.moment_role,
        a.village_code,
        a.duty_id,
        a.valid_from_date,
        bool_or(
            (
                (a.valid_to_date is null or m.as_of_date <= a.valid_to_date)
                and (a.holder_name <> '' or a.organisation_name <> '')
            ) is true
        ) as is_borne
    from moments as m
    inner join core.assignment as a
        on
            is_in_force(a.from_no, a.to_no, m.version_no)
            and m.as_of_date >= a.valid_from_date
    where in_scope(a.village_code, $scope) and list_contains($duties, a.duty_id)
    group by
        m.as_of_date,
        m.moment_role,
        a.village_code,
        a.duty_id,
        a.valid_from_date
),

-- the latest word on a duty decides; one that names nobody says that it is vacant
borne as (
    select
        as_of_date,
        moment_role,
        village_code,
        duty_id
    from told
    group by
        as_of_date,
        moment_role,
        village_code,
        duty_id
    having arg_max(is_borne, valid_from_date)
),

vacant as (
    select
        k.as_of_date,
        k.moment_role,
        k.village_code,
        count(*) as vacant_count,
        string_agg(r.duty_id, ',' order by r.duty_no) as detail
    from known as k
    cross join required as r
    left join borne as b
        on
            k.village_code = b.village_code
            and k.as_of_date = b.as_of_date
            and k.moment_role = b.moment_role
            and r.duty_id = b.duty_id
    where b.duty_id is null
    group by
        k.as_of_date,
        k.moment_role,
        k.village_code
),

unassigned as (
    select
        as_of_date,
        moment_role,
        village_code,
        cast(null as decimal(18, 2)) as amount_yuan,
        cast(null as decimal(18, 2)) as other_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        case
            when vacant_count = len($duties) then 'all_vacant'
            else 'vacant'
        end as reason,
        detail
    from vacant
)

select * from unassigned
