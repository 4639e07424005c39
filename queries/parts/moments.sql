-- Which moments are asked about: the answer as of a day, as published by a number?
-- grain: one row per moment; role is at (asked about) or list (last year's close)
-- params: $dates, $versions, $roles
-- scope: none, it reads no table
select
    unnest($dates) as as_of_date,
    unnest($versions) as version_no,
    unnest($roles) as moment_role
