-- Is any income in force that another statement tells? Where that is null, any at all.
-- grain: one row
-- params: $open, $statement
select count(*) > 0
from core.income_period
where
    to_no = $open
    and line_kind = 'income'
    and ($statement is null or statement <> $statement)
