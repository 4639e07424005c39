-- What would change if the lines of a file were accepted, part by part of its units?
-- A part is what a unit tells of one category and item; a unit is replaced as a whole.
-- Parts of joint projects are worked out from the project's line and not shown here.
-- A sum of amounts of which one is not stated would pass for the whole: unknown then.
-- Of what lies outside the scope nothing is read, in the file or in the store.
-- grain: one row per unit and part, and per unit that is withdrawn without being there
-- params: $scope, $version_no
-- reads: rows_read, the lines of the file; core.income_period, core.village
with lines_given as materialized (
    select
        village_code,
        source_id,
        statement,
        project_id,
        line_kind,
        period_start,
        period_end,
        category,
        nullif(item_id, '') as item_id,
        is_one_off,
        amount_due_yuan,
        amount_received_yuan,
        quantity,
        quantity_unit
    from rows_read
    where in_scope(village_code, $scope)
),

villages as (
    select
        village_code,
        village_name,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

units as materialized (
    select distinct
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end
    from lines_given
),

after as (
    select
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end,
        line_kind,
        category,
        item_id,
        is_one_off,
        quantity_unit,
        case when count(quantity) = count(*) then sum(quantity) end as quantity,
        case
            when count(amount_due_yuan) = count(*) then sum(amount_due_yuan)
        end as amount_due_yuan,
        case
            when count(amount_received_yuan) = count(*) then sum(amount_received_yuan)
        end as amount_received_yuan
    from lines_given
    where line_kind <> 'withdrawn'
    group by
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end,
        line_kind,
        category,
        item_id,
        is_one_off,
        quantity_unit
),

-- Units are those of lines inside the scope, and so is what they replace.
before as (
    select
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.period_start,
        p.period_end,
        p.line_kind,
        p.category,
        nullif(p.item_id, '') as item_id,
        p.is_one_off,
        p.quantity_unit,
        p.quantity,
        p.amount_due_yuan,
        p.amount_received_yuan,
        p.submission_no
    from core.income_period as p
    where
        is_in_force(p.from_no, p.to_no, $version_no)
        and (p.statement <> 'joint_income' or p.line_kind = 'project')
        and (
            p.village_code,
            p.source_id,
            p.statement,
            p.project_id,
            p.period_start,
            p.period_end
        ) in (
            select
                u.village_code,
                u.source_id,
                u.statement,
                u.project_id,
                u.period_start,
                u.period_end
            from units as u
        )
),

-- Whichever side is there names the unit and the part.
parts as (
    select
        coalesce(a.village_code, b.village_code) as village_code,
        coalesce(a.source_id, b.source_id) as source_id,
        coalesce(a.statement, b.statement) as statement,
        coalesce(a.project_id, b.project_id) as project_id,
        coalesce(a.period_start, b.period_start) as period_start,
        coalesce(a.period_end, b.period_end) as period_end,
        coalesce(a.line_kind, b.line_kind) as line_kind,
        coalesce(a.category, b.category) as category,
        coalesce(a.item_id, b.item_id) as item_id,
        b.amount_due_yuan as due_before_yuan,
        a.amount_due_yuan as due_after_yuan,
        b.amount_received_yuan as received_before_yuan,
        a.amount_received_yuan as received_after_yuan,
        case
            when a.village_code is null then 'withdrawn'
            when b.village_code is null then 'new'
            when
                (
                    a.amount_due_yuan is not distinct from b.amount_due_yuan
                    and a.amount_received_yuan
                    is not distinct from b.amount_received_yuan
                    and a.quantity is not distinct from b.quantity
                )
                then 'unchanged'
            else 'changed'
        end as state,
        b.submission_no
    from after as a
    full outer join before as b
        on
            a.village_code = b.village_code
            and a.source_id = b.source_id
            and a.statement = b.statement
            and a.project_id = b.project_id
            and a.period_start = b.period_start
            and a.period_end = b.period_end
            and a.line_kind = b.line_kind
            and a.category is not distinct from b.category
            and a.item_id is not distinct from b.item_id
            and a.is_one_off is not distinct from b.is_one_off
            and a.quantity_unit is not distinct from b.quantity_unit
),

-- Whoever withdraws what is not there is told so, too.
withdrawn_in_vain as (
    select
        u.village_code,
        u.source_id,
        u.statement,
        u.project_id,
        u.period_start,
        u.period_end
    from units as u
    anti join parts as p
        on
            u.village_code = p.village_code
            and u.source_id = p.source_id
            and u.statement = p.statement
            and u.project_id = p.project_id
            and u.period_start = p.period_start
            and u.period_end = p.period_end
),

all_parts as (
    select
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end,
        line_kind,
        category,
        item_id,
        due_before_yuan,
        due_after_yuan,
        received_before_yuan,
        received_after_yuan,
        state,
        submission_no
    from parts
    union all by name
    select
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end,
        'withdrawn' as line_kind,
        'withdrawn' as state
    from withdrawn_in_vain
)

select
    p.village_code,
    v.village_name,
    v.township_name,
    p.source_id,
    p.statement,
    p.project_id,
    p.period_start,
    p.period_end,
    p.line_kind,
    p.category,
    p.item_id,
    cast(p.due_before_yuan as decimal(18, 2)) as due_before_yuan,
    cast(p.due_after_yuan as decimal(18, 2)) as due_after_yuan,
    cast(p.received_before_yuan as decimal(18, 2)) as received_before_yuan,
    cast(p.received_after_yuan as decimal(18, 2)) as received_after_yuan,
    p.state,
    p.submission_no
from all_parts as p
left join villages as v
    on p.village_code = v.village_code
order by
    p.village_code,
    p.source_id,
    p.statement,
    p.project_id,
    p.period_start,
    p.period_end,
    p.line_kind,
    p.category,
    p.item_id,
    p.state
