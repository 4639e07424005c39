"""Is an amount marked that is unlike what is usual, and nothing that is like it?"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from base.month import add_months, last_day
from base.place import Scope
from base.viewer import Viewer, system_viewer
from etl.accept import accept
from etl.registry import registry
from etl.unusual import COPY, FIRST, PAST, PEERS, SEASON, Unusual, unusual
from store import Store
from tests.making import BY, NOW, lines, send

HESHUN, LIUQUAN, DONGLI = "410581105200", "410581105201", "410581105202"
# What a plant brings through the year, in per cent of a good month.
SUN = (45, 52, 75, 90, 100, 98, 88, 85, 72, 60, 48, 40)
START = date(2016, 1, 1)
Line = tuple[str, str, date, date, str | None, str | None]


def of_month(number: int) -> tuple[date, date]:
    """Return the first and last day of a month counted from the start."""
    first = add_months(START, number)
    return first, last_day(first)


def paid(village: str, number: int, amount: object, source: str = "solar") -> Line:
    return (village, source, *of_month(number), None, str(amount))


def series(
    village: str, amounts: Iterable[object], source: str = "solar"
) -> list[Line]:
    return [paid(village, n, amount, source) for n, amount in enumerate(amounts)]


def known(store: Store, said: Sequence[Line]) -> None:
    accept(store, send(store, lines(*said)), BY, NOW)


def marked(
    store: Store, *said: Line, viewer: Viewer | None = None, version: int | None = None
) -> list[Unusual]:
    number = version or int(store.value("select version_no from ops.version"))
    return unusual(store, lines(*said), viewer or system_viewer(), number)


def reasons(found: list[Unusual]) -> dict[str, str]:
    return {one.village_code: one.reason_code for one in found}


def villages(count: int, township: str = "410581105") -> list[str]:
    codes = sorted(c for c in registry().villages if c.startswith(township))
    assert len(codes) >= count
    return codes[:count]


def sunny(places: Sequence[str], months: Iterable[int]) -> list[Line]:
    """Return what plants of several sizes bring, uneven as weather is."""
    return [
        paid(village, n, (8 + 3 * place) * SUN[n % 12] * (90 + 7 * (n * place % 4)))
        for n in months
        for place, village in enumerate(places)
    ]


def times(said: Sequence[Line], factor: int | Decimal) -> list[Line]:
    return [(*one[:5], str(Decimal(one[5] or 0) * factor)) for one in said]


@pytest.mark.parametrize("is_whole_file", [True, False])
def test_the_seasons_of_the_sun_are_not_unusual(
    store: Store, is_whole_file: bool
) -> None:
    places = villages(8)
    year = sunny(places, range(18))
    if is_whole_file:
        assert marked(store, *year) == []
    known(store, year)
    for n in range(18, 24):
        assert marked(store, *sunny(places, [n])) == []


def test_a_slip_in_one_village_is_marked_and_a_wrong_unit_in_all(
    store: Store,
) -> None:
    places = villages(8)
    known(store, sunny(places, range(18)))
    month = sunny(places, [18])
    for slip in (Decimal(10), Decimal("0.1"), Decimal(10_000)):
        for n, village in list(enumerate(places))[::3]:
            file = [*month[:n], *times(month[n : n + 1], slip), *month[n + 1 :]]
            assert reasons(marked(store, *file)) == {village: PAST}
    in_wan = marked(store, *times(month, 10_000))
    assert reasons(in_wan) == dict.fromkeys(places, PAST)


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        (
            "12000",
            "本村近5期中位数 1,200 元，这次 12,000 元，是它的 10 倍。请核对。",
        ),
        ("120", "本村近5期中位数 1,200 元，这次 120 元，是它的 1/10。请核对。"),
        ("4700", ""),
        ("400", ""),
        ("0", ""),
    ],
)
def test_unlike_its_own_past(store: Store, amount: str, reason: str) -> None:
    known(store, series(HESHUN, [1100, 1200, 1250, 1300, 1150]))
    found = marked(store, paid(HESHUN, 5, amount))
    assert [one.reason for one in found] == ([reason] if reason else [])


def test_an_entry_says_where_it_stands(store: Store) -> None:
    known(store, series(HESHUN, [1100, 1200, 1250, 1300, 1150]))
    file = [paid(LIUQUAN, 5, 5), paid(HESHUN, 5, 12_000)]
    (found,) = marked(store, *file)
    assert (found.village_name, found.township_name) == ("河顺", "河顺镇")
    kind = (found.source_id, found.statement, found.project_id, found.line_kind)
    assert kind == ("solar", "ledger", "–", "income")
    assert (found.period_start, found.period_end) == of_month(5)
    assert (found.sheet, found.cell) == ("Sheet1", "B5")
    assert (found.measure, found.amount_yuan) == ("received", Decimal(12_000))


def test_a_short_past_speaks_only_of_the_unheard(store: Store) -> None:
    known(store, series(HESHUN, [1000, 1200, 1100]))
    assert reasons(marked(store, paid(HESHUN, 3, 7_300))) == {HESHUN: PAST}
    known(store, series(LIUQUAN, [6_100, 6_000]))
    assert reasons(marked(store, paid(LIUQUAN, 2, 990))) == {LIUQUAN: PAST}
    assert marked(store, paid(LIUQUAN, 2, 1_010)) == []


@pytest.mark.parametrize(
    ("past", "amount"),
    [
        ([100, 90, 110, 100, 95], 900),  # too little money
        ([1000, 1200, 1100], 7_000),  # too short a past
        ([1000, 40_000, 1100, 900, 50_000, 1000], 55_000),  # seen before
        ([300, 9_000, 2_000, 700, 20_000], 27_000),  # never twice the like
        ([0, 0, 0, 0, 0, 0], 50_000),  # a payment after nothing
    ],
)
def test_what_its_own_past_does_not_speak_against(
    store: Store, past: list[int], amount: int
) -> None:
    known(store, series(HESHUN, past))
    assert marked(store, paid(HESHUN, len(past), amount)) == []


def test_months_of_one_file_are_a_past_too(store: Store) -> None:
    year = series(HESHUN, [1000, 1100, 1200, 1300, 12_000, 1250])
    (found,) = marked(store, *year)
    assert (found.period_start, found.reason_code) == (of_month(4)[0], PAST)


def test_only_papers_and_periods_of_one_kind_are_compared(store: Store) -> None:
    known(store, series(HESHUN, [1000, 1100, 1200, 1300, 1100]))
    year = (HESHUN, "solar", date(2017, 1, 1), date(2017, 12, 31), None, "13000")
    assert marked(store, year) == []
    month = lines(paid(HESHUN, 5, 13_000))
    place = month.schema.get_field_index("statement")
    other = month.set_column(place, "statement", pa.array(["detail"]))
    now = int(store.value("select version_no from ops.version"))
    assert unusual(store, other, system_viewer(), now) == []
    assert len(unusual(store, month, system_viewer(), now)) == 1


def test_what_is_due_is_compared_where_nothing_is_received(store: Store) -> None:
    def owed(number: int, due: int, received: str | None) -> Line:
        return (HESHUN, "solar", *of_month(number), str(due), received)

    known(store, [owed(n, 1000 + n, "50") for n in range(5)])
    assert [one.measure for one in marked(store, owed(5, 10_000, None))] == ["due"]
    assert marked(store, owed(5, 10_000, "50")) == []


def test_what_others_show_as_well_is_usual_unless_it_is_a_unit(store: Store) -> None:
    places = villages(7)
    known(store, [one for v in places for one in series(v, [1000, 1100, 900, 1000])])
    late_subsidy = [paid(village, 4, 9_000) for village in places]
    assert marked(store, *late_subsidy) == []
    assert reasons(marked(store, *late_subsidy[:5])) == dict.fromkeys(places[:5], PAST)
    known(store, late_subsidy[1:])
    assert marked(store, late_subsidy[0]) == []
    in_wan = [paid(village, 4, 10_000_000) for village in places]
    assert reasons(marked(store, *in_wan)) == dict.fromkeys(places, PAST)


TERMS = [800 + 10 * (n % 7) + (8_000 if n % 12 in (2, 8) else 0) for n in range(32)]


def test_unlike_its_season(store: Store) -> None:
    """Money of a term in the holidays: not the most ever, and not then."""
    known(store, series(HESHUN, TERMS[:30], "kindergarten"))
    found = marked(store, paid(HESHUN, 30, 8_900, "kindergarten"))
    assert reasons(found) == {HESHUN: SEASON}
    assert found[0].reason.startswith("按往年2个同期推算约 ")
    assert marked(store, paid(HESHUN, 30, 1_500, "kindergarten")) == []


def test_like_its_season(store: Store) -> None:
    known(store, series(HESHUN, TERMS[:8], "kindergarten"))
    assert reasons(marked(store, paid(HESHUN, 8, 12_000, "kindergarten"))) == {
        HESHUN: PAST
    }
    known(store, series(HESHUN, TERMS[:20], "kindergarten"))
    assert marked(store, paid(HESHUN, 20, 12_000, "kindergarten")) == []


@pytest.mark.parametrize(
    ("own", "amount", "reason_code"),
    [
        ([9_000], 30_000, PEERS),
        ([500], 100, PEERS),
        ([9_000], 20_000, None),
        ([20_000], 30_000, None),
        ([], 20_000, FIRST),
        ([], 100, None),
        ([], 20, FIRST),
        ([], 9_000, None),
    ],
)
def test_unlike_its_peers(
    store: Store, own: list[int], amount: int, reason_code: str | None
) -> None:
    others = [v for v in villages(7) if v != HESHUN]
    known(
        store,
        [
            *series(HESHUN, own),
            *(paid(village, 4, 1_900 + 40 * n) for n, village in enumerate(others)),
        ],
    )
    found = marked(store, paid(HESHUN, 4, amount))
    assert [one.reason_code for one in found] == ([reason_code] if reason_code else [])
    assert all("河顺镇7个村（含本村）同期中位数 " in one.reason for one in found)


def test_few_peers_of_the_township_are_those_of_all_that_one_sees(
    store: Store,
) -> None:
    far = villages(5, "410581101")
    known(store, [paid(village, 4, 2_000) for village in far[:4]])
    assert marked(store, paid(HESHUN, 4, 50_000)) == []
    known(store, [paid(far[4], 4, 2_000)])
    found = marked(store, paid(HESHUN, 4, 50_000))
    assert reasons(found) == {HESHUN: FIRST}
    assert "所辖范围6个村（含本村）" in found[0].reason


@pytest.mark.parametrize(
    ("past", "amount", "is_marked"),
    [
        ([2100, 1950, 2230, 1870, 2015], 2015, True),
        ([2100, 1950, 2230, 1870, 2015], 2016, False),
        ([2000, 2000, 2000, 2000, 2000], 2000, False),  # a rent
        ([2100, 1950, 2230, 2015, 1870], 2015, False),  # not the month before
        ([210, 195, 223, 187, 201], 201, False),  # too little money
    ],
)
def test_a_copy_of_the_month_before(
    store: Store, past: list[int], amount: int, is_marked: bool
) -> None:
    known(store, series(HESHUN, past))
    found = marked(store, paid(HESHUN, len(past), amount))
    assert [one.reason_code for one in found] == ([COPY] if is_marked else [])


def test_nothing_outside_the_scope_is_looked_at_or_compared_with(store: Store) -> None:
    known(store, [paid(village, 4, 2_000) for village in villages(9)[3:]])
    known(store, series(LIUQUAN, [1000, 1100, 1200, 1300]))
    file = [paid(HESHUN, 4, 50_000), paid(LIUQUAN, 4, 50_000)]
    township = Viewer("测试", "township", Scope.of(["410581105"]))
    own = Viewer("测试", "secretary", Scope.of([HESHUN]))
    nobody = Viewer("测试", "admin", Scope.of([]))
    both = {HESHUN: FIRST, LIUQUAN: PAST}
    assert reasons(marked(store, *file, viewer=township)) == both
    assert marked(store, *file, viewer=own) == []
    assert marked(store, *file, viewer=nobody) == []


def test_a_correction_is_compared_with_the_past_and_not_with_what_it_corrects(
    store: Store,
) -> None:
    known(store, series(HESHUN, [1000, 1100, 1200, 1300, 1250, 12_000]))
    assert len(marked(store, paid(HESHUN, 5, 12_000))) == 1
    assert marked(store, paid(HESHUN, 5, 1_200)) == []


def test_an_older_number_knows_less(store: Store) -> None:
    before = int(store.value("select version_no from ops.version"))
    known(store, series(HESHUN, [1000, 1100, 1200, 1300]))
    slip = paid(HESHUN, 4, 12_000)
    assert len(marked(store, slip)) == 1
    assert marked(store, slip, version=before) == []


def test_limits_are_data(store: Store, own_data: Path) -> None:
    papers = own_data / "statements.toml"
    text = papers.read_text(encoding="utf-8")
    assert text.count("\npast_ratio = 4 ") == 1
    papers.write_text(text.replace("\npast_ratio = 4 ", "\npast_ratio = 11 "), "utf-8")
    known(store, series(HESHUN, [1000, 1100, 1200, 1300]))
    assert marked(store, paid(HESHUN, 4, 12_000)) == []
    assert len(marked(store, paid(HESHUN, 4, 13_000))) == 1
