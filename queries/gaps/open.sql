-- Which money is due to each village by now and has not come, source by source?
-- Dues are counted from the first one that is stated; receipts from the same day on.
-- Receipts that name no item, as a ledger's, are taken off all items in proportion.
-- Rents are those of this year, against what the village received for them this year.
-- grain: one row per village, source and item with something open
-- params: $scope, $version_no, $as_of_date, $categories, $rent_source
-- builds on: rents
-- reads: core.income_period
with units as (
    select
        village_code,
        source_id,
        item_id,
        category,
        period_start,
        period_end,
        case when due_until_date > $as_of_date then amount_due_yuan end as due_yuan,
        case
            when received_until_date > $as_of_date then amount_received_yuan
        end as received_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and period_end <= $as_of_date
),

dues as (
    select
        village_code,
        source_id,
        item_id,
        min(category) as category,
        min(period_start) filter (where due_yuan is not null) as since_date,
        sum(due_yuan) as due_yuan
    from units
    where due_yuan is not null and source_id <> $rent_source
    group by
        village_code,
        source_id,
        item_id
),

receipts as (
    select
        u.village_code,
        u.source_id,
        u.item_id,
        sum(u.received_yuan) as received_yuan
    from units as u
    inner join dues as d
        on
            u.village_code = d.village_code
            and u.source_id = d.source_id
            and u.item_id is not distinct from d.item_id
            and u.period_start >= d.since_date
    group by
        u.village_code,
        u.source_id,
        u.item_id
),

rent_receipts as (
    select
        village_code,
        sum(received_yuan) as received_yuan
    from units
    where
        source_id = $rent_source
        and period_end >= date_trunc('year', $as_of_date)
    group by village_code
),

both_kinds as (
    select
        d.village_code,
        d.source_id,
        d.item_id,
        d.category,
        d.since_date,
        d.due_yuan,
        -- a due against which nothing was ever told to have come is open
        coalesce(r.received_yuan, 0) as received_yuan
    from dues as d
    left join receipts as r
        on
            d.village_code = r.village_code
            and d.source_id = r.source_id
            and d.item_id is not distinct from r.item_id
    union all
    select
        c.village_code,
        $rent_source as source_id,
        '' as item_id,
        'contract_income' as category,
        cast(date_trunc('year', $as_of_date) as date) as since_date,
        cast(round(c.due_by_yuan, 2) as decimal(18, 2)) as due_yuan,
        -- a village that tells of no rents has received none that is known
        coalesce(r.received_yuan, 0) as received_yuan
    from rents as c
    left join rent_receipts as r
        on c.village_code = r.village_code
    where
        in_scope(c.village_code, $scope)
        and c.year_no = year($as_of_date)
        and c.due_by_yuan is not null
),

itemised as (
    select
        village_code,
        source_id,
        min(since_date) as since_date
    from dues
    group by
        village_code,
        source_id
    having bool_and(item_id <> '')
),

unnamed as (
    select
        u.village_code,
        u.source_id,
        sum(u.received_yuan) as received_yuan
    from units as u
    inner join itemised as d
        on
            u.village_code = d.village_code
            and u.source_id = d.source_id
            and u.period_start >= d.since_date
    where u.item_id is null or u.item_id = ''
    group by
        u.village_code,
        u.source_id
),

item_gaps as (
    select
        village_code,
        source_id,
        item_id,
        category,
        since_date,
        due_yuan,
        received_yuan,
        greatest(due_yuan - received_yuan, 0) as open_yuan,
        sum(greatest(due_yuan - received_yuan, 0)) over (
            partition by village_code, source_id
        ) as open_in_all_yuan
    from both_kinds
),

still_open as (
    select
        g.village_code,
        g.source_id,
        g.item_id,
        list_contains($categories, g.category) as is_counted,
        g.since_date,
        g.due_yuan,
        g.received_yuan,
        cast(
            g.open_yuan
            -- where every receipt names its item there is nothing to take off
            * (1 - least(coalesce(u.received_yuan, 0) / g.open_in_all_yuan, 1))
            as decimal(18, 2)
        ) as open_yuan
    from item_gaps as g
    left join unnamed as u
        on g.village_code = u.village_code and g.source_id = u.source_id
    where g.open_yuan > 0
)

select * from still_open
where open_yuan > 0
order by
    village_code,
    source_id,
    item_id
