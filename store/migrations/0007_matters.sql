-- What becomes of what is worth a second look, and of warnings.

-- one row per step on a matter, a rule's hit on a subject in a village; the last holds
-- while the fingerprint of its figures is the same
create table if not exists ops.matter_step (
    journal_line bigint primary key,
    rule_id varchar not null,
    village_code varchar not null,
    subject_key varchar not null,
    fingerprint varchar not null,
    state varchar not null,
    owner varchar not null,
    due_date date,
    note varchar not null,
    actor varchar not null,
    role varchar not null,
    decided_at timestamp not null
);
