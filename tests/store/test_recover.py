"""Is the store whole again after a fall at any step, with nothing lost or twice?"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from base.errors import ShownError
from base.settings import settings
from etl.door import opened
from etl.rebuild import rebuild
from store import Store, close_all
from store.audit import broken_act
from store.connect import DATABASE
from tests.making import ledger, load, received
from tests.store.falls import AT, MENDING, QUARTER, STEPS

# one worker makes the falls
pytestmark = pytest.mark.xdist_group("falls")

ROOT = Path(__file__).resolve().parents[2]
HESHUN = "410581105200"
FALLS = [*STEPS, *(f"{name}-again" for name in MENDING)]
# From here on the acceptance counts.
TOLD = ("acceptance_told", "settled", "audited")
TIMES = ["1", "2", "3"]
BEFORE = {
    (HESHUN, source, date(2018, 6, 30)): Decimal(amount)
    for source, amount in (("solar", 1), ("cooperative", 2), ("joint_shopfront", 3))
}
AFTER = {
    (HESHUN, source, date(2018, 6, 30)): Decimal(amount)
    for source, amount in (("solar", 100), ("cooperative", 7), ("joint_shopfront", 0))
}


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installations with a ledger of June, each after a fall of its own."""
    folder = tmp_path_factory.mktemp("fallen")
    whole = folder / "whole"
    store = opened(whole, at=datetime(2018, 1, 1, 8))
    load(store, ledger([["河顺", 1, 2, 3]]), datetime(2018, 7, 5, 9))
    close_all()
    for name in FALLS:
        shutil.copytree(whole, folder / "steps" / name)
    for name in TIMES:
        shutil.copytree(whole, folder / "times" / name)
    run = [sys.executable, "-m", "tests.store.falls", str(folder)]
    subprocess.run(run, cwd=ROOT, check=True)
    return folder


@pytest.fixture
def reopened(
    fallen: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """An installation opened again after its fall."""
    monkeypatch.setenv("VILLAGE_VAR", str(fallen / request.param))
    settings.cache_clear()
    yield opened()
    close_all()
    settings.cache_clear()


def numbers_told(store: Store) -> list[int]:
    return [e["number"] for e in store.journal.entries() if "number" in e]


def left_over(store: Store) -> list[str]:
    """Return what stands in the store though no number that is published put it."""
    frame = store.frame(
        """
        with published as (
            select acceptance_no from ops.acceptance where state = 'published'
        )
        select 'row of ' || from_no as what from core.income_period
        where from_no not in (select acceptance_no from published)
        union all
        select 'end by ' || to_no from core.income_period
        where to_no < 9223372036854775807
            and to_no not in (select acceptance_no from published)
        union all
        select 'reserved ' || acceptance_no from ops.acceptance
        where state = 'reserved'
        union all
        select 'line of ' || submission_no from core.income
        where submission_no not in (select submission_no from ops.submission)
        """,
        {},
    )
    return list(frame["what"])


@pytest.mark.parametrize("reopened", [f"steps/{n}" for n in FALLS], indirect=True)
def test_a_fall_at_any_step_loses_nothing_and_leaves_nothing_half_done(
    reopened: Store, request: pytest.FixtureRequest
) -> None:
    store, told = reopened, numbers_told(reopened)
    is_told = any(
        e["kind"] == "acceptance" and e["at"].startswith("2018-08")
        for e in store.journal.entries()
    )
    step = request.node.callspec.id.split("/")[1]
    assert is_told == (step.partition("-")[0] in TOLD)
    assert received(store) == (AFTER if is_told else BEFORE)
    assert store.value("select version_no from ops.version") == max(told)
    assert store.journal.broken_line() is None
    lines_told = store.rows("select journal_line from ops.audit order by audit_no")
    assert [n for (n,) in lines_told] == list(range(1, store.journal.length + 1))
    assert broken_act(store) is None
    assert left_over(store) == []
    noted = store.frame("select submission_no from ops.submission", {})["submission_no"]
    assert set(noted) == {
        e["submission_no"] for e in store.journal.entries() if e["kind"] == "submitted"
    }

    load(store, QUARTER, AT)
    assert received(store) == AFTER
    version = store.value("select version_no from ops.version")
    load(store, QUARTER, AT)
    assert store.value("select version_no from ops.version") == version
    sent = "select count(*), count(distinct sha256) from ops.submission"
    assert store.row(f"{sent} where statement = 'ledger'") == (2, 2)
    assert store.value("select count(*) from core.income") == 6
    assert len(set(numbers_told(store))) == len(numbers_told(store))
    if step in MENDING:
        said: list[str] = []
        assert rebuild(said.append) == 0, said


def test_leftovers_are_found(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    assert left_over(store) == []
    with store.transaction() as cursor:
        cursor.execute("update core.income_period set from_no = 90, to_no = 91")
        cursor.execute("update core.income set submission_no = 92")
    with store.transaction() as cursor:
        cursor.execute("update ops.acceptance set state = 'reserved'")
    assert {"row of 90", "end by 91", "reserved 1", "line of 92"} <= set(
        left_over(store)
    )


@pytest.mark.parametrize("reopened", [f"times/{n}" for n in TIMES], indirect=True)
def test_a_fall_at_any_time_loses_nothing_acknowledged(reopened: Store) -> None:
    acknowledged = int((reopened.folder / "acknowledged").read_text())
    months = {
        end.month: int(amount or 0)
        for (_village, source, end), amount in received(reopened).items()
        if source == "solar" and end.year == 2017
    }
    assert 1 <= acknowledged <= len(months) <= acknowledged + 1
    assert months == {month: month for month in range(1, len(months) + 1)}
    assert left_over(reopened) == []


def test_an_older_database_is_refused_with_the_way_out(var: Path) -> None:
    store = opened()
    close_all()
    shutil.copy(var / DATABASE, var / "older")
    store = opened()
    load(store, ledger([["河顺", 1, 2, 3]]))
    close_all()
    shutil.copy(var / "older", var / DATABASE)
    with pytest.raises(ShownError, match="etl rebuild"):
        opened()
