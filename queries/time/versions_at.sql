-- Which number was in force at each of some times, and was any income known by then?
-- grain: one row per time
-- params: $times
-- reads: ops.acceptance
-- scope: none, the number in force is the same for all
with times as (
    select unnest($times) as known_at
),

published as (
    select
        acceptance_no,
        kind,
        published_at
    from ops.acceptance
    where state = 'published'
),

first_income as (
    select min(acceptance_no) as first_no
    from published
    where kind = 'acceptance'
),

versions as (
    select
        t.known_at,
        -- before the first number 0 stands for nothing
        coalesce(max(p.acceptance_no), 0) as version_no
    from times as t
    left join published as p
        on t.known_at >= p.published_at
    group by t.known_at
),

versions_at as (
    select
        v.known_at,
        v.version_no,
        (v.version_no >= f.first_no) is true as has_income
    from versions as v
    cross join first_income as f
)

select * from versions_at
order by known_at
