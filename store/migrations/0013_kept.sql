-- What brings back or gives away what was damaged on the disk.

-- the whole line of the journal that an act tells, as it stands there; its hash is
-- journal_hash
alter table ops.audit add column if not exists journal_text varchar;

-- the SHA-256 of the rows that the vault keeps of a submission, by kind, as JSON
alter table ops.submission add column if not exists kept_sha256 varchar;
