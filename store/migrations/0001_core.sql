-- What figures read. Large and append-only: no keys, no indexes, no defaults that a
-- lake would refuse. from_no and to_no say from which published number a row counts
-- and from which it no longer does.
create schema if not exists core;

-- one row per village-level unit and version
create table if not exists core.village (
    village_code varchar,
    village_name varchar,
    official_name varchar,
    township_code varchar,
    township_name varchar,
    unit_kind varchar,
    from_no bigint,
    to_no bigint
);

-- one row per village, statement and version: who owes what, how often
create table if not exists core.expected (
    village_code varchar,
    statement varchar,
    cadence varchar,
    due_days integer,
    owed_from_date date,
    owed_to_date date,
    from_no bigint,
    to_no bigint
);

-- one row per line as it was read; invisible until its submission is accepted
create table if not exists core.income (
    village_code varchar,
    source_id varchar,
    statement varchar,
    project_id varchar,
    line_kind varchar,
    file_line integer,
    period_start date,
    period_end date,
    category varchar,
    amount_due_yuan decimal(18, 2),
    amount_received_yuan decimal(18, 2),
    quantity decimal(18, 3),
    quantity_unit varchar,
    is_one_off boolean,
    submission_no bigint,
    sheet varchar,
    cell varchar
);

-- one row per unit (village, source, statement, project, period), category and version;
-- it counts for a measure while as_of lies from period_end to before the until date
create table if not exists core.income_period (
    village_code varchar,
    source_id varchar,
    statement varchar,
    project_id varchar,
    line_kind varchar,
    period_start date,
    period_end date,
    category varchar,
    is_one_off boolean,
    amount_due_yuan decimal(18, 2),
    amount_received_yuan decimal(18, 2),
    due_until_date date,
    received_until_date date,
    submission_no bigint,
    from_no bigint,
    to_no bigint
);

-- one row per township and version
create table if not exists core.township_shape (
    township_code varchar,
    shape_kind varchar,
    approval_number varchar,
    polygons_json varchar,
    hatch_json varchar,
    label_lon_deg double,
    label_lat_deg double,
    from_no bigint,
    to_no bigint
);

-- one row per village and version
create table if not exists core.village_position (
    village_code varchar,
    lon_deg double,
    lat_deg double,
    position_kind varchar,
    from_no bigint,
    to_no bigint
);

-- one row: the last number done or undone; whoever comes late with an older one stops
create table if not exists core.fence (last_no bigint);
insert into core.fence
select 0 as last_no
where not exists (select f.last_no from core.fence as f);
