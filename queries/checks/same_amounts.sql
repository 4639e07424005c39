-- Which villages' ledgers tell just the same amounts as another village's?
-- A month with several amounts is compared, and the year's whole series. Holders of
-- equal shares in one project are alike by right, so joint income is left out. The
-- same bytes are one paper to the store, whoever sends them, and never come twice.
-- grain: one row per village and span told alike
-- params: $scope, $version_no, $as_of_date, $least_month, $least_year, $left_out
-- reads: core.income_period, core.village
with told as (
    select
        village_code,
        source_id,
        item_id,
        period_start,
        period_end,
        amount_received_yuan
    from core.income_period
    where
        is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and statement = 'ledger'
        and not list_contains($left_out, source_id)
        and amount_received_yuan <> 0
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
),

series as (
    select
        village_code,
        'month' as span_kind,
        min(period_start) as first_date,
        period_end as last_date,
        count(*) as told_count,
        sum(amount_received_yuan) as amount_yuan,
        string_agg(
            concat_ws(':', source_id, item_id, period_start, amount_received_yuan),
            ';' order by source_id, item_id, period_start, amount_received_yuan
        ) as told_text
    from told
    group by
        village_code,
        period_end
    having count(*) >= $least_month
    union all
    select
        village_code,
        'year' as span_kind,
        min(period_start) as first_date,
        max(period_end) as last_date,
        count(*) as told_count,
        sum(amount_received_yuan) as amount_yuan,
        string_agg(
            concat_ws(
                ':', period_end, source_id, item_id, period_start, amount_received_yuan
            ),
            ';'
            order by
                period_end, source_id, item_id, period_start, amount_received_yuan
        ) as told_text
    from told
    group by village_code
    having count(*) >= $least_year and count(distinct period_end) > 1
),

alike as (
    select
        a.village_code,
        a.span_kind,
        a.first_date,
        a.last_date,
        a.told_count,
        a.amount_yuan,
        a.told_text,
        count(*) as other_count,
        -- of villages elsewhere the number is told, and no name
        string_agg(v.village_name, ',' order by b.village_code) filter (
            where in_scope(b.village_code, $scope)
        ) as other_names
    from series as a
    inner join series as b
        on
            a.span_kind = b.span_kind
            and a.last_date = b.last_date
            and a.told_text = b.told_text
            and a.village_code <> b.village_code
    left join core.village as v
        on
            b.village_code = v.village_code
            and is_in_force(v.from_no, v.to_no, $version_no)
    group by
        a.village_code,
        a.span_kind,
        a.first_date,
        a.last_date,
        a.told_count,
        a.amount_yuan,
        a.told_text
),

hits as (
    select
        village_code,
        concat_ws('/', span_kind, last_date) as subject_key,
        md5(told_text) as fingerprint,
        amount_yuan,
        last_date as since_date,
        cast(null as varchar) as source_id,
        first_date,
        last_date,
        told_count,
        other_count,
        other_names
    from alike
    where in_scope(village_code, $scope)
)

select * from hits
order by
    village_code,
    subject_key
