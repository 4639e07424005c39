"""Which sheet of a file did this program add when it handed the file back?

The sheet that lists what is wrong comes back with the mended file. It is told by a sign
in a hidden column, not by its name: that depends on the language, and a person may have
a sheet of the same name.
"""

from collections.abc import Sequence

SIGN = "village-income-dashboard: marked copy"
# The sign stands in the first row, in this column counted from 0.
SIGN_COLUMN = 6


def is_own(rows: Sequence[Sequence[object]]) -> bool:
    """Tell whether a sheet is this program's own, by its rows from A1 on."""
    return bool(rows) and SIGN in rows[0][SIGN_COLUMN : SIGN_COLUMN + 1]
