-- Has any paper come in yet, besides the registry and the map?
-- grain: one row
-- reads: ops.submission
-- scope: none, it tells that there is a file, not what it says
select count(*) > 0 as has_ledgers
from ops.submission
where statement not in ('registry', 'ranks', 'boundaries', 'positions')
