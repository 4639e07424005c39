"""Are names compared as people mean them, and never by what they contain?"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from etl.registry import (
    Alias,
    Registry,
    Village,
    registry,
    township_key,
    village_key,
)

DAY = date(2018, 6, 30)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("柳泉村", "柳泉"),
        ("柳泉", "柳泉"),
        ("柳泉村民委员会", "柳泉"),
        ("柳泉村村民委员会", "柳泉"),
        ("柳泉村委会", "柳泉"),
        ("石村", "石村"),
        ("石村村委会", "石村"),
        ("石", "石"),
        ("上庄村", "上庄"),
        ("上庄村村", "上庄村"),
        ("开元社区居委会", "开元社区"),
        (" 石　村 ", "石村"),
    ],
)
def test_a_village_is_compared_by_its_key(name: str, key: str) -> None:
    assert village_key(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("河顺镇", "河顺"),
        ("河顺", "河顺"),
        ("开元街道办事处", "开元"),
        ("城郊乡", "城郊"),
    ],
)
def test_a_township_is_compared_without_its_kind(name: str, key: str) -> None:
    assert township_key(name) == key


def test_the_shipped_list_is_whole() -> None:
    shipped = registry()
    assert (len(shipped.villages), len(shipped.townships)) == (589, 20)
    for code, village in shipped.villages.items():
        assert len(code) == 12
        assert code.startswith(village.township_code)
        assert village_key(village.official_name) == village_key(village.short_name)


def test_township_and_village_together_are_unique() -> None:
    shipped = registry()
    assert {len(villages) for villages in shipped.in_township.values()} == {1}
    doubled = Counter({key: len(v) for key, v in shipped.by_key.items() if len(v) > 1})
    assert doubled["上庄"] == 4
    assert doubled["河西"] == doubled["郭家庄"] == 3
    assert len(doubled) == 16


def test_shipped_aliases_point_to_villages() -> None:
    shipped = registry()
    aliases = [alias for group in shipped.aliases.values() for alias in group]
    assert {alias.village_code for alias in aliases} <= set(shipped.villages)
    assert {alias.key for alias in aliases} >= {"其林台", "庙荒"}


def test_an_alias_holds_on_its_days_and_in_its_township() -> None:
    village = Village(
        "410581116206", "庙荒村民委员会", "庙荒", "410581116", "黄华镇", ""
    )
    alias = Alias(
        "老庙", "城郊", village.village_code, date(2018, 1, 1), date(2018, 12, 31)
    )
    own = Registry([village], [alias])
    assert own.aliased("老庙", "城郊乡", DAY) == [village]
    assert own.aliased("老庙", "黄华镇", DAY) == []
    assert own.aliased("老庙", "城郊乡", date(2017, 12, 31)) == []
    assert own.aliased("老庙", "城郊乡", date(2019, 1, 1)) == []
    assert (own.is_dated("老庙村"), own.is_dated("庙荒")) == (True, False)


def test_an_old_code_leads_to_the_new_one() -> None:
    village = Village(
        "410581116206", "庙荒村民委员会", "庙荒", "410581116", "黄华镇", ""
    )
    own = Registry([village], code_changes={"410581201206": "410581116206"})
    assert own.village("410581201206") == own.village("410581116206") == village
    assert own.village("410581999999") is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("河顺镇柳泉村", ("河顺镇", "柳泉村")),
        ("林州市河顺镇 柳泉村", ("河顺镇", "柳泉村")),
        ("河顺镇", ("", "河顺镇")),
        ("柳泉村", ("", "柳泉村")),
        ("原河顺镇柳泉", ("", "原河顺镇柳泉")),
    ],
)
def test_a_township_before_a_name_is_parted(text: str, parts: tuple[str, str]) -> None:
    assert registry().parted(text) == parts


def test_a_registry_is_read_from_its_files(tmp_path: Path) -> None:
    (tmp_path / "villages.csv").write_text(
        "\ufeffvillage_code,official_name,short_name,township_code,township_name,kind\n"
        "410581116206,庙荒村民委员会,庙荒,410581116,黄华镇,village\n",
        encoding="utf-8",
    )
    (tmp_path / "aliases.csv").write_text(
        "alias,alias_township,village_code,from_date,to_date,source\n"
        "老庙,,410581116206,2018-01-01,,信\n",
        encoding="utf-8",
    )
    own = registry(tmp_path)
    assert list(own.villages) == ["410581116206"]
    assert own.aliased("老庙", "", DAY) == [own.villages["410581116206"]]
    assert own.aliased("老庙", "", date(2017, 12, 31)) == []
