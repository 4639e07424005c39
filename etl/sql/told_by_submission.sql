-- Which lines does a submission tell?
-- grain: one row per line as read
-- params: $submission_no
create or replace temp table units_told as
select i.*
from core.income as i
where i.submission_no = $submission_no
