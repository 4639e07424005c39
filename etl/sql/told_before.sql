-- Which lines told the units of a submission before it, now that it is annulled?
-- Of each unit that it named the last accepted paper that names it, unless that paper
-- came later than the annulled one: then it counts already. Nothing was accepted
-- before a paper that is not in `accepted_papers`, the papers that are not annulled.
-- grain: one row per line as read
-- params: $submission_no, $accepted_no
create or replace temp table units_told as
with named as (
    select distinct
        village_code,
        source_id,
        statement,
        project_id,
        period_start,
        period_end
    from core.income
    where submission_no = $submission_no
),

owners as (
    select
        n.village_code,
        n.source_id,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end,
        arg_max(p.submission_no, p.acceptance_no) as submission_no,
        max(p.acceptance_no) as acceptance_no
    from named as n
    inner join core.income as i
        on
            n.village_code = i.village_code
            and n.source_id = i.source_id
            and n.statement = i.statement
            and n.project_id = i.project_id
            and n.period_start = i.period_start
            and n.period_end = i.period_end
    inner join accepted_papers as p
        on i.submission_no = p.submission_no
    group by
        n.village_code,
        n.source_id,
        n.statement,
        n.project_id,
        n.period_start,
        n.period_end
)

select i.*
from core.income as i
inner join owners as o
    on
        i.village_code = o.village_code
        and i.source_id = o.source_id
        and i.statement = o.statement
        and i.project_id = o.project_id
        and i.period_start = o.period_start
        and i.period_end = o.period_end
        and i.submission_no = o.submission_no
where o.acceptance_no < $accepted_no
