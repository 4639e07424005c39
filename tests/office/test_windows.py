"""May the office set days, give longer, lock and unlock, and nobody else?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from base.errors import ShownError
from base.viewer import Viewer
from office import windows
from store import Store
from tests.office.deciding import APRIL, LATE, MARCH, OFFICE, due, extend, of
from tests.queries.asking import DONGLI, HESHUN, TOWNSHIP

CITY = "410581"


def day_of(store: Store, place_code: str, at: datetime = LATE) -> date | None:
    return windows.due_day(store, OFFICE, MARCH, place_code, at)


def decisions(store: Store) -> list[tuple[object, ...]]:
    return store.rows(
        "select place_code, due_date, is_locked, reason, actor "
        "from ops.reporting_window order by journal_line"
    )


def test_the_usual_day_holds_until_another_is_set(store: Store) -> None:
    assert day_of(store, HESHUN) == due(10)
    windows.set_due(store, OFFICE, MARCH, due(12), LATE)
    assert day_of(store, HESHUN) == day_of(store, CITY) == due(12)
    assert decisions(store) == [(CITY, due(12), False, "", "专班")]
    assert windows.due_day(store, OFFICE, APRIL, HESHUN, LATE) == due(10, 5)
    assert day_of(store, HESHUN, LATE - timedelta(seconds=1)) == due(10)


def test_the_smallest_place_decides(store: Store) -> None:
    windows.set_due(store, OFFICE, MARCH, due(12), LATE)
    extend(store, TOWNSHIP, due(15))
    extend(store, HESHUN, due(20))
    assert day_of(store, HESHUN) == due(20)
    assert day_of(store, DONGLI) == due(15)
    assert day_of(store, "410581001001") == due(12)


def test_the_latest_decision_on_a_place_holds(store: Store) -> None:
    extend(store, TOWNSHIP, due(15))
    extend(store, TOWNSHIP, due(18))
    assert day_of(store, HESHUN) == due(18)
    windows.take_back(store, OFFICE, MARCH, TOWNSHIP, "写错了", LATE)
    assert day_of(store, HESHUN) == due(10)
    with pytest.raises(ShownError, match="没有另定的截止日"):
        windows.take_back(store, OFFICE, MARCH, TOWNSHIP, "写错了", LATE)


def test_a_later_day_of_the_city_takes_shorter_extensions_back(store: Store) -> None:
    extend(store, TOWNSHIP, due(15))
    extend(store, HESHUN, due(25))
    windows.set_due(store, OFFICE, MARCH, due(20), LATE, reason="节假日")
    assert day_of(store, DONGLI) == due(20)
    assert day_of(store, HESHUN) == due(25)
    assert decisions(store)[-2:] == [
        (TOWNSHIP, None, False, "节假日", "专班"),
        (CITY, due(20), False, "节假日", "专班"),
    ]


def test_a_lock_and_an_unlock_keep_the_day(store: Store) -> None:
    windows.set_due(store, OFFICE, MARCH, due(12), LATE)
    windows.lock(store, OFFICE, MARCH, LATE)
    held = windows.holding(store, OFFICE, MARCH, CITY, LATE)
    assert held == windows.Window(due(12), True)
    windows.unlock(store, OFFICE, MARCH, LATE, " 漏了一个镇 ")
    held = windows.holding(store, OFFICE, MARCH, CITY, LATE)
    assert held == windows.Window(due(12), False)
    assert decisions(store)[-1] == (CITY, due(12), False, "漏了一个镇", "专班")


@pytest.mark.parametrize(
    "change",
    [
        lambda store: windows.set_due(store, OFFICE, MARCH, due(12), LATE),
        lambda store: extend(store, HESHUN, due(12)),
        lambda store: windows.take_back(store, OFFICE, MARCH, HESHUN, "错", LATE),
        lambda store: windows.lock(store, OFFICE, MARCH, LATE),
    ],
    ids=["set", "extend", "take back", "lock"],
)
def test_nothing_opens_a_locked_month_silently(
    store: Store, change: Callable[[Store], None]
) -> None:
    extend(store, HESHUN, due(11))
    windows.lock(store, OFFICE, MARCH, LATE)
    with pytest.raises(ShownError, match="2018年3月已锁定"):
        change(store)
    assert windows.holding(store, OFFICE, MARCH, CITY, LATE).is_locked


def test_what_is_not_locked_is_not_unlocked(store: Store) -> None:
    with pytest.raises(ShownError, match="2018年3月没有锁定"):
        windows.unlock(store, OFFICE, MARCH, LATE, "试试")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda s: windows.set_due(s, OFFICE, MARCH, MARCH, LATE),
            "截止日应晚于2018年3月的最后一天",
        ),
        (
            lambda s: windows.set_due(s, OFFICE, due(30, 3), due(12), LATE),
            "2018年3月30日不是一个月的最后一天",
        ),
        (
            lambda s: windows.set_due(s, OFFICE, MARCH, due(12), LATE, HESHUN),
            "请写明原因",
        ),
        (lambda s: extend(s, CITY, due(12)), "哪个镇（街）或哪个村"),
        (
            lambda s: extend(s, HESHUN, due(10)),
            "延期应晚于现在的截止日（2018年4月10日）",
        ),
        (lambda s: extend(s, "410581105999", due(12)), "名录中没有"),
        (
            lambda s: windows.extend(s, OFFICE, MARCH, due(12), HESHUN, " ", LATE),
            "请写明原因",
        ),
        (lambda s: windows.unlock(s, OFFICE, MARCH, LATE, ""), "请写明原因"),
        (lambda s: windows.lock(s, OFFICE, APRIL, LATE), "2018年4月还没有结束"),
        (
            lambda s: windows.lock(s, OFFICE, MARCH, datetime(2018, 3, 31, 23)),
            "2018年3月还没有结束",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    store: Store, change: Callable[[Store], None], said: str
) -> None:
    with pytest.raises(ShownError, match=said):
        change(store)
    assert decisions(store) == []


@pytest.mark.parametrize(
    "by",
    [
        of("office", "410522"),
        of("leader", CITY),
        of("township", TOWNSHIP),
        of("secretary", HESHUN),
        of("admin"),
        of("office"),
    ],
    ids=lambda by: by.role,
)
def test_only_the_office_of_the_place_decides(store: Store, by: Viewer) -> None:
    windows.lock(store, OFFICE, date(2018, 2, 28), LATE)
    for change in (
        lambda: windows.set_due(store, by, MARCH, due(12), LATE),
        lambda: windows.extend(store, by, MARCH, due(12), HESHUN, "汛期", LATE),
        lambda: windows.take_back(store, by, MARCH, HESHUN, "错", LATE),
        lambda: windows.lock(store, by, MARCH, LATE),
        lambda: windows.unlock(store, by, date(2018, 2, 28), LATE, "错"),
    ):
        with pytest.raises(ShownError, match="您的账号不能这样做"):
            change()
    assert len(decisions(store)) == 1
