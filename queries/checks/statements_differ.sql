-- Where do two statements in force tell of other money for exactly the same span?
-- A statement that tells a part and leaves a part open cannot be compared: told too.
-- grain: one row per village, source, span of the year, measure and pair of statements
-- params: $scope, $version_no, $as_of_date, $tolerance_yuan
-- reads: core.income_period
with told as (
    select
        village_code,
        source_id,
        statement,
        period_start,
        period_end,
        case
            when count(amount_due_yuan) = count(*) then sum(amount_due_yuan)
        end as due_yuan,
        case
            when count(amount_received_yuan) = count(*)
                then sum(amount_received_yuan)
        end as received_yuan,
        count(amount_due_yuan) > 0 as has_due,
        count(amount_received_yuan) > 0 as has_received
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
    group by
        village_code,
        source_id,
        statement,
        period_start,
        period_end
),

amounts as (
    select
        village_code,
        source_id,
        statement,
        period_start,
        period_end,
        'due' as amount_kind,
        due_yuan as amount_yuan
    from told
    where has_due
    union all
    select
        village_code,
        source_id,
        statement,
        period_start,
        period_end,
        'received' as amount_kind,
        received_yuan as amount_yuan
    from told
    where has_received
),

pairs as (
    select
        a.village_code,
        a.source_id,
        a.period_start,
        a.period_end,
        a.amount_kind,
        a.statement,
        b.statement as other_statement,
        a.amount_yuan,
        b.amount_yuan as other_amount_yuan,
        a.amount_yuan - b.amount_yuan as difference_yuan
    from amounts as a
    inner join amounts as b
        on
            a.village_code = b.village_code
            and a.source_id = b.source_id
            and a.period_start = b.period_start
            and a.period_end = b.period_end
            and a.amount_kind = b.amount_kind
            and a.statement < b.statement
),

differing as (
    select
        village_code,
        concat_ws(
            '/', source_id, amount_kind, period_start, period_end, statement,
            other_statement
        ) as subject_key,
        concat_ws('/', amount_yuan, other_amount_yuan) as fingerprint,
        abs(difference_yuan) as amount_yuan,
        period_end as since_date,
        source_id,
        period_start as first_date,
        period_end as last_date,
        period_start,
        period_end,
        amount_kind,
        statement,
        other_statement,
        amount_yuan as one_amount_yuan,
        other_amount_yuan,
        difference_yuan
    from pairs
    where (abs(difference_yuan) <= $tolerance_yuan) is not true
)

select * from differing
order by
    village_code,
    period_end,
    period_start,
    source_id,
    amount_kind,
    statement,
    other_statement
