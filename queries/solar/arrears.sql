-- What is due for solar energy and has not come, and for how long has it been open?
-- What came is set against the oldest months first. Where nobody ever said what came,
-- what is open is unknown; where some month does not state it, it is at most that.
-- grain: one row per village and part: electricity, subsidy, or unsplit
-- params: $scope, $version_no, $as_of_date
-- reads: core.income_period
with units as (
    select
        village_code,
        case
            when item_id in ('electricity', 'subsidy') then item_id
            else 'unsplit'
        end as part,
        period_end,
        case when due_until_date > $as_of_date then amount_due_yuan end as due_yuan,
        case
            when received_until_date > $as_of_date then amount_received_yuan
        end as received_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and source_id = 'solar'
        and line_kind = 'income'
        and period_end <= $as_of_date
),

periods as (
    select
        village_code,
        part,
        period_end,
        sum(due_yuan) as due_yuan,
        sum(received_yuan) as received_yuan
    from units
    group by
        village_code,
        part,
        period_end
),

sums as (
    select
        village_code,
        part,
        sum(due_yuan) as due_yuan,
        sum(received_yuan) as received_yuan,
        count(*) filter (where due_yuan is not null and received_yuan is null)
            as unstated_count
    from periods
    group by
        village_code,
        part
),

in_turn as (
    select
        p.village_code,
        p.part,
        date_diff('month', p.period_end, $as_of_date) as age_months,
        p.due_yuan,
        s.received_yuan,
        sum(p.due_yuan) over (
            partition by p.village_code, p.part
            order by p.period_end
        ) as due_so_far_yuan
    from periods as p
    inner join sums as s
        on p.village_code = s.village_code and p.part = s.part
    where p.due_yuan is not null
),

open_months as (
    select
        village_code,
        part,
        age_months,
        greatest(least(due_yuan, due_so_far_yuan - received_yuan), 0) as open_yuan
    from in_turn
    where received_yuan is not null
),

ages as (
    select
        village_code,
        part,
        sum(open_yuan) as open_yuan,
        sum(case when age_months < 3 then open_yuan else 0 end) as under_3_yuan,
        sum(case when age_months between 3 and 5 then open_yuan else 0 end)
            as from_3_yuan,
        sum(case when age_months between 6 and 11 then open_yuan else 0 end)
            as from_6_yuan,
        sum(case when age_months >= 12 then open_yuan else 0 end) as from_12_yuan
    from open_months
    group by
        village_code,
        part
),

arrears as (
    select
        s.village_code,
        s.part,
        s.due_yuan,
        s.received_yuan,
        s.unstated_count,
        a.open_yuan,
        a.under_3_yuan,
        a.from_3_yuan,
        a.from_6_yuan,
        a.from_12_yuan
    from sums as s
    left join ages as a
        on s.village_code = a.village_code and s.part = a.part
    where s.due_yuan is not null
)

select * from arrears
order by
    village_code,
    part
