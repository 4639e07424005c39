-- How did forecasts of past years at this time of the year end?
-- Only of villages that were still under the line, whose year came in parts and who had
-- a figure the year before. Each rule says how much was still to come. Only the day
-- moves: the papers are read as they are known now.
-- grain: one row per past year and village, without its name
-- params: $threshold_yuan, $as_of_date
-- builds on: yearly, usual, rents, paying, expected
-- scope: yearly and rents pool it; no village is named
with learnt as (
    select year_no
    from usual
    where is_learnt
    group by year_no
),

parted as (
    select
        village_code,
        year_no
    from yearly
    where has_parts
    group by
        village_code,
        year_no
),

villages as (
    select
        e.village_code,
        e.year_no,
        -- a source without a figure brought nothing that is known
        coalesce(sum(e.known_yuan), 0) as known_yuan,
        coalesce(sum(e.year_yuan), 0) as year_yuan,
        sum(e.expected_yuan) as expected_yuan,
        sum(e.last_yuan) as last_yuan
    from expected as e
    inner join learnt as l
        on e.year_no = l.year_no
    inner join parted as p
        on e.village_code = p.village_code and e.year_no = p.year_no
    where e.year_no < year($as_of_date)
    group by
        e.village_code,
        e.year_no
),

past as (
    select
        year_no,
        known_yuan,
        year_yuan,
        last_yuan < $threshold_yuan as is_listed,
        expected_yuan,
        known_yuan * 12.0 / month($as_of_date) - known_yuan as line_yuan,
        greatest(last_yuan - known_yuan, 0) as last_yuan
    from villages
    where last_yuan is not null and known_yuan < $threshold_yuan
)

select * from past
order by
    year_no,
    known_yuan,
    year_yuan,
    expected_yuan,
    line_yuan,
    last_yuan,
    is_listed
