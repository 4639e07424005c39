-- Which two payments make one round sum that neither of them is?
-- Of a source: two months next to each other, and nothing else for a while. Of a
-- tenant: two contracts that begin within a month of each other.
-- grain: one row per village and pair
-- params: $scope, $version_no, $as_of_date, $round_yuan, $least_yuan, $quiet_months
-- reads: core.income_period, core.contract
with told as (
    select
        village_code,
        source_id,
        period_end,
        sum(amount_received_yuan) as amount_yuan
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and statement = 'ledger'
        and amount_received_yuan > 0
        and date_trunc('month', period_start) = date_trunc('month', period_end)
        and period_end <= $as_of_date
        and period_end
        > date_trunc('year', $as_of_date)
        - to_months(cast($quiet_months as integer) + 1)
    group by
        village_code,
        source_id,
        period_end
),

beside as (
    select
        village_code,
        source_id,
        period_end,
        amount_yuan,
        lead(period_end) over (
            partition by village_code, source_id order by period_end
        ) as next_date,
        lead(amount_yuan) over (
            partition by village_code, source_id order by period_end
        ) as next_yuan,
        lag(period_end) over (
            partition by village_code, source_id order by period_end
        ) as before_date,
        lead(period_end, 2) over (
            partition by village_code, source_id order by period_end
        ) as after_date
    from told
),

months as (
    select
        village_code,
        'months' as pair_kind,
        concat_ws('/', source_id, period_end) as subject_key,
        source_id,
        cast(date_trunc('month', period_end) as date) as first_date,
        next_date as last_date,
        amount_yuan as one_yuan,
        next_yuan as other_yuan,
        cast(null as varchar) as party_name
    from beside
    where
        next_date <= period_end + interval 32 day
        and next_date >= date_trunc('year', $as_of_date)
        -- with nothing before or after there is nothing that it could be part of
        and (
            before_date is null
            or before_date < period_end - to_months(cast($quiet_months as integer))
        )
        and (
            after_date is null
            or after_date > next_date + to_months(cast($quiet_months as integer))
        )
),

contracts as (
    select
        village_code,
        contract_id,
        party_name,
        start_date,
        rent_yuan_per_year
    from core.contract
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and party_name <> ''
        and (end_date is null or end_date >= $as_of_date)
),

tenants as (
    select
        a.village_code,
        'contracts' as pair_kind,
        concat_ws('/', a.contract_id, b.contract_id) as subject_key,
        cast(null as varchar) as source_id,
        least(a.start_date, b.start_date) as first_date,
        $as_of_date as last_date,
        a.rent_yuan_per_year as one_yuan,
        b.rent_yuan_per_year as other_yuan,
        a.party_name
    from contracts as a
    inner join contracts as b
        on
            a.village_code = b.village_code
            and a.party_name = b.party_name
            and a.contract_id < b.contract_id
            and abs(date_diff('day', a.start_date, b.start_date)) <= 31
),

pairs as (
    select * from months
    union all
    select * from tenants
),

hits as (
    select
        village_code,
        subject_key,
        concat_ws('+', one_yuan, other_yuan) as fingerprint,
        one_yuan + other_yuan as amount_yuan,
        last_date as since_date,
        source_id,
        first_date,
        last_date,
        pair_kind,
        one_yuan,
        other_yuan,
        party_name
    from pairs
    where
        one_yuan >= $least_yuan
        and other_yuan >= $least_yuan
        and mod(one_yuan + other_yuan, $round_yuan) = 0
        and mod(one_yuan, $round_yuan) <> 0
)

select * from hits
order by
    village_code,
    subject_key
