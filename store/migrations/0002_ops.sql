-- What people do: small and transactional.
create schema if not exists ops;

-- one row: the number in force
create table if not exists ops.version (version_no bigint not null);
insert into ops.version
select 0 as version_no
where not exists (select v.version_no from ops.version as v);

-- one row: grows with every change of a state that moves no figure
create table if not exists ops.activity (activity_no bigint not null);
insert into ops.activity
select 0 as activity_no
where not exists (select a.activity_no from ops.activity as a);

-- one row: the last submission number given out
create table if not exists ops.submission_counter (last_no bigint not null);
insert into ops.submission_counter
select 0 as last_no
where not exists (select c.last_no from ops.submission_counter as c);

-- one row per number ever reserved
create table if not exists ops.acceptance (
    acceptance_no bigint primary key,
    kind varchar not null,
    submission_no bigint,
    actor varchar not null,
    reserved_at timestamp not null,
    published_at timestamp,
    state varchar not null
);

-- one row per file (or registry) sent in
create table if not exists ops.submission (
    submission_no bigint primary key,
    statement varchar not null,
    sha256 varchar not null,
    answers varchar not null,
    file_name varchar not null,
    actor varchar not null,
    catalogue varchar not null,
    rows_accepted bigint not null,
    rows_rejected bigint not null,
    submitted_at timestamp not null,
    decided_at timestamp,
    decided_by varchar,
    state varchar not null
);
create index if not exists submission_sha256 on ops.submission (sha256);

-- one row per fact about the installation itself
create table if not exists ops.about (
    about_key varchar primary key,
    about_value varchar not null
);
