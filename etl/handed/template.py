"""Which workbook does a village or a township fill in for a month?"""

import io
from datetime import date, datetime
from decimal import Decimal

import queries
from base.catalogue import catalogue
from base.errors import ShownError
from base.month import add_months, first_day, last_day
from base.roles import UPLOAD
from base.viewer import Viewer
from base.words import _
from etl.handed.book import Amounts, Asked, Book
from etl.handed.layout import full_name, version_of
from etl.handed.seal import key_of, sealed
from etl.handed.township_sheet import write_township
from etl.handed.village_sheet import write_village
from etl.registry import Village, registry
from store import Store

_VILLAGE_DIGITS = 12
_FILE_NAME = "{place}{year}年{month}月收入台账.xlsx"


def template(
    store: Store, viewer: Viewer, place_code: str, month: date, now: datetime
) -> tuple[str, bytes]:
    """Make the workbook of a place and month, with the month before beside the blanks.

    Args:
        store: for what was accepted of the month before, and for the seal's key.
        viewer: who asks; must be allowed to send files of this place.
        place_code: 9 digits of a township, or 12 of a village.
        month: any day of the month to be reported.
        now: the version is read as known at this time, local time in China.

    Returns:
        The name of the file and its bytes (xlsx).

    Raises:
        ShownError: where the viewer may not send files of this place, or no township
            or village has this code.
    """
    if not (viewer.may(UPLOAD) and viewer.scope.holds(place_code)):
        raise ShownError(_("您不能报送这个地方的数据，不能下载它的样表。"))
    villages = _villages(place_code)
    entries = catalogue()
    month = first_day(month)
    is_village = len(place_code) == _VILLAGE_DIGITS
    place = full_name(villages[0]) if is_village else villages[0].township_name
    seal = sealed(version_of(entries), place_code, month, key_of(store.folder))
    before = _before(store, viewer.within(place_code), month, now)
    out = io.BytesIO()
    book = Book(out, Asked(place, villages, month, before, entries, seal, now))
    if is_village:
        write_village(book)
    else:
        write_township(book)
    name = _FILE_NAME.format(place=place, year=month.year, month=month.month)
    return name, out.getvalue()


def _villages(place_code: str) -> list[Village]:
    """Return the village of a code, or those of a township, by their codes."""
    known = registry().villages
    found = [
        known[code]
        for code in sorted(known)
        if place_code in (code, known[code].township_code)
    ]
    if not found:
        raise ShownError(
            _(
                "名录里没有代码「{code}」。样表按乡镇（9 位）或村（12 位）下载。",
                code=place_code,
            )
        )
    return found


def _before(store: Store, viewer: Viewer, month: date, now: datetime) -> Amounts:
    """Return what ledgers told of the month before, where they told all of it."""
    first = add_months(month, -1)
    told = queries.run(
        "reporting/ledger_told",
        viewer,
        store,
        version_no=queries.version_at(store, viewer, now),
        first_date=first,
        as_of_date=last_day(first),
    )
    return {
        (str(row.village_code), str(row.source_id)): row.received_yuan
        for row in told.itertuples()
        if isinstance(row.received_yuan, Decimal)
    }
