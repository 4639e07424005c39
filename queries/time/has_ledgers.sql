-- Has any ledger come in yet?
-- grain: one row
-- reads: ops.submission
-- scope: none, it tells that there is a file, not what it says
select count(*) > 0 as has_ledgers
from ops.submission
where statement = 'ledger'
