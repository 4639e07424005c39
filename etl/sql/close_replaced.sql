-- Which units in force does a submission name again? They end with this number.
-- A list of keys: `exists` would be joined with every unit in force, ten times as slow.
-- params: $number, $submission_no, $open
update core.income_period
set to_no = $number
where
    to_no = $open
    and (
        village_code, source_id, statement, project_id, period_start, period_end
    ) in (
        select
            i.village_code,
            i.source_id,
            i.statement,
            i.project_id,
            i.period_start,
            i.period_end
        from core.income as i
        where i.submission_no = $submission_no
    );
