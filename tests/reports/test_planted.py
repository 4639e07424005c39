"""Does markup or a formula that somebody wrote become one in what is taken away?"""

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest

from base.catalogue import catalogue
from base.clock import SystemClock
from base.meeting import PAPERS
from etl.handed.handover import handover
from office.meetings import meeting_of
from queries import moment_now
from queries.table import Asked
from reports.meeting.papers import Making, makes, shown
from reports.table_file import table_file
from reports.tables import TABLES
from store import Store
from tests.making import BY
from tests.planting import plant

# The tables in which words of people stand.
WORDY = ["actions", "action-owners", "joint-projects", "joint-shares", "source-rents"]
WORDY += ["meeting-actions", "meeting-townships", "matter-contracts"]
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def planted(store: Store) -> tuple[Store, int]:
    return store, plant(store, SystemClock().now() - timedelta(minutes=1))


def sheets_of(content: bytes) -> str:
    """Return the XML of everything in a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(
            package.read(name).decode("utf-8", "replace")
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        )


def assert_no_formula(content: bytes) -> None:
    written = sheets_of(content)
    assert "<f>" not in written
    assert "<hyperlink" not in written
    assert 'Target="http://evil' not in written


def is_number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", cell) is not None


def test_tables_hold_texts_and_no_formulas(planted: tuple[Store, int]) -> None:
    store, meeting = planted
    said = {"meeting": str(meeting)}
    moment = moment_now(store, BY, SystemClock())
    seen = ""
    for table_id in WORDY:
        table = TABLES[table_id]
        target = catalogue().headline()
        asked = Asked(store, BY, moment, target, BY.scope.common, said)
        text = table_file(table, asked, "csv")[1].decode("utf-8-sig")
        book = table_file(table, asked, "xlsx")[1]
        assert_no_formula(book)
        seen += text
        for row in csv.reader(io.StringIO(text)):
            bad = [c for c in row if c.startswith(FORMULAS) and not is_number(c)]
            assert bad == [], table.table_id
    # what was planted did come along, or this proves nothing
    assert "onerror" in seen
    assert "'=HYPERLINK" in seen


def test_papers_of_a_meeting_hold_words(planted: tuple[Store, int]) -> None:
    store, meeting = planted
    held = meeting_of(store, BY, meeting)
    making = Making(store, BY, held, False, SystemClock().now())
    screen = shown(making).decode()
    assert "&lt;img src=x" in screen
    assert "<img" not in screen
    assert screen.count("<script>") == 1
    made = {paper.kind: paper for paper in makes(making, list(PAPERS), [])}
    assert len(made) >= 4
    for paper in made.values():
        if paper.content.startswith(b"PK"):
            assert_no_formula(paper.content)
            assert "&lt;img" in sheets_of(paper.content), paper.name
        elif paper.content.startswith(b"%PDF"):
            assert b"/URI" not in paper.content
            assert b"/JavaScript" not in paper.content
            assert b"evil.example/x.png" not in paper.content


def test_a_handover_holds_words(planted: tuple[Store, int]) -> None:
    store, _meeting = planted
    content = handover(store, BY, "planted", SystemClock())[1]
    assert_no_formula(content)
