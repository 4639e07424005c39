-- Macros that both stores share, created unqualified at every connection.

-- Is a place inside a set of prefixes? The empty prefix holds everything.
create or replace macro in_scope(code, scope) as exists (
    select 1
    from unnest(scope) as inside (prefix)
    where code between inside.prefix and inside.prefix || '~'
);

-- Does a versioned row count at a published number?
create or replace macro is_in_force(from_no, to_no, version_no) as (
    from_no <= version_no and to_no > version_no
);
