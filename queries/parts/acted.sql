-- How far is each action: its latest step, and the days of its first and its answer?
-- An action that was closed when its village stood above the line, and whose number is
-- among the reopened, is open again.
-- grain: one row per action
-- params: $scope, $known_at, $today, $reopened
-- reads: ops.action_step
with steps as (
    select
        journal_line,
        action_no,
        place_code,
        what,
        owner_name,
        owner_organisation,
        due_date,
        state,
        target_id,
        origin,
        note,
        was_cleared,
        decided_at,
        actor
    from ops.action_step
    where in_scope(place_code, $scope) and decided_at <= $known_at
),

spans as (
    select
        action_no,
        count(*) as step_count,
        min(decided_at) as begun_at,
        arg_min(actor, journal_line) as begun_by,
        max(journal_line) as last_line
    from steps
    group by action_no
),

-- work that was sent back is answered by the answer after that
answers as (
    select
        s.action_no,
        min(s.decided_at) as answered_at
    from steps as s
    left join steps as later
        on
            s.action_no = later.action_no
            and s.journal_line < later.journal_line
            and later.state in ('open', 'doing')
    where s.state in ('done', 'closed') and later.action_no is null
    group by s.action_no
),

stated as (
    select
        s.action_no,
        s.journal_line,
        s.place_code,
        s.what,
        s.owner_name,
        s.owner_organisation,
        s.due_date,
        s.target_id,
        s.origin,
        s.note,
        s.was_cleared,
        p.step_count,
        p.begun_at,
        p.begun_by,
        s.decided_at as changed_at,
        s.actor as changed_by,
        case
            when
                s.state = 'closed'
                and list_contains(cast($reopened as bigint[]), s.action_no)
                then 'reopened'
            else s.state
        end as state,
        a.answered_at
    from steps as s
    inner join spans as p
        on s.journal_line = p.last_line
    left join answers as a
        on s.action_no = a.action_no
),

acted as (
    select
        action_no,
        journal_line,
        place_code,
        what,
        owner_name,
        owner_organisation,
        due_date,
        state,
        target_id,
        origin,
        note,
        was_cleared,
        step_count,
        begun_at,
        begun_by,
        changed_at,
        changed_by,
        case when state <> 'reopened' then answered_at end as answered_at,
        state in ('open', 'doing', 'reopened') as is_undone,
        state in ('open', 'doing', 'reopened') and due_date < $today as is_overdue,
        -- what is dropped was never due; what is answered is judged by its day
        state <> 'dropped'
        and (
            due_date < $today or (state in ('done', 'closed'))
        ) as is_judged,
        state in ('done', 'closed')
        and (cast(answered_at as date) <= due_date) is true as is_on_time
    from stated
)

select * from acted
