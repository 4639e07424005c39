-- Which villages have not completed the inventory of funds, assets and resources?
-- grain: one row per moment and village whose inventory is open
-- params: $scope
-- builds on: moments, known
-- reads: core.inventory
with told as (
    select
        m.as_of_date,
        m.moment_role,
        i.village_code,
        bool_or(i.is_complete and i.completed_date <= m.as_of_date) as is_done,
        bool_or(i.is_complete and i.completed_date is null) as is_undated,
        bool_or(i.period_start <= m.as_of_date) as is_begun
    from moments as m
    inner join core.inventory as i
        on is_in_force(i.from_no, i.to_no, m.version_no)
    where in_scope(i.village_code, $scope)
    group by
        m.as_of_date,
        m.moment_role,
        i.village_code
),

still_open as (
    select
        k.as_of_date,
        k.moment_role,
        k.village_code,
        cast(null as decimal(18, 2)) as amount_yuan,
        cast(null as decimal(18, 2)) as other_yuan,
        cast(null as decimal(18, 2)) as gap_yuan,
        case
            when t.is_begun is not true then 'no_inventory'
            when t.is_undated then 'undated'
            else 'under_way'
        end as reason,
        cast(null as varchar) as detail
    from known as k
    left join told as t
        on
            k.village_code = t.village_code
            and k.as_of_date = t.as_of_date
            and k.moment_role = t.moment_role
    where t.is_done is not true
)

select * from still_open
