-- In which state is the ledger of each village, month by month of the year?
-- grain: one row per village and period
-- builds on: owed
-- scope: owed filters it
select
    village_code,
    period_start,
    period_end,
    state
from owed
where statement = 'ledger'
order by
    village_code,
    period_end
