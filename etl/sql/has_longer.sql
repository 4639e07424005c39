-- Is there a period longer than a month, in force or just ended, of a village, source
-- and project that a submission names? Only then does one amount tell another's.
-- grain: one row
-- params: $number, $submission_no, $open
select count(*) > 0 as has_longer
from core.income_period as p
where
    p.period_end > last_day(p.period_start)
    and (p.to_no = $open or p.to_no = $number)
    and exists (
        select 1
        from core.income as i
        where
            i.submission_no = $submission_no
            and i.village_code = p.village_code
            and i.source_id = p.source_id
            and i.project_id = p.project_id
    );
