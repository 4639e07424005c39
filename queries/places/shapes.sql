-- What do the townships look like on the map?
-- grain: one row per township
-- params: $version_no
-- reads: core.township_shape
-- scope: outlines are no figures; a viewer needs the neighbours to find the way
select
    township_code,
    shape_kind,
    approval_number,
    polygons_json,
    hatch_json,
    label_lon_deg,
    label_lat_deg
from core.township_shape
where is_in_force(from_no, to_no, $version_no)
order by township_code
