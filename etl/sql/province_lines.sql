-- Which lines did the invented papers of a county carry? Written as read.
-- params: none
-- reads: lines_given, kinds_given, spans_given, villages_given, papers_given
insert into core.income (
    village_code, source_id, statement, project_id, line_kind, file_line,
    period_start, period_end, category, item_id, amount_due_yuan,
    amount_received_yuan, quantity, quantity_unit, is_one_off, submission_no, sheet,
    cell
)
select
    v.village_code,
    k.source_id,
    k.statement,
    l.project_id,
    k.line_kind,
    v.village_no + 1 as file_line,
    s.period_start,
    s.period_end,
    k.category,
    k.item_id,
    case when k.has_due then l.due_fen * cast(0.01 as decimal(3, 2)) end
        as amount_due_yuan,
    case when k.has_received then l.received_fen * cast(0.01 as decimal(3, 2)) end
        as amount_received_yuan,
    case when k.unit is not null then l.quantity end as quantity,
    k.unit as quantity_unit,
    k.is_one_off,
    p.submission_no,
    '–' as sheet,
    '–' as cell
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
where k.is_read
order by
    v.village_code,
    s.period_start,
    k.kind_no
