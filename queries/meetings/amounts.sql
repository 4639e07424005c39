-- What has each village received this year of the categories that a measure counts?
-- grain: one row per village that tells of any
-- builds on: counted
-- scope: counted filters it
select
    village_code,
    income_yuan
from counted
order by village_code
