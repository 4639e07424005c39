"""Does a seed draw the same villages for good, and the risky ones more often?"""

import math
from collections import Counter
from datetime import date, timedelta

import pytest

from base.errors import ShownError
from base.rules import rules
from base.viewer import operator
from office.matters import step
from office.spot_checks import MOST, key_of, sample
from store import Store
from tests.making import NOW
from tests.office.deciding import of
from tests.queries.asking import HESHUN, LIUQUAN, TOWNSHIP, moment, tell
from tests.queries.checks.hitting import month

OFFICE = operator("专班")
NEXT = (NOW + timedelta(days=1)).date()


@pytest.fixture
def known(store: Store) -> Store:
    """A year's ledger of two villages; 河顺 has a gap besides, 柳泉 has none."""
    tell(store, *(month(LIUQUAN, n, 9_000, "contracting") for n in range(1, 11)))
    tell(store, *(month(HESHUN, n, 1, "contracting") for n in range(1, 11)))
    return store


def codes(store: Store, seed: str = "一", day: date = NEXT, count: int = 10) -> list:
    found = sample(store, OFFICE, day, seed, count)
    assert list(found["draw_no"]) == list(range(1, len(found) + 1))
    return list(found["village_code"])


def test_the_same_seed_draws_the_same_and_another_others(known: Store) -> None:
    first = codes(known)
    assert len(first) == len(set(first)) == 10
    assert codes(known) == first
    assert codes(known, count=4) == first[:4]
    assert codes(known, "二") != first


def test_what_comes_later_changes_no_draw(known: Store) -> None:
    first = codes(known)
    later = NOW + timedelta(days=2)
    tell(known, month(LIUQUAN, 11, 1, "contracting"), at=later)
    when = moment(known, date(2018, 10, 31), later)
    step(known, OFFICE, when, f"gap_large~{HESHUN}~2018", "closed", "已核", later)
    assert codes(known) == first


def test_weights_are_what_the_page_says(known: Store) -> None:
    found = sample(known, of("township", TOWNSHIP), NEXT, "一", MOST)
    by_code = found.set_index("village_code")
    assert len(found) == 41
    assert set(found["township_code"]) == {TOWNSHIP}
    gap, last = rules()["gap_large"].weight, by_code.loc[LIUQUAN]
    assert by_code.loc[HESHUN, "reasons"] == "缺口过大"
    # of two with income the larger has rank 1, the other one half
    assert last["weight"] == pytest.approx(0.25 + 0.5)
    assert by_code.loc[HESHUN, "weight"] == pytest.approx(0.25 + gap + 0.25)
    silent = by_code.drop([HESHUN, LIUQUAN])
    due = silent["due_count"] > 0
    assert due.all() and (silent["reported_count"] == 0).all()
    assert silent["weight"].iloc[0] == pytest.approx(
        0.25 + 5 + rules()["no_report"].weight
    )


def test_chances_go_by_weight() -> None:
    """Of two villages, the one with thrice the weight is drawn first three in four."""
    first = Counter(
        max(("重", 3.0), ("轻", 1.0), key=lambda one: key_of(str(n), one[0], one[1]))[0]
        for n in range(4_000)
    )
    assert first["重"] / 4_000 == pytest.approx(0.75, abs=0.02)


def test_a_key_is_the_published_one() -> None:
    """The logarithm of u ** (1 / weight), the same on every machine."""
    key = key_of("20181116", HESHUN, 2.0)
    assert key == key_of("20181116", HESHUN, 1.0) / 2
    assert 0 < math.exp(key) < 1
    assert key == pytest.approx(KEY, rel=1e-12)


KEY = -0.13967479952254122


@pytest.mark.parametrize(("count", "drawn"), [(0, 0), (-3, 0), (1, 1), (999, MOST)])
def test_no_more_are_drawn_than_people_can_visit(
    known: Store, count: int, drawn: int
) -> None:
    assert len(codes(known, count=count)) == drawn


def test_a_draw_is_of_the_own_places(known: Store) -> None:
    for by in (of("secretary", HESHUN), of("department", HESHUN), of("admin")):
        with pytest.raises(ShownError, match="不能看"):
            sample(known, by, NEXT, "一", 5)
    assert sample(known, of("office", "410522"), NEXT, "一", 5).empty
