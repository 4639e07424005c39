-- What is each joint project, what did it bring, and what does a point of it bring?
-- Its totals alone; whoever holds a share or manages it may see them, and nobody else.
-- grain: one row per project
-- params: $scope, $version_no, $as_of_date
-- reads: core.project, core.project_share, core.income_period, core.village,
--   core.village_position
with tables_in_force as (
    select
        project_id,
        max(valid_from_date) as valid_from_date
    from core.project_share
    where
        is_in_force(from_no, to_no, $version_no) and valid_from_date <= $as_of_date
    group by project_id
),

holders as (
    select
        h.project_id,
        h.valid_from_date,
        count(*) as holder_count,
        count(distinct left(h.village_code, 9)) as township_count,
        sum(h.share_pct) as given_pct,
        -- a sum of which a part is not stated would pass for the whole
        case when count(h.invested_yuan) = count(*) then sum(h.invested_yuan) end
            as invested_yuan,
        bool_or(in_scope(h.village_code, $scope)) as is_held_here
    from core.project_share as h
    inner join tables_in_force as t
        on h.project_id = t.project_id and h.valid_from_date = t.valid_from_date
    where is_in_force(h.from_no, h.to_no, $version_no)
    group by
        h.project_id,
        h.valid_from_date
),

seen as (
    select
        p.project_id,
        p.project_name,
        p.source_id,
        p.managing_code,
        p.place_name,
        h.valid_from_date,
        h.holder_count,
        h.township_count,
        h.given_pct,
        h.invested_yuan
    from core.project as p
    left join holders as h
        on p.project_id = h.project_id
    where
        is_in_force(p.from_no, p.to_no, $version_no)
        and (h.is_held_here or in_scope(p.managing_code, $scope))
),

units as (
    select
        project_id,
        period_start,
        period_end,
        date_diff('month', period_start, period_end) + 1 as month_count,
        amount_due_yuan,
        amount_received_yuan
    from core.income_period
    where
        is_in_force(from_no, to_no, $version_no)
        and statement = 'joint_income'
        and line_kind = 'project'
        and period_end <= $as_of_date
),

last_told as (
    select
        project_id,
        max(period_end) as told_date
    from units
    group by project_id
),

-- the last twelve months that are told without a gap, or nothing
full_years as (
    select
        u.project_id,
        l.told_date,
        sum(u.amount_received_yuan) as received_yuan
    from units as u
    inner join last_told as l
        on u.project_id = l.project_id
    where u.period_start > last_day(l.told_date - interval 1 year)
    group by
        u.project_id,
        l.told_date
    having sum(u.month_count) = 12 and count(u.amount_received_yuan) = count(*)
),

years as (
    select
        project_id,
        case
            when period_end >= date_trunc('year', $as_of_date) then 'now'
            else 'before'
        end as year_role,
        max(period_end) as told_date,
        -- a sum of which a part is not stated would pass for the whole
        case when count(amount_due_yuan) = count(*) then sum(amount_due_yuan) end
            as due_yuan,
        case
            when count(amount_received_yuan) = count(*)
                then sum(amount_received_yuan)
        end as received_yuan
    from units
    where period_end >= date_trunc('year', $as_of_date) - interval 1 year
    group by
        project_id,
        case
            when period_end >= date_trunc('year', $as_of_date) then 'now'
            else 'before'
        end
),

projects as (
    select
        s.project_id,
        s.project_name,
        s.source_id,
        s.managing_code,
        v.village_name as manager_name,
        v.township_code as site_township_code,
        v.township_name as site_township_name,
        s.place_name,
        x.lon_deg as site_lon_deg,
        x.lat_deg as site_lat_deg,
        s.valid_from_date,
        s.holder_count,
        s.township_count,
        s.given_pct,
        s.invested_yuan,
        n.told_date,
        n.due_yuan,
        n.received_yuan,
        b.due_yuan as before_due_yuan,
        b.received_yuan as before_received_yuan,
        f.told_date as full_year_date,
        cast(f.received_yuan / 100 as decimal(18, 2)) as yuan_per_point,
        -- of the last twelve months that are told without a gap
        round(
            100 * cast(f.received_yuan as double)
            / nullif(cast(s.invested_yuan as double), 0),
            1
        ) as yearly_return_pct
    from seen as s
    left join core.village as v
        on
            s.managing_code = v.village_code
            and is_in_force(v.from_no, v.to_no, $version_no)
    left join core.village_position as x
        on
            s.managing_code = x.village_code
            and is_in_force(x.from_no, x.to_no, $version_no)
    left join years as n
        on s.project_id = n.project_id and n.year_role = 'now'
    left join years as b
        on s.project_id = b.project_id and b.year_role = 'before'
    left join full_years as f
        on s.project_id = f.project_id
)

select * from projects
order by project_id
