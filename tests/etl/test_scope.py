"""Does nothing come in of places that are not the sender's, and is nothing told?"""

from pathlib import Path

import pytest

from base.viewer import Viewer
from etl.check import Checked
from etl.door import Loaded, load_file
from etl.said import as_json
from etl.scope import managers_of, within_scope
from etl.submission import place_of
from store import Store
from tests.etl.people import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    OFFICE,
    OTHER_SECRETARY,
    OTHER_TOWNSHIP,
    RENCUN,
    SECRETARY,
    TOWNSHIP,
    person,
)
from tests.etl.statements.grids import (
    ATTRIBUTES,
    CONTRACT,
    INVENTORY,
    JOINT,
    ROSTER,
    SHARES,
    read,
    with_cell,
)
from tests.etl.telling import sheets
from tests.making import NOW, Grid, checked, codes_of, ledger, load, received, xlsx

GRID = ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]])
PAPERS = {
    "ledger": GRID,
    "attributes": ATTRIBUTES,
    "inventory": INVENTORY,
    "contract": CONTRACT,
    "roster": ROSTER,
}


def villages(found: Checked) -> set[str]:
    """Return the villages that a file speaks of, in lines and in facts."""
    return {
        code
        for rows in (found.rows, *found.facts.values())
        for code in rows["village_code"].to_pylist()
    }


def sent(store: Store, content: bytes, by: Viewer) -> Loaded:
    return load_file(store, content, "表.xlsx", by, NOW)


@pytest.mark.parametrize("name", PAPERS)
def test_lines_and_facts_of_other_villages_are_held_back(name: str) -> None:
    found = read(PAPERS[name])
    kept = within_scope(found, SECRETARY)
    assert villages(kept) == {LIUQUAN}
    assert codes_of(kept.findings) == ["out_of_scope"] * len(kept.findings)
    assert kept.findings[0].cell
    assert kept.findings[0].found == ""
    assert kept.rows.num_rows + kept.rejected == found.rows.num_rows
    of_village = sum(code == LIUQUAN for code in found.rows["village_code"].to_pylist())
    assert kept.rows.num_rows == of_village


@pytest.mark.parametrize("name", PAPERS)
def test_what_lies_inside_passes_as_it_is(name: str) -> None:
    found = read(PAPERS[name])
    assert within_scope(found, OFFICE) is found
    nobody = within_scope(found, person("secretary"))
    assert (nobody.rows.num_rows, nobody.facts) == (0, {})


def test_lines_of_several_sheets_and_of_none() -> None:
    found = checked(sheets(GRID, ledger([["东里", 1, 2, 3]]), ATTRIBUTES))
    assert villages(within_scope(found, OTHER_SECRETARY)) == {DONGLI}
    assert villages(within_scope(found, TOWNSHIP)) == {HESHUN, LIUQUAN, DONGLI}
    empty = checked(xlsx(ledger([["河顺", "约10", "", ""]])))
    assert within_scope(empty, SECRETARY) is empty


def test_a_code_is_inside_only_digit_by_level() -> None:
    found = checked(xlsx(GRID))
    assert villages(within_scope(found, person("secretary", HESHUN))) == {HESHUN}
    assert villages(within_scope(found, OTHER_TOWNSHIP)) == set()


def test_nothing_stored_is_told_of_other_places(store: Store) -> None:
    year = ledger([["河顺", 777, 0, 0]], title="河顺镇2018年3-6月收入台账")
    crossing = ledger(
        [["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]], title="河顺镇2018年1-4月收入台账"
    )
    empty = sent(store, xlsx(crossing), SECRETARY).checked
    load(store, year)
    load(store, ledger([["河顺", 888, 0, 0]], title="河顺镇2018年1-4月收入台账"))
    full = sent(store, xlsx(crossing), SECRETARY).checked
    assert as_json([full]) == as_json([empty])
    assert set(codes_of(full.findings)) == {"out_of_scope"}
    # the same lines do cross for who may see them
    told = sent(store, xlsx(crossing), TOWNSHIP).checked
    assert "period_crosses" in codes_of(told.findings)


def test_checks_against_the_store_see_only_what_is_inside(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []

    def looks(_store: Store, found: Checked, *_given: object) -> Checked:
        seen.append(villages(found))
        return found

    for check in ("without_locked", "without_crossing", "compared"):
        monkeypatch.setattr(f"etl.door.{check}", looks)
    sent(store, xlsx(GRID), SECRETARY)
    assert seen == [{LIUQUAN}] * 3


def test_who_manages_a_project_sends_its_income_and_its_shares(store: Store) -> None:
    for grid in (SHARES, JOINT):
        loaded = sent(store, xlsx(grid), SECRETARY)
        assert {f.code for f in loaded.checked.findings if f.is_error} == set()
        assert loaded.submission is not None
        assert loaded.submission.state == "submitted"
    assert set(read(SHARES).facts) == {"project", "share", "expected"}


@pytest.mark.parametrize("grid", [SHARES, JOINT])
@pytest.mark.parametrize("by", [OTHER_SECRETARY, OTHER_TOWNSHIP])
def test_who_only_holds_shares_sends_neither(
    store: Store, grid: Grid, by: Viewer
) -> None:
    loaded = sent(store, xlsx(grid), by)
    assert codes_of(loaded.checked.findings) == ["out_of_scope"]
    assert (loaded.checked.rows.num_rows, loaded.checked.facts) == (0, {})
    assert loaded.submission is None


@pytest.mark.parametrize("grid", [SHARES, JOINT])
def test_saying_so_does_not_make_a_manager(store: Store, grid: Grid) -> None:
    load(store, SHARES)
    first = 2 if grid is SHARES else 3
    stolen = grid
    for row in range(first, len(grid)):
        stolen = with_cell(stolen, row, 4, "东里")
    assert managers_of(store, read(stolen)) == {"L01": LIUQUAN}
    loaded = sent(store, xlsx(stolen), OTHER_SECRETARY)
    assert codes_of(loaded.checked.findings) == ["out_of_scope"]
    assert "承办" in loaded.checked.findings[0].message
    assert loaded.submission is None
    assert sent(store, xlsx(stolen), OFFICE).submission is not None


def test_a_file_wholly_outside_leaves_nothing(store: Store, var: Path) -> None:
    files = sorted((var / "vault").rglob("*"))
    before = (store.journal.length, received(store))
    loaded = sent(store, xlsx(GRID), OTHER_TOWNSHIP)
    assert loaded.submission is None
    assert set(codes_of(loaded.checked.findings)) == {"out_of_scope"}
    assert (store.journal.length, received(store)) == before
    assert sorted((var / "vault").rglob("*")) == files


def test_what_could_not_be_read_is_kept_for_a_look(store: Store) -> None:
    grid = ledger([["河顺", 1, 2, 3], ["柳泉", "约4", "", ""]])
    loaded = sent(store, xlsx(grid), SECRETARY)
    assert loaded.submission is not None
    assert loaded.checked.rows.num_rows == 0
    assert store.vault.original(loaded.checked.sha256) == xlsx(grid)


@pytest.mark.parametrize(
    ("grid", "place"),
    [
        (ledger([["柳泉", 4, 5, 6]]), LIUQUAN),
        (GRID, "410581105"),
        (ATTRIBUTES, "410581"),
        (SHARES, "410581"),
        (ledger([["柳泉", "约4", "", ""]]), ""),
    ],
)
def test_the_place_of_a_file_holds_all_that_it_tells(grid: Grid, place: str) -> None:
    assert place_of(checked(xlsx(grid))) == place
    assert RENCUN.startswith(place_of(read(SHARES)))
