-- Which amounts of a file are unlike what the village had before, unlike its season,
-- unlike what others get, or a copy of the period before?
-- Compared are amounts above zero that tell of one kind of income in papers of one kind
-- and periods of one length; what was received, or what is due where nothing else is
-- stated. The lines of the file count as others and as periods before, too: a village's
-- year or a township's month comes as one file.
-- Only villages inside the scope are looked at, and compared with: a median of few
-- amounts may be one of them. Among its peers a village's own amount counts with them.
-- grain: one row per unit that is unusual, with the first reason that holds
-- params: $scope, $version_no, $floor_yuan, $past_periods, $past_at_least, $past_ratio,
--   $beyond, $short_ratio, $deviations, $alike_ratio, $unit_ratio, $season_years,
--   $season_ratio, $peers_at_least, $peers_ratio, $peers_deviations, $first_ratio,
--   $copy_variety
-- reads: rows_read, the lines of the file; core.income_period, core.village
with villages as (
    select
        village_code,
        village_name,
        township_code,
        township_name
    from core.village
    where in_scope(village_code, $scope) and is_in_force(from_no, to_no, $version_no)
),

asked as materialized (
    select
        r.village_code,
        r.source_id,
        r.statement,
        r.project_id,
        r.line_kind,
        r.period_start,
        r.period_end,
        case
            when count(r.amount_due_yuan) = count(*) then sum(r.amount_due_yuan)
        end as due_yuan,
        case
            when count(r.amount_received_yuan) = count(*)
                then sum(r.amount_received_yuan)
        end as received_yuan,
        true as is_asked,
        arg_min(r.sheet, r.file_line) as sheet,
        arg_min(r.cell, r.file_line) as cell
    from rows_read as r
    where
        r.village_code in (
            select v.village_code
            from villages as v
        )
        and r.line_kind in ('income', 'cost', 'project')
    group by
        r.village_code,
        r.source_id,
        r.statement,
        r.project_id,
        r.line_kind,
        r.period_start,
        r.period_end
),

stored as (
    select
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.line_kind,
        p.period_start,
        p.period_end,
        case
            when count(p.amount_due_yuan) = count(*) then sum(p.amount_due_yuan)
        end as due_yuan,
        case
            when count(p.amount_received_yuan) = count(*)
                then sum(p.amount_received_yuan)
        end as received_yuan
    from core.income_period as p
    where
        is_in_force(p.from_no, p.to_no, $version_no)
        and p.village_code in (
            select v.village_code
            from villages as v
        )
        and p.line_kind in ('income', 'cost', 'project')
        and (
            (p.source_id, p.period_end) in (
                select
                    a.source_id,
                    a.period_end
                from asked as a
            )
            or (p.village_code, p.source_id) in (
                select
                    a.village_code,
                    a.source_id
                from asked as a
            )
        )
    group by
        p.village_code,
        p.source_id,
        p.statement,
        p.project_id,
        p.line_kind,
        p.period_start,
        p.period_end
),

-- What the file says takes the place of what is stored.
units as (
    select
        village_code,
        source_id,
        statement,
        project_id,
        line_kind,
        period_start,
        period_end,
        due_yuan,
        received_yuan,
        is_asked,
        sheet,
        cell
    from asked
    union all by name
    select
        s.village_code,
        s.source_id,
        s.statement,
        s.project_id,
        s.line_kind,
        s.period_start,
        s.period_end,
        s.due_yuan,
        s.received_yuan,
        false as is_asked
    from stored as s
    anti join asked as a
        on
            s.village_code = a.village_code
            and s.source_id = a.source_id
            and s.statement = a.statement
            and s.project_id = a.project_id
            and s.line_kind = a.line_kind
            and s.period_start = a.period_start
            and s.period_end = a.period_end
),

measures as (
    select unnest(['received', 'due']) as measure
),

stated as (
    select
        u.village_code,
        u.source_id,
        u.statement,
        u.project_id,
        u.line_kind,
        u.period_start,
        u.period_end,
        u.is_asked,
        u.sheet,
        u.cell,
        m.measure,
        case m.measure when 'due' then u.due_yuan else u.received_yuan end
            as amount_yuan
    from units as u
    cross join measures as m
    where m.measure = 'received' or not u.is_asked or u.received_yuan is null
),

amounts as materialized (
    select
        s.village_code,
        v.village_name,
        v.township_code,
        v.township_name,
        s.source_id,
        s.statement,
        s.project_id,
        s.line_kind,
        s.period_start,
        s.period_end,
        s.is_asked,
        s.sheet,
        s.cell,
        s.measure,
        s.amount_yuan,
        row_number() over () as amount_no,
        ln(s.amount_yuan) as size,
        datediff('month', s.period_start, s.period_end) as span_months
    from stated as s
    inner join villages as v
        on s.village_code = v.village_code
    where s.amount_yuan > 0
),

-- A year of few amounts has no middle to speak of.
years as (
    select
        village_code,
        source_id,
        statement,
        project_id,
        line_kind,
        measure,
        span_months,
        year(period_end) as year_no,
        median(amount_yuan) as middle_yuan
    from amounts
    group by
        village_code,
        source_id,
        statement,
        project_id,
        line_kind,
        measure,
        span_months,
        year(period_end)
    having count(*) >= $past_at_least
),

earlier as (
    select
        a.amount_no,
        max_by(h.amount_yuan, h.period_end, $past_periods) as past,
        bool_or(
            h.amount_yuan = a.amount_yuan and h.period_end + 1 = a.period_start
        ) as is_copy
    from amounts as a
    inner join amounts as h
        on
            a.village_code = h.village_code
            and a.source_id = h.source_id
            and a.statement = h.statement
            and a.project_id = h.project_id
            and a.line_kind = h.line_kind
            and a.measure = h.measure
            and a.span_months = h.span_months
            and a.period_start > h.period_end
    where a.is_asked
    group by a.amount_no
),

seasons as (
    select
        a.amount_no,
        count(*) as season_count,
        median(h.size - ln(y.middle_yuan)) as season_size
    from amounts as a
    inner join amounts as h
        on
            a.village_code = h.village_code
            and a.source_id = h.source_id
            and a.statement = h.statement
            and a.project_id = h.project_id
            and a.line_kind = h.line_kind
            and a.measure = h.measure
            and a.span_months = h.span_months
            and a.period_start > h.period_end
            and month(a.period_end) = month(h.period_end)
    inner join years as y
        on
            h.village_code = y.village_code
            and h.source_id = y.source_id
            and h.statement = y.statement
            and h.project_id = y.project_id
            and h.line_kind = y.line_kind
            and h.measure = y.measure
            and h.span_months = y.span_months
            and year(h.period_end) = y.year_no
    where a.is_asked
    group by a.amount_no
),

remembered as (
    select
        e.amount_no,
        e.is_copy,
        s.season_count,
        len(e.past) as past_count,
        list_aggregate(e.past, 'median') as past_yuan,
        list_aggregate(e.past, 'max') as past_max_yuan,
        list_aggregate(e.past, 'min') as past_min_yuan,
        list_aggregate(list_transform(e.past, lambda x: ln(x)), 'mad') as past_spread,
        list_unique(e.past) / len(e.past) as past_variety,
        exp(ln(list_aggregate(e.past, 'median')) + s.season_size) as season_yuan
    from earlier as e
    left join seasons as s
        on e.amount_no = s.amount_no
),

city_peers as (
    select
        source_id,
        statement,
        line_kind,
        measure,
        period_start,
        period_end,
        count(*) - 1 as other_count,
        median(amount_yuan) as middle_yuan,
        mad(size) as spread
    from amounts
    group by
        source_id,
        statement,
        line_kind,
        measure,
        period_start,
        period_end
),

township_peers as (
    select
        township_code,
        source_id,
        statement,
        line_kind,
        measure,
        period_start,
        period_end,
        count(*) - 1 as other_count,
        median(amount_yuan) as middle_yuan,
        mad(size) as spread
    from amounts
    group by
        township_code,
        source_id,
        statement,
        line_kind,
        measure,
        period_start,
        period_end
),

compared as (
    select
        a.village_code,
        a.village_name,
        a.township_name,
        a.source_id,
        a.statement,
        a.project_id,
        a.line_kind,
        a.period_start,
        a.period_end,
        a.is_asked,
        a.sheet,
        a.cell,
        a.measure,
        a.amount_yuan,
        a.size,
        e.is_copy,
        -- whoever has no earlier amount has none of them
        coalesce(e.past_count, 0) as past_count,
        e.past_yuan,
        e.past_max_yuan,
        e.past_min_yuan,
        e.past_spread,
        e.past_variety,
        e.season_count,
        e.season_yuan,
        t.other_count >= $peers_at_least as is_among_township,
        case
            when t.other_count >= $peers_at_least then t.other_count
            when c.other_count >= $peers_at_least then c.other_count
        end as peers_count,
        case
            when t.other_count >= $peers_at_least then t.middle_yuan
            when c.other_count >= $peers_at_least then c.middle_yuan
        end as peers_yuan,
        case
            when t.other_count >= $peers_at_least then t.spread
            when c.other_count >= $peers_at_least then c.spread
        end as peers_spread
    from amounts as a
    left join remembered as e
        on a.amount_no = e.amount_no
    inner join city_peers as c
        on
            a.source_id = c.source_id
            and a.statement = c.statement
            and a.line_kind = c.line_kind
            and a.measure = c.measure
            and a.period_start = c.period_start
            and a.period_end = c.period_end
    inner join township_peers as t
        on
            a.township_code = t.township_code
            and a.source_id = t.source_id
            and a.statement = t.statement
            and a.line_kind = t.line_kind
            and a.measure = t.measure
            and a.period_start = t.period_start
            and a.period_end = t.period_end
    where a.is_asked
),

-- A median absolute deviation is 1.4826 times smaller than a standard deviation.
judged as (
    select
        village_code,
        village_name,
        township_name,
        source_id,
        statement,
        project_id,
        line_kind,
        period_start,
        period_end,
        sheet,
        cell,
        measure,
        amount_yuan,
        past_count,
        past_yuan,
        season_count,
        season_yuan,
        is_among_township,
        peers_count,
        peers_yuan,
        case
            when past_count >= $past_at_least
                then
                    abs(size - ln(past_yuan)) >= greatest(
                        ln($past_ratio), $deviations * 1.4826 * past_spread
                    )
                    and (
                        amount_yuan > past_max_yuan * $beyond
                        or amount_yuan < past_min_yuan
                    )
            else
                amount_yuan > past_max_yuan * $short_ratio
                or amount_yuan * $short_ratio < past_min_yuan
        end
        and abs(amount_yuan - past_yuan) >= $floor_yuan as is_unlike_past,
        abs(size - ln(past_yuan)) < ln($alike_ratio) as is_like_past,
        season_count >= $season_years
        and past_count >= $past_at_least
        and abs(size - ln(season_yuan)) >= ln($season_ratio)
        and abs(amount_yuan - season_yuan) >= $floor_yuan as is_unlike_season,
        season_count > 0
        and abs(size - ln(season_yuan)) < ln($alike_ratio) as is_like_season,
        peers_count > 0
        and abs(size - ln(peers_yuan)) < ln($alike_ratio)
        and size - ln(past_yuan) < ln($unit_ratio) as is_like_peers,
        abs(size - ln(peers_yuan)) >= greatest(
            ln($peers_ratio), $peers_deviations * 1.4826 * peers_spread
        )
        and abs(amount_yuan - peers_yuan) >= $floor_yuan as is_unlike_peers,
        abs(size - ln(peers_yuan)) >= greatest(
            -- a first amount is often small; only a unit makes it smaller still
            case
                when amount_yuan > peers_yuan then ln($first_ratio)
                else ln($unit_ratio)
            end,
            $peers_deviations * 1.4826 * peers_spread
        )
        and abs(amount_yuan - peers_yuan) >= $floor_yuan as is_unlike_first,
        past_count >= $past_at_least
        and is_copy
        and past_variety >= $copy_variety
        and amount_yuan >= $floor_yuan as is_unusual_copy
    from compared
),

reasoned as (
    select
        village_code,
        village_name,
        township_name,
        source_id,
        statement,
        project_id,
        line_kind,
        period_start,
        period_end,
        sheet,
        cell,
        measure,
        amount_yuan,
        past_count,
        past_yuan,
        season_count,
        season_yuan,
        is_among_township,
        peers_count,
        peers_yuan,
        case
            when
                is_unlike_past
                and (is_like_season is not true)
                and (is_like_peers is not true)
                then 'past'
            when is_unlike_season and (is_like_peers is not true) then 'season'
            when
                past_count between 1 and $past_at_least - 1
                and is_unlike_peers
                and not is_like_past
                then 'peers'
            when past_count = 0 and is_unlike_first then 'first'
            when is_unusual_copy then 'copy'
        end as reason_code
    from judged
)

select
    village_code,
    village_name,
    township_name,
    source_id,
    statement,
    project_id,
    line_kind,
    period_start,
    period_end,
    sheet,
    cell,
    measure,
    cast(amount_yuan as decimal(18, 2)) as amount_yuan,
    reason_code,
    is_among_township,
    cast(
        case reason_code
            when 'past' then past_count
            when 'season' then season_count
            when 'copy' then 1
            else peers_count + 1
        end as integer
    ) as compared_count,
    cast(
        case reason_code
            when 'past' then past_yuan
            when 'season' then round(season_yuan)
            when 'copy' then amount_yuan
            else peers_yuan
        end as decimal(18, 2)
    ) as compared_yuan
from reasoned
where reason_code is not null
order by
    village_code,
    source_id,
    statement,
    project_id,
    line_kind,
    period_end,
    period_start
