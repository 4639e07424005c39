"""Which words head a template, and of which version are they?

They are what the readers know, so that a filled-in template loads without a word.
"""

import hashlib

from base.catalogue import Catalogue
from etl.registry import Village

# The sheet that is filled in.
FILL_IN = "填报"
VILLAGE_CODE, VILLAGE_NAME, SOURCE = "村代码", "村名", "收入来源"
# A heading that ends so is passed over by the readers.
LAST_MONTH = "上月（元，参考）"
THIS_MONTH = "本月到账（元）"
TOTAL, ALL_VILLAGES, NOTE = "收入合计（元）", "合计", "备注"
# What stands where nothing was reported: nothing, which is not zero.
NOT_REPORTED = "—"
_VILLAGE = "村"
_HEADINGS = (VILLAGE_CODE, VILLAGE_NAME, SOURCE, LAST_MONTH, THIS_MONTH, TOTAL, NOTE)


def version_of(entries: Catalogue) -> str:
    """Return the version of today's templates: it changes when their words do."""
    lines = [f"{line_id} {line.name}" for line_id, line in entries.lines().items()]
    text = "\n".join([*_HEADINGS, *sorted(lines)])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def full_name(village: Village) -> str:
    """Return township and village as a title says them: 河顺镇柳泉村."""
    is_bare = village.kind == "village" and not village.short_name.endswith(_VILLAGE)
    ending = _VILLAGE if is_bare else ""
    return village.township_name + village.short_name + ending
