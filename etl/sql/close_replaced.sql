-- Which units in force does a submission name again? They end with this number.
-- params: $number, $submission_no, $open
update core.income_period
set to_no = $number
where
    to_no = $open
    and exists (
        select 1
        from core.income as i
        where
            i.submission_no = $submission_no
            and i.village_code = core.income_period.village_code
            and i.source_id = core.income_period.source_id
            and i.statement = core.income_period.statement
            and i.project_id = core.income_period.project_id
            and i.period_start = core.income_period.period_start
            and i.period_end = core.income_period.period_end
    );
