-- Who may come in, as whom, for which places.

-- one row per account; none is ever taken out, so that its number names one for good
create table if not exists ops.account (
    account_no bigint primary key,
    login_name varchar not null unique,
    person_name varchar not null,
    organisation_name varchar not null,
    phone varchar not null,
    role varchar not null,
    state varchar not null,
    password_hash varchar not null,
    password_set_at timestamp,
    code_hash varchar not null,
    code_expires_at timestamp,
    oidc_subject varchar not null,
    created_at timestamp not null,
    created_by varchar not null
);

-- one row per account, place and span; what holds now has no end
create table if not exists ops.account_scope (
    account_no bigint not null,
    place_code varchar not null,
    from_at timestamp not null,
    to_at timestamp
);

-- one row per sign-in
create table if not exists ops.session (
    token_hash varchar primary key,
    account_no bigint not null,
    created_at timestamp not null,
    seen_at timestamp not null,
    expires_at timestamp not null,
    ended_at timestamp,
    address varchar not null,
    agent varchar not null
);

-- one row per name or address that failed to sign in of late
create table if not exists ops.sign_in_trouble (
    trouble_key varchar primary key,
    failed_count bigint not null,
    last_failed_at timestamp not null,
    locked_until timestamp
);

-- one row per token with which a program comes in; none is ever taken out
create table if not exists ops.api_token (
    token_no bigint primary key,
    token_hash varchar not null unique,
    token_name varchar not null,
    role varchar not null,
    place_codes varchar not null,
    created_by varchar not null,
    created_at timestamp not null,
    expires_at timestamp not null,
    ended_at timestamp
);
