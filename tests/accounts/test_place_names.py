"""Is the village found that a list means, and never another?"""

import pytest

from accounts.place_names import (
    Places,
    place_names,
    places_in,
    township_key,
    village_key,
)
from base.errors import ShownError
from store import Store
from tests.accounts.people import TOWNSHIP


@pytest.fixture
def places(store: Store) -> Places:
    with store.transaction() as cursor:
        return places_in(cursor)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("柳泉村", "柳泉"),
        ("柳 泉村村民委员会", "柳泉"),
        ("开元社区居民委员会", "开元社区"),
        ("石村", "石村"),
        ("村委会", "村委会"),
    ],
)
def test_villages_are_compared_without_their_ending(name: str, key: str) -> None:
    assert village_key(name) == key


@pytest.mark.parametrize(
    ("name", "key"), [("河顺镇", "河顺"), ("开元街道办事处", "开元"), ("镇", "镇")]
)
def test_townships_are_compared_without_their_ending(name: str, key: str) -> None:
    assert township_key(name) == key


@pytest.mark.parametrize(
    ("text", "township"),
    [
        ("410581105201", ""),
        ("柳泉", "河顺镇"),
        ("柳泉村", "河顺"),
        ("河顺镇柳泉村", ""),
        ("河顺柳泉", ""),
        ("林州市 河顺镇 柳泉", ""),
    ],
)
def test_a_village_is_found(places: Places, text: str, township: str) -> None:
    code = places.code_of(text, True, township)
    assert places.names.get(code, code).startswith(("河顺镇", "4105"))
    assert code[:9] == TOWNSHIP


def test_every_village_is_found_by_township_and_name(places: Places) -> None:
    villages = {code: name for code, name in places.names.items() if len(code) == 12}
    assert len(villages) == 589
    assert {
        code: places.code_of(name, True) for code, name in villages.items()
    } == dict(zip(villages, villages, strict=True))


@pytest.mark.parametrize(
    ("text", "is_village", "message"),
    [
        ("上庄", True, "不止一个"),
        ("没有这个村", True, "没有村"),
        ("柳", True, "没有村"),
        ("横水镇河顺镇", True, "没有村"),
        ("没有镇", False, "没有乡镇"),
        ("柳泉村", False, "没有乡镇"),
    ],
)
def test_what_is_not_sure_is_not_found(
    places: Places, text: str, is_village: bool, message: str
) -> None:
    with pytest.raises(ShownError, match=message):
        places.code_of(text, is_village)


def test_townships_and_the_city_are_found(places: Places) -> None:
    assert places.code_of("河顺镇", False) == TOWNSHIP
    assert places.code_of("河顺", False) == TOWNSHIP
    assert places.code_of("全市", False) == "410581"


def test_each_place_has_a_name(store: Store) -> None:
    names = place_names(store)
    assert (names["CN"], names["410581"], names[TOWNSHIP]) == (
        *("全国", "林州市", "河顺镇"),
    )
    assert names["410581105200"] == "河顺镇河顺"
    assert len(names) == 1 + 1 + 20 + 589
