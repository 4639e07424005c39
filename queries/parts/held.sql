-- Which attributes has each village on the day, and on whose word?
-- grain: one row per village and attribute
-- params: $scope, $version_no, $as_of_date
-- reads: core.attribute
select
    village_code,
    attribute_id,
    attribute_value,
    evidence,
    is_checked
from core.attribute
where
    in_scope(village_code, $scope)
    and is_in_force(from_no, to_no, $version_no)
    and valid_from_date <= $as_of_date
    and (valid_to_date is null or valid_to_date >= $as_of_date)
qualify row_number() over (
    partition by village_code, attribute_id
    order by valid_from_date desc, submission_no desc, sheet asc, cell asc
) = 1
