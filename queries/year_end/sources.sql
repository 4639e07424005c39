-- What did each source of each village bring so far, and what may it still bring?
-- grain: one row per village and source
-- params: $scope, $as_of_date
-- builds on: yearly, usual, rents, paying, expected
with sources as (
    select
        village_code,
        source_id,
        known_yuan,
        last_yuan,
        expected_yuan,
        usual_share,
        is_by_contract
    from expected
    where in_scope(village_code, $scope) and year_no = year($as_of_date)
)

select * from sources
order by
    village_code,
    source_id
