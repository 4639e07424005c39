"""Which day does a platform mean by milliseconds since 1970?"""

from datetime import datetime

from base.clock import CHINA
from etl.reading.workbook import Value

# From September 2001 on; no sheet writes a month with so large a number.
_FIRST_MILLISECOND = 1_000_000_000_000
_LAST_MILLISECOND = 9_999_999_999_999


def from_epoch(value: Value) -> Value:
    """Return the day in China that milliseconds mean; anything else as it is.

    Source: `collectTime` of the FusionSolar interface `getKpiStationMonth`.
    """
    is_text = isinstance(value, str) and value.isdecimal() and len(value) == 13
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    number = float(str(value)) if is_text or is_number else 0.0
    if not _FIRST_MILLISECOND <= number <= _LAST_MILLISECOND:
        return value
    return datetime.fromtimestamp(number / 1000, CHINA).date()
