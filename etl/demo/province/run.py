"""How does the invented province come in? In bulk, to measure reading at that size.

No files are behind its rows: a figure leads to a paper of which nothing can be opened,
and a rebuild, which starts from files, does not apply.
"""

from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import pandas as pd

from base.catalogue import Catalogue, catalogue
from base.errors import ShownError
from base.words import _
from etl.demo.months import CLOSING_YEAR
from etl.demo.province import amounts
from etl.demo.province.facts import Facts, facts, project_id
from etl.demo.province.kinds import FIRST_MONTH, Span, spans_up_to
from etl.demo.province.papers import SOLAR_FROM, Numbers, papers
from etl.demo.province.places import PROVINCE, PROVINCE_NAME, Places, places
from etl.demo.province.writing import (
    clear_leftovers,
    expected_rows,
    given_once,
    insert,
    set_in_force,
    write_lines,
)
from etl.demo.run import demo_now, refuse_real_data
from etl.demo.standing import Floats, standing
from etl.door import DEMO_NOW, DEMO_SCALE, PROVINCE_SCALE, opened
from etl.published import TABLES
from etl.registry import registry
from store import Cursor, Store
from store.about import about, set_about

COUNTIES, VILLAGES = 99, 50_000
_SEED = 41
_OPENED = datetime(FIRST_MONTH.year - 1, 12, 1, 8)
_YEARS = tuple(range(FIRST_MONTH.year, CLOSING_YEAR + 1))
_TOLD_EVERY = 10


def load_province(
    to_month: date,
    tell: Callable[[str], None],
    store: Store | None = None,
    counties: int = COUNTIES,
    villages: int = VILLAGES,
) -> int:
    """Load the invented province up to a month, into an empty folder.

    Args:
        to_month: first day of the last month with ledgers.
        tell: takes a line of progress now and then.
        store: where; default the installation's own.
        counties: how many counties are invented, beside the real one.
        villages: how many villages there are in all.

    Returns:
        How many villages there are now.

    Raises:
        ShownError: when the store holds anything already, or the invented world does
            not reach so far.
    """
    if to_month not in {span.start for span in spans_up_to(date(CLOSING_YEAR, 12, 1))}:
        raise ShownError(
            _(
                "演示数据只有 {first} 年到 {last} 年的月份。请改 --to-month。",
                first=FIRST_MONTH.year,
                last=CLOSING_YEAR,
            )
        )
    place = store or opened(at=_OPENED)
    refuse_real_data(place)
    now = demo_now(to_month)
    _refuse_other_data(place)
    for key, value in ((DEMO_SCALE, PROVINCE_SCALE), (DEMO_NOW, now.isoformat())):
        if about(place, key) != value:
            set_about(place, key, value, now)
    laid = places(registry(), counties, villages)
    spans = spans_up_to(to_month)
    sent = papers(laid, spans, _names(catalogue()), _last(place), now)
    with place.writing():
        with place.transaction() as cursor:
            clear_leftovers(cursor)
            _write(cursor, laid, spans, sent, tell)
        set_in_force(place, sent, catalogue(), _OPENED)
    return len(laid.villages)


def _refuse_other_data(store: Store) -> None:
    count = store.value(
        "select count(*) from ops.submission "
        "where not list_contains($nobody_sends, statement)",
        {"nobody_sends": list(TABLES)},
    )
    if count:
        raise ShownError(
            _("省级演示只能载入空的文件夹，这里已有数据。请换一个 VILLAGE_VAR 文件夹。")
        )


def _names(entries: Catalogue) -> dict[str, str]:
    return {one: statement.name for one, statement in entries.statements.items()}


def _last(store: Store) -> Numbers:
    """Return the last numbers given out; one more is kept for the places."""
    submission = store.value("select last_no from ops.submission_counter")
    acceptance = store.value("select max(acceptance_no) from ops.acceptance")
    return Numbers(int(submission), int(acceptance) + 1)


def _write(
    cursor: Cursor,
    laid: Places,
    spans: list[Span],
    sent: pd.DataFrame,
    tell: Callable[[str], None],
) -> None:
    fared = standing(laid.villages, _SEED).targets
    first_no = int(sent.loc[sent["acceptance_no"] > 0, "acceptance_no"].min()) - 1
    _write_places(cursor, laid, first_no)
    given_once(cursor, catalogue(), spans)
    by_county = sent.groupby(sent["place_code"].str[:6])
    for number, county in enumerate(laid.counties.itertuples()):
        rows = laid.places_of(str(county.place_code))
        own = by_county.get_group(county.place_code)
        chance = np.random.default_rng([_SEED, number])
        codes = laid.villages["village_code"].iloc[rows].tolist()
        known = facts(
            codes, str(county.place_name), number, _by_year(own, spans), chance
        )
        _write_facts(cursor, known, codes, own, first_no)
        targets = {year: fared[year][rows] for year in _YEARS}
        columns = amounts.stacked(_told(targets, known, spans, chance))
        write_lines(cursor, laid.villages.iloc[rows], columns, own)
        if (number + 1) % _TOLD_EVERY == 0:
            tell(
                _(
                    "已写入 {number} / {count} 个县",
                    number=number + 1,
                    count=len(laid.counties),
                )
            )


def _write_places(cursor: Cursor, laid: Places, first_no: int) -> None:
    counties = laid.counties.assign(from_no=first_no)
    counties.loc[len(counties)] = [PROVINCE, PROVINCE_NAME, first_no]
    insert(cursor, "core.place", counties)
    known = {
        code
        for (code,) in cursor.execute(
            "select village_code from core.village"
        ).fetchall()
    }
    is_new = ~laid.villages["village_code"].isin(known)
    rows = laid.villages[is_new].drop(columns="county_code")
    insert(cursor, "core.village", rows.assign(from_no=first_no))


def _by_year(
    own: pd.DataFrame, spans: list[Span]
) -> dict[tuple[str, int], tuple[int, int]]:
    """Return the numbers of a county's first paper of each statement and year."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for row in own[own["state"] == "accepted"].itertuples():
        year = spans[row.span_no].end.year if row.span_no >= 0 else 0
        numbers = (int(row.submission_no), int(row.acceptance_no))
        found.setdefault((str(row.statement), year), numbers)
    return found


def _write_facts(
    cursor: Cursor, known: Facts, codes: list[str], own: pd.DataFrame, first_no: int
) -> None:
    for table, rows in known.rows.items():
        if len(rows):
            insert(cursor, table, rows.assign(sheet="–", cell="–"))
    held = cursor.execute(
        "select count(*) from core.expected where village_code = $code",
        {"code": codes[0]},
    ).fetchone()
    numbers = own.groupby("statement")["acceptance_no"].min()
    owed = expected_rows(
        # what the real villages owe stands there since the registry was published
        [] if held and held[0] else codes,
        [codes[one] for one in np.flatnonzero(known.capacity_kw)],
        {
            project_id(number): codes[holders[0]]
            for number, _kind, holders, _share in known.projects
        },
        catalogue(),
        SOLAR_FROM,
        (first_no, int(numbers["attributes"]), int(numbers["joint_shares"])),
    )
    insert(cursor, "core.expected", owed)


def _told(
    targets: dict[int, Floats],
    known: Facts,
    spans: list[Span],
    chance: np.random.Generator,
) -> list[amounts.Lines]:
    months = sum(span.months == 1 for span in spans)
    size = len(known.capacity_kw)
    told = amounts.ledgers(targets, months, chance)
    told += amounts.solar(known.capacity_kw, months, chance)
    for number, kind, holders, share in known.projects:
        told += amounts.joint(number, kind, holders, share, spans, chance)
    told += amounts.reports(size, spans)
    return told + amounts.found_by_inventory(size, spans, chance)
