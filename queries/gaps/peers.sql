-- Which sources carried the villages of the list that cleared this year?
-- Villages are alike that have the same terrain and stood in the same band of income
-- last year. Counts over the whole county name nobody; amounts are of five or more.
-- grain: one row per terrain, band of last year's income and source
-- params: $pool, $version_no, $as_of_date, $threshold_yuan
-- builds on: yearly
-- reads: core.attribute, core.village
-- scope: the county of the viewer; no village is named
with terrains as (
    select
        village_code,
        arg_max(attribute_value, valid_from_date) as terrain
    from core.attribute
    where
        in_scope(village_code, $pool)
        and is_in_force(from_no, to_no, $version_no)
        and attribute_id = 'terrain'
        and valid_from_date <= $as_of_date
        and (valid_to_date is null or valid_to_date >= $as_of_date)
    group by village_code
),

years as (
    select
        village_code,
        sum(year_yuan) filter (where year_no = year($as_of_date)) as now_yuan,
        sum(year_yuan) filter (where year_no = year($as_of_date) - 1) as last_yuan
    from yearly
    group by village_code
),

villages as (
    select
        v.village_code,
        t.terrain,
        -- without a figure a village stood in the lowest band
        cast(
            least(floor(coalesce(y.last_yuan, 0) / ($threshold_yuan / 5)), 5)
            as integer
        ) as band_no,
        (y.now_yuan >= $threshold_yuan) is true as is_cleared
    from core.village as v
    left join terrains as t
        on v.village_code = t.village_code
    left join years as y
        on v.village_code = y.village_code
    where
        in_scope(v.village_code, $pool)
        and is_in_force(v.from_no, v.to_no, $version_no)
),

listed as (
    select *
    from villages
    where band_no < 5
),

sizes as (
    select
        terrain,
        band_no,
        count(*) as village_count,
        count(*) filter (where is_cleared) as cleared_count
    from listed
    group by
        terrain,
        band_no
),

carried as (
    select
        l.terrain,
        l.band_no,
        y.source_id,
        count(*) as with_count,
        -- of fewer than five the amount would tell on one of them
        case
            when count(*) >= 5 then cast(median(y.year_yuan) as decimal(18, 2))
        end as median_yuan
    from listed as l
    inner join yearly as y
        on l.village_code = y.village_code
    where
        l.is_cleared
        and y.year_no = year($as_of_date)
        -- a fifth of the line is a part that counts
        and y.year_yuan >= $threshold_yuan / 5
    group by
        l.terrain,
        l.band_no,
        y.source_id
),

peers as (
    select
        s.terrain,
        s.band_no,
        s.village_count,
        s.cleared_count,
        c.source_id,
        c.with_count,
        c.median_yuan
    from sizes as s
    left join carried as c
        on s.terrain is not distinct from c.terrain and s.band_no = c.band_no
)

select * from peers
order by
    terrain asc,
    band_no asc,
    with_count desc nulls last,
    source_id asc
