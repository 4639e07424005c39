-- Frozen figures are written once with a meeting and never changed; the vault keeps
-- them too. They bear no numbers of a version: a meeting has one.

-- one row per meeting and target: what it counted, and how far the whole was
create table if not exists core.frozen_target (
    meeting_no bigint,
    target_id varchar,
    place_code varchar,
    target_name varchar,
    definition varchar,
    measure_id varchar,
    measure_name varchar,
    threshold_yuan decimal(18, 2),
    deadline_date date,
    is_confirmed boolean,
    is_headline boolean,
    evidence varchar,
    planned integer,
    pace_share decimal(9, 4),
    pace_state varchar,
    likely_count integer,
    likely_low integer,
    likely_high integer
);

-- one row per meeting, target and village; *_last is of the meeting before, else of the
-- month before
create table if not exists core.frozen_village (
    meeting_no bigint,
    target_id varchar,
    village_code varchar,
    village_name varchar,
    township_code varchar,
    township_name varchar,
    standing varchar,
    standing_last varchar,
    amount_yuan decimal(18, 2),
    amount_last_yuan decimal(18, 2),
    gap_yuan decimal(18, 2),
    reason varchar,
    detail varchar,
    worst_state varchar,
    worst_state_last varchar,
    due_count integer,
    reported_count integer
);

-- one row per meeting, target and village whose figures of the meeting before had been
-- corrected since
create table if not exists core.frozen_restated (
    meeting_no bigint,
    target_id varchar,
    village_code varchar,
    village_name varchar,
    township_code varchar,
    township_name varchar,
    standing_then varchar,
    standing_now varchar,
    amount_then_yuan decimal(18, 2),
    amount_now_yuan decimal(18, 2)
);

-- one row per meeting, target and month end: what remained, and what was planned
create table if not exists core.frozen_path (
    meeting_no bigint,
    target_id varchar,
    place_code varchar,
    as_of_date date,
    remaining integer,
    planned integer
);

-- one row per meeting, township and source
create table if not exists core.frozen_source (
    meeting_no bigint,
    township_code varchar,
    township_name varchar,
    source_id varchar,
    village_count integer,
    due_yuan decimal(18, 2),
    received_yuan decimal(18, 2)
);

-- one row per meeting and action; state_last is that at the meeting before
create table if not exists core.frozen_action (
    meeting_no bigint,
    action_no bigint,
    place_code varchar,
    township_code varchar,
    township_name varchar,
    village_code varchar,
    village_name varchar,
    what varchar,
    owner_name varchar,
    owner_organisation varchar,
    due_date date,
    state varchar,
    state_last varchar,
    is_undone boolean,
    is_overdue boolean,
    target_id varchar,
    origin varchar,
    note varchar
);
