-- Which villages hold shares of joint projects, from where, and what is their part?
-- 异地: the site stands in another township than the holder. 抱团: several holders of
-- the project are of the holder's township.
-- grain: one row per project and village that holds shares of it
-- params: $scope, $version_no, $as_of_date
-- builds on: held, classed
-- reads: core.project, core.project_share, core.income_period, core.village_position
with tables_in_force as (
    select
        project_id,
        max(valid_from_date) as valid_from_date
    from core.project_share
    where
        is_in_force(from_no, to_no, $version_no) and valid_from_date <= $as_of_date
    group by project_id
),

shares as (
    select
        h.project_id,
        h.village_code,
        h.share_pct,
        h.invested_yuan,
        count(*) over (partition by h.project_id, left(h.village_code, 9)) > 1
            as is_together
    from core.project_share as h
    inner join tables_in_force as t
        on h.project_id = t.project_id and h.valid_from_date = t.valid_from_date
    where is_in_force(h.from_no, h.to_no, $version_no)
),

parts as (
    select
        project_id,
        village_code,
        case
            when period_end >= date_trunc('year', $as_of_date) then 'now'
            else 'before'
        end as year_role,
        -- a sum of which a part is not stated would pass for the whole
        case when count(amount_due_yuan) = count(*) then sum(amount_due_yuan) end
            as due_yuan,
        case
            when count(amount_received_yuan) = count(*)
                then sum(amount_received_yuan)
        end as received_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and statement = 'joint_income'
        and line_kind = 'income'
        and period_end between date_trunc('year', $as_of_date) - interval 1 year
        and $as_of_date
    group by
        project_id,
        village_code,
        case
            when period_end >= date_trunc('year', $as_of_date) then 'now'
            else 'before'
        end
),

holdings as (
    select
        h.project_id,
        p.project_name,
        p.source_id,
        p.managing_code,
        h.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        v.terrain,
        x.lon_deg,
        x.lat_deg,
        h.share_pct,
        h.invested_yuan,
        h.village_code = p.managing_code as is_manager,
        left(h.village_code, 9) <> left(p.managing_code, 9) as is_away,
        h.is_together,
        n.due_yuan,
        n.received_yuan,
        b.due_yuan as before_due_yuan,
        b.received_yuan as before_received_yuan
    from shares as h
    inner join classed as v
        on h.village_code = v.village_code
    left join core.project as p
        on
            h.project_id = p.project_id
            and is_in_force(p.from_no, p.to_no, $version_no)
    left join core.village_position as x
        on
            h.village_code = x.village_code
            and is_in_force(x.from_no, x.to_no, $version_no)
    left join parts as n
        on
            h.project_id = n.project_id
            and h.village_code = n.village_code
            and n.year_role = 'now'
    left join parts as b
        on
            h.project_id = b.project_id
            and h.village_code = b.village_code
            and b.year_role = 'before'
    where in_scope(h.village_code, $scope)
)

select * from holdings
order by
    project_id asc,
    share_pct desc,
    village_code asc
