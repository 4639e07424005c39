-- Which units in force come from a submission? They end with this number.
-- params: $number, $submission_no, $open
update core.income_period
set to_no = $number
where to_no = $open and submission_no = $submission_no
