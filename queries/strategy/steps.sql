-- What was edited of the strategy's items, where the latest of each holds?
-- grain: one row per item that was edited
-- params: $known_at
-- reads: ops.workstream_step
-- scope: none, the strategy is the same for all and holds no figure
select
    item_id,
    name,
    note,
    owner_name,
    target_ids,
    actor,
    role,
    decided_at
from ops.workstream_step
where decided_at <= $known_at
qualify
    row_number() over (
        partition by item_id
        order by journal_line desc
    ) = 1
order by item_id
