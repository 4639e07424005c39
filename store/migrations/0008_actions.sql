-- What somebody is to do about a village or a township by a day, and how far it is.

-- one row per step of an action, each with all that holds from then on; the latest
-- holds. An action bears the journal line of its first step as its number. was_cleared
-- tells of the step that closes it whether no village of the place remained, by the
-- figures as of judged_date.
create table if not exists ops.action_step (
    journal_line bigint primary key,
    action_no bigint not null,
    place_code varchar not null,
    what varchar not null,
    owner_name varchar not null,
    owner_organisation varchar not null,
    due_date date not null,
    state varchar not null,
    target_id varchar not null,
    origin varchar not null,
    note varchar not null,
    evidence_sha256 varchar not null,
    evidence_name varchar not null,
    evidence_type varchar not null,
    was_cleared boolean,
    judged_date date,
    actor varchar not null,
    role varchar not null,
    decided_at timestamp not null
);
create index if not exists action_step_action on ops.action_step (action_no);
