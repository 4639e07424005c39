-- Which units of the invented papers of a county count? Kept by village and month.
-- params: $for_good, $open
-- reads: lines_given, kinds_given, spans_given, villages_given, papers_given
insert into core.income_period (
    village_code, source_id, statement, project_id, line_kind, period_start,
    period_end, category, item_id, is_one_off, amount_due_yuan, amount_received_yuan,
    due_until_date, received_until_date, quantity, quantity_unit, submission_no,
    from_no, to_no
)
select
    v.village_code,
    k.source_id,
    k.statement,
    l.project_id,
    k.line_kind,
    s.period_start,
    s.period_end,
    k.category,
    k.item_id,
    k.is_one_off,
    case when k.has_due then l.due_fen * cast(0.01 as decimal(3, 2)) end
        as amount_due_yuan,
    case when k.has_received then l.received_fen * cast(0.01 as decimal(3, 2)) end
        as amount_received_yuan,
    -- the grid's settlement of the same month counts before the platform's figure
    case when k.statement = 'energy' and k.has_due then s.period_end else $for_good end
        as due_until_date,
    $for_good as received_until_date,
    case when k.unit is not null then l.quantity end as quantity,
    k.unit as quantity_unit,
    p.submission_no,
    p.acceptance_no as from_no,
    $open as to_no
from lines_given as l
inner join kinds_given as k
    on l.kind_no = k.kind_no
inner join spans_given as s
    on l.span = s.span_no
inner join villages_given as v
    on l.village = v.village_no
inner join papers_given as p
    on
        k.statement = p.statement
        and l.span = p.span_no
        and case
            when k.statement = 'ledger' then v.ledger_place_code else v.county_code
        end = p.place_code
where p.state = 'accepted'
order by
    v.village_code,
    s.period_start,
    k.kind_no
