-- What a holder paid in for its share of a joint project; null where not reported.
alter table core.project_share
add column if not exists invested_yuan decimal(18, 2);
