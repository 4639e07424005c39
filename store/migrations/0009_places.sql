-- What counties are called, where an installation holds several of them; townships and
-- villages bear their names in core.village.

-- one row per place above the townships and version
create table if not exists core.place (
    place_code varchar,
    place_name varchar,
    from_no bigint,
    to_no bigint
);
