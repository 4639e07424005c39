-- What the progress meetings decide, their papers, and what the strategy is.

-- one row per step of a meeting, each with all that holds from then on; the latest
-- holds. A meeting bears the journal line of its first step as its number. What is
-- told of the freeze is null before it; fingerprint is of data/, code_version of the
-- programs that worked the figures out.
create table if not exists ops.meeting_step (
    journal_line bigint primary key,
    meeting_no bigint not null,
    place_code varchar not null,
    title varchar not null,
    held_date date not null,
    agenda varchar not null,
    state varchar not null,
    as_of_date date,
    version_no bigint,
    frozen_at timestamp,
    previous_no bigint,
    fingerprint varchar not null,
    code_version varchar not null,
    reason varchar not null,
    actor varchar not null,
    role varchar not null,
    decided_at timestamp not null
);

-- one row per appeal against a line of a meeting's ranking; the latest of a place
-- holds, and an empty one takes it back
create table if not exists ops.meeting_note (
    journal_line bigint primary key,
    meeting_no bigint not null,
    place_code varchar not null,
    note varchar not null,
    actor varchar not null,
    role varchar not null,
    decided_at timestamp not null
);

-- one row per paper made for a meeting; its bytes are in the vault
create table if not exists ops.meeting_paper (
    journal_line bigint primary key,
    meeting_no bigint not null,
    place_code varchar not null,
    kind varchar not null,
    sha256 varchar not null,
    file_name varchar not null,
    media_type varchar not null,
    byte_count bigint not null,
    actor varchar not null,
    role varchar not null,
    decided_at timestamp not null
);

-- one row per edit of an item of the strategy, with all that holds of it from then on
create table if not exists ops.workstream_step (
    journal_line bigint primary key,
    item_id varchar not null,
    name varchar not null,
    note varchar not null,
    owner_name varchar not null,
    target_ids varchar not null,
    actor varchar not null,
    role varchar not null,
    decided_at timestamp not null
);
