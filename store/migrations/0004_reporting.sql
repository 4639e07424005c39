-- What becomes of a file after it was sent: by whom, why, with what beside it. One
-- chain of entries tells who did what.
alter table ops.submission add column if not exists place_code varchar;
alter table ops.submission add column if not exists sender_scope varchar;
alter table ops.submission add column if not exists sender_role varchar;
alter table ops.submission add column if not exists way varchar;
alter table ops.submission add column if not exists error_count bigint;
alter table ops.submission add column if not exists answer_sha256 varchar;
alter table ops.submission add column if not exists reason varchar;
alter table ops.submission add column if not exists supersedes_no bigint;
update ops.submission
set
    place_code = '',
    sender_scope = '',
    sender_role = '',
    way = 'command',
    error_count = rows_rejected,
    answer_sha256 = '',
    reason = ''
where place_code is null;

-- one row per file attached to a submission
create table if not exists ops.evidence (
    journal_line bigint primary key,
    submission_no bigint not null,
    sha256 varchar not null,
    file_name varchar not null,
    media_type varchar not null,
    actor varchar not null,
    attached_at timestamp not null
);

-- one row per decision on the window of a period in a place; the latest holds
create table if not exists ops.reporting_window (
    journal_line bigint primary key,
    period_end date not null,
    place_code varchar not null,
    due_date date,
    is_locked boolean not null,
    reason varchar not null,
    actor varchar not null,
    decided_at timestamp not null
);

-- one row per file or form that somebody has begun and not sent
create table if not exists ops.draft (
    draft_id varchar primary key,
    actor varchar not null,
    kind varchar not null,
    place_code varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    content varchar not null,
    changed_at timestamp not null
);

-- one row per act, each with the hash of the one before it
create table if not exists ops.audit (
    audit_no bigint primary key,
    acted_at timestamp not null,
    actor varchar not null,
    role varchar not null,
    way varchar not null,
    address varchar not null,
    action varchar not null,
    submission_no bigint,
    place_code varchar not null,
    subject varchar not null,
    detail varchar not null,
    journal_line bigint,
    journal_hash varchar not null,
    previous_hash varchar not null,
    entry_hash varchar not null
);
