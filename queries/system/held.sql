-- How many drafts lie unsent, and which step of the schema ran last?
-- grain: one row
-- reads: ops.draft, ops.migration
-- scope: none, a count that names nobody, for who looks after the system
with drafts as (
    select count(*) as draft_count
    from ops.draft
),

steps as (
    select max(name) as migration_name
    from ops.migration
)

select
    d.draft_count,
    s.migration_name
from drafts as d
cross join steps as s
