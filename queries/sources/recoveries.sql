-- What did the inventory of funds, assets and resources recover, and what re-let?
-- grain: one row per village of which an inventory of this year tells
-- params: $scope, $version_no, $as_of_date
-- builds on: held, classed
-- reads: core.income_period, core.inventory
with items as (
    select
        village_code,
        item_id,
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
        and statement = 'inventory'
        and line_kind = 'income'
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
    group by
        village_code,
        item_id
),

papers as (
    select
        village_code,
        bool_or(is_complete) as is_complete,
        sum(contracts_count) as relet_contracts
    from core.inventory
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and period_start between date_trunc('year', $as_of_date) and $as_of_date
    group by village_code
),

recoveries as (
    select
        v.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        p.is_complete,
        a.due_yuan as arrears_due_yuan,
        a.received_yuan as arrears_received_yuan,
        a.due_yuan - a.received_yuan as arrears_open_yuan,
        p.relet_contracts,
        r.due_yuan as relet_due_yuan,
        r.received_yuan as relet_received_yuan
    from papers as p
    inner join classed as v
        on p.village_code = v.village_code
    left join items as a
        on p.village_code = a.village_code and a.item_id = 'arrears'
    left join items as r
        on p.village_code = r.village_code and r.item_id = 'relet'
)

select * from recoveries
order by
    arrears_open_yuan desc nulls last,
    village_code asc
