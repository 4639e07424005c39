-- Which number is in force, and has anything moved that no figure shows?
-- grain: one row
-- reads: ops.version, ops.activity
-- scope: none, the number in force is the same for all
select
    v.version_no,
    a.activity_no
from ops.version as v
cross join ops.activity as a
