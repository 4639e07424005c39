-- How far is a village's inventory of funds, assets and resources, by its latest paper?
-- grain: one row per village, none where it sent no inventory
-- params: $scope, $version_no, $as_of_date, $village_code
-- reads: core.inventory, ops.submission
with told as (
    select
        period_start,
        period_end,
        is_complete,
        completed_date,
        funds_yuan,
        assets_yuan,
        resources_mu,
        contracts_count,
        submission_no,
        sheet,
        cell
    from core.inventory
    where
        in_scope(village_code, $scope)
        and village_code = $village_code
        and is_in_force(from_no, to_no, $version_no)
),

done as (
    select min(completed_date) as first_completed_date
    from told
    where is_complete and completed_date <= $as_of_date
),

latest as (
    select
        t.period_start,
        t.period_end,
        t.is_complete,
        t.completed_date,
        d.first_completed_date,
        t.funds_yuan,
        t.assets_yuan,
        t.resources_mu,
        t.contracts_count,
        s.file_name,
        t.sheet,
        t.cell
    from told as t
    cross join done as d
    left join ops.submission as s
        on t.submission_no = s.submission_no
    where t.period_start <= $as_of_date
    order by
        t.period_end desc,
        t.period_start desc,
        t.submission_no desc,
        t.sheet asc,
        t.cell asc
    limit 1
)

select * from latest
order by period_end
