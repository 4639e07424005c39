-- Whose personal values were taken out, and where in texts of others her name stood.

-- one row per erasure; the account and its number stay, under a pseudonym
create table if not exists ops.erasure (
    journal_line bigint primary key,
    account_no bigint not null,
    pseudonym varchar not null,
    actor varchar not null,
    decided_at timestamp not null
);

-- one row per text in which a name or number stood: which row, by its key as JSON, and
-- at which letters of the text as it was. No name and no number is kept here.
create table if not exists ops.erased_text (
    journal_line bigint not null,
    table_name varchar not null,
    column_name varchar not null,
    row_key varchar not null,
    spans varchar not null,
    pseudonym varchar not null
);
