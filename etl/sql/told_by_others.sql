-- What do papers in force say of some incomes, but for those of one statement? Where
-- that is null, all say it.
-- A sum of amounts of which one is not stated would pass for the whole: unknown then.
-- grain: one row per village, source, statement and period
-- params: $open, $statement, $villages, $sources, $first, $last
select
    village_code,
    source_id,
    statement,
    period_start,
    period_end,
    case
        when count(amount_due_yuan) = count(*) then sum(amount_due_yuan)
    end as amount_due_yuan,
    case
        when count(amount_received_yuan) = count(*) then sum(amount_received_yuan)
    end as amount_received_yuan
from core.income_period
where
    to_no = $open
    and line_kind = 'income'
    and ($statement is null or statement <> $statement)
    and list_contains($villages, village_code)
    and list_contains($sources, source_id)
    and period_start >= $first
    and period_end <= $last
group by
    village_code,
    source_id,
    statement,
    period_start,
    period_end
