-- Which village tells of joint income without a share, or of solar without a plant?
-- A share is one that a table in force gives; a plant is told by the platform, the
-- grid, or as an attribute of the village.
-- grain: one row per village and source
-- params: $scope, $version_no, $as_of_date, $joint_sources, $plant_source
-- reads: core.income_period, core.project_share, core.project, core.attribute
with told as (
    select
        village_code,
        source_id,
        sum(amount_received_yuan) as amount_yuan,
        min(period_start) as first_date,
        max(period_end) as last_date
    from core.income_period
    where
        in_scope(village_code, $scope)
        and is_in_force(from_no, to_no, $version_no)
        and line_kind = 'income'
        and statement = 'ledger'
        and amount_received_yuan > 0
        and (
            list_contains($joint_sources, source_id) or source_id = $plant_source
        )
        and period_end between date_trunc('year', $as_of_date) and $as_of_date
    group by
        village_code,
        source_id
),

shares as (
    select distinct
        h.village_code,
        p.source_id
    from core.project_share as h
    inner join core.project as p
        on
            h.project_id = p.project_id
            and is_in_force(p.from_no, p.to_no, $version_no)
    where
        is_in_force(h.from_no, h.to_no, $version_no)
        and h.share_pct > 0
        and h.valid_from_date <= $as_of_date
),

plants as (
    select
        village_code,
        source_id
    from core.income_period
    where
        is_in_force(from_no, to_no, $version_no)
        and source_id = $plant_source
        and statement in ('energy', 'settlement')
    union
    select
        village_code,
        $plant_source as source_id
    from core.attribute
    where
        is_in_force(from_no, to_no, $version_no)
        and attribute_id = 'solar_capacity_kw'
),

grounds as (
    select * from shares
    union
    select * from plants
),

hits as (
    select
        t.village_code,
        concat_ws('/', t.source_id, year($as_of_date)) as subject_key,
        cast(t.amount_yuan as varchar) as fingerprint,
        t.amount_yuan,
        t.last_date as since_date,
        t.source_id,
        t.first_date,
        t.last_date,
        t.source_id = $plant_source as is_plant
    from told as t
    left join grounds as g
        on t.village_code = g.village_code and t.source_id = g.source_id
    where g.village_code is null
)

select * from hits
order by
    village_code,
    subject_key
