-- What papers other than ledgers tell. Each row bears the cell that it was read from.
-- Figures of a kind of income (members, kWh) stand beside its money, item by item.
alter table core.income add column if not exists item_id varchar;
alter table core.income_period add column if not exists item_id varchar;
alter table core.income_period add column if not exists quantity decimal(18, 3);
alter table core.income_period add column if not exists quantity_unit varchar;
alter table core.expected add column if not exists project_id varchar;
update core.income set item_id = ''
where item_id is null;
update core.income_period set item_id = ''
where item_id is null;
update core.expected set project_id = '–'
where project_id is null;

-- one row per statement and version: which counts before which; null: tells no money
create table if not exists core.statement_rank (
    statement varchar,
    rank_due integer,
    rank_received integer,
    from_no bigint,
    to_no bigint
);

-- one row per joint project and version
create table if not exists core.project (
    project_id varchar,
    project_name varchar,
    source_id varchar,
    managing_code varchar,
    place_name varchar,
    submission_no bigint,
    sheet varchar,
    cell varchar,
    from_no bigint,
    to_no bigint
);

-- one row per project, day from which the shares hold, holder and version
create table if not exists core.project_share (
    project_id varchar,
    valid_from_date date,
    village_code varchar,
    share_pct decimal(9, 6),
    submission_no bigint,
    sheet varchar,
    cell varchar,
    from_no bigint,
    to_no bigint
);

-- one row per village, period that an inventory tells of and version
create table if not exists core.inventory (
    village_code varchar,
    period_start date,
    period_end date,
    is_complete boolean,
    completed_date date,
    funds_yuan decimal(18, 2),
    assets_yuan decimal(18, 2),
    resources_mu decimal(18, 2),
    contracts_count integer,
    submission_no bigint,
    sheet varchar,
    cell varchar,
    from_no bigint,
    to_no bigint
);

-- one row per village, contract and version; due_days are month and day: 06-30 12-31
create table if not exists core.contract (
    village_code varchar,
    contract_id varchar,
    party_name varchar,
    subject_name varchar,
    start_date date,
    end_date date,
    rent_yuan_per_year decimal(18, 2),
    due_days varchar,
    submission_no bigint,
    sheet varchar,
    cell varchar,
    from_no bigint,
    to_no bigint
);

-- one row per village, attribute, day from which it holds and version
create table if not exists core.attribute (
    village_code varchar,
    attribute_id varchar,
    attribute_value varchar,
    valid_from_date date,
    valid_to_date date,
    evidence varchar,
    is_checked boolean,
    submission_no bigint,
    sheet varchar,
    cell varchar,
    from_no bigint,
    to_no bigint
);

-- one row per village, duty, day from which a paper says who bears it and version; an
-- empty holder says that nobody does. since_date may lie before that day.
create table if not exists core.assignment (
    village_code varchar,
    duty_id varchar,
    holder_name varchar,
    organisation_name varchar,
    since_date date,
    valid_from_date date,
    valid_to_date date,
    submission_no bigint,
    sheet varchar,
    cell varchar,
    from_no bigint,
    to_no bigint
);
