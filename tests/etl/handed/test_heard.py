"""Does a seal say when a template comes back with what it was not made for?"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from base.catalogue import Catalogue, catalogue
from base.clock import FixedClock
from etl.check import Checked, check
from etl.door import NO_ANSWERS, check_file, load_file
from etl.handed.layout import version_of
from etl.handed.seal import key_of, seal_of
from etl.handed.template import template
from etl.registry import Registry, registry
from store import Store
from tests.etl.handed.filling import (
    DONGLI,
    LIUQUAN,
    TOWNSHIP,
    edited,
    filled,
    place_of,
    sender,
)
from tests.etl.handed.telling import bearing
from tests.making import BY, NOW, TODAY, codes_of

JUNE = date(2018, 6, 1)


@pytest.fixture
def village(store: Store) -> bytes:
    """The template of 柳泉, with one amount."""
    blank = template(store, sender("secretary", LIUQUAN), LIUQUAN, JUNE, NOW)[1]
    return filled(blank, {place_of(blank, "光伏富村"): 5})


@pytest.fixture
def township(store: Store) -> bytes:
    """The template of 河顺镇, with one amount of 柳泉."""
    blank = template(store, sender("township", TOWNSHIP), TOWNSHIP, JUNE, NOW)[1]
    return filled(blank, {place_of(blank, "柳泉", "光伏富村"): 5})


def put(content: bytes, **cells: Any) -> bytes:
    """Change cells that are locked, as a person does who takes the lock off."""

    def change(book: Any) -> None:
        for cell, value in cells.items():
            book["填报"][cell] = value

    return edited(content, change)


def resealed(content: bytes, **values: str) -> bytes:
    """Change what a seal says."""

    def change(book: Any) -> None:
        for name, value in values.items():
            book.custom_doc_props[f"village_template_{name}"].value = value

    return edited(content, change)


def hear(content: bytes, key: bytes | None, entries: Catalogue) -> Checked:
    return check(content, "台账.xlsx", "", NO_ANSWERS, registry(), entries, TODAY, key)


def door(content: bytes, name: str = "台账.xlsx") -> Checked:
    return check_file(content, name, NO_ANSWERS, FixedClock(NOW))


def test_a_village_elsewhere_is_held_back(village: bytes) -> None:
    strange = put(village, A5=DONGLI, B5="东里", E5=7, E6=8, A6=DONGLI, B6="东里")
    found = door(strange)
    [finding] = found.findings
    assert (finding.code, finding.is_error) == ("seal_place", True)
    assert (finding.sheet, finding.cell, finding.found) == ("填报", "E5", "河顺镇东里")
    assert "是给河顺镇柳泉的" in finding.message
    assert "它自己的样表" in finding.message
    assert found.rejected == 2
    assert found.rows["village_code"].to_pylist() == [LIUQUAN]


def test_a_township_holds_its_villages_and_no_others(township: bytes) -> None:
    assert door(township).findings == []
    strange = put(township, A5="410581001001", B5="开元社区", C5=9)
    [finding] = door(strange).findings
    assert (finding.code, finding.found) == ("seal_place", "开元街道开元社区")
    assert "是给河顺镇的" in finding.message


def test_a_place_is_known_by_its_former_code() -> None:
    villages = list(registry().villages.values())
    former = Registry(villages, code_changes={"410581105299": LIUQUAN})
    content = bearing("410581105299")
    given = (content, "台账.xlsx", "", NO_ANSWERS)
    assert check(*given, former, catalogue(), TODAY).findings == []
    [finding] = check(*given, registry(), catalogue(), TODAY).findings
    assert "是给410581105299的" in finding.message


def test_a_seal_that_was_changed_is_told_and_not_gone_by(village: bytes) -> None:
    [finding] = door(resealed(village, place=DONGLI)).findings
    assert (finding.code, finding.is_error) == ("seal_broken", False)
    assert "重新下载样表" in finding.message
    assert finding.sheet == finding.cell == ""


def test_another_installation_s_seal_is_told(store: Store, village: bytes) -> None:
    assert hear(village, key_of(store.folder), catalogue()).findings == []
    other = hear(village, b"o" * 32, catalogue())
    assert codes_of(other.findings) == ["seal_broken"]
    assert other.rows.num_rows == 1


def test_the_key_is_that_of_the_store(
    store: Store, village: bytes, tmp_path: Path
) -> None:
    (store.folder / "run" / "seal.key").replace(tmp_path / "seal.key")
    key_of(store.folder)
    name = "台账.xlsx"
    loaded = load_file(store, village, name, BY, NOW)
    assert codes_of(loaded.checked.findings) == ["seal_broken"]
    elsewhere = check_file(village, name, NO_ANSWERS, FixedClock(NOW), tmp_path)
    assert elsewhere.findings == []


def test_without_a_key_only_what_can_be_known_is_told(village: bytes) -> None:
    assert hear(village, None, catalogue()).findings == []
    changed = hear(resealed(village, place=DONGLI), None, catalogue())
    assert codes_of(changed.findings) == ["seal_place"]


def renamed(**names: str) -> Catalogue:
    """Return the catalogue with sources that bear other names."""
    entries = catalogue()
    sources = {
        key: source.model_copy(update={"name": names.get(key, source.name)})
        for key, source in entries.sources.items()
    }
    return entries.model_copy(update={"sources": sources})


def test_an_old_template_is_told_where_its_words_changed(village: bytes) -> None:
    changed = renamed(solar="光伏发电")
    [finding] = hear(village, None, changed).findings
    assert (finding.code, finding.is_error) == ("template_old", False)
    assert "重新下载样表" in finding.message
    other_limits = catalogue().model_copy(update={"fingerprint": "other"})
    assert hear(village, None, other_limits).findings == []
    seal = seal_of(village)
    assert seal is not None
    assert version_of(catalogue()) == seal.version != version_of(changed)


@pytest.mark.parametrize("paper", ["village", "township"])
def test_the_seal_answers_where_the_title_is_gone(
    paper: str, request: pytest.FixtureRequest
) -> None:
    content = put(request.getfixturevalue(paper), A1="台账")
    found = door(content)
    assert found.findings == []
    [row] = found.rows.to_pylist()
    assert (row["village_code"], row["period_start"]) == (LIUQUAN, JUNE)


def test_the_seal_names_the_township_of_bare_names(township: bytes) -> None:
    bare = put(
        township, A1="台账", A3="序号", **{f"A{row}": "" for row in range(5, 60)}
    )
    strange = put(bare, B5="上庄", C5=3)
    assert codes_of(door(strange).findings) == ["village_unknown"]
    [row] = door(bare).rows.to_pylist()
    assert row["village_code"] == LIUQUAN


def test_what_the_sheet_says_goes_before_the_seal(village: bytes) -> None:
    of_may = put(village, A1="林州市河顺镇柳泉村2018年5月收入台账")
    [row] = door(of_may).rows.to_pylist()
    assert row["period_start"] == date(2018, 5, 1)
    other_year = put(village, A1="河顺镇柳泉村2017年收入台账")
    assert codes_of(door(other_year).findings) == ["period_missing"]


def test_a_sheet_of_one_s_own_says_itself_when_it_was(village: bytes) -> None:
    def add(book: Any) -> None:
        sheet = book.create_sheet("附表")
        for row in (["村名", "补助收入（元）"], ["柳泉", 9]):
            sheet.append(row)

    found = door(edited(village, add))
    assert codes_of(found.findings) == ["period_missing"]
    assert found.rows.num_rows == 1


def test_a_month_that_disagrees_with_the_file_s_name_is_asked_for(
    village: bytes,
) -> None:
    found = door(village, "2018年7月.xlsx")
    assert codes_of(found.findings) == ["period_conflict"]
