"""Who may decide what on a submission, and is it told, noted and mended?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from base.errors import ShownError
from base.viewer import Viewer
from etl.door import load_file
from etl.rebuild import rebuild
from etl.review import (
    annul,
    newer_than,
    reopen,
    review,
    send_back,
    standing,
    take,
    withdraw,
)
from store import Store
from store.audit import broken_act
from tests.etl.people import (
    ADMIN,
    DONGLI,
    HESHUN,
    LEADER,
    LIUQUAN,
    OFFICE,
    OTHER_SECRETARY,
    OTHER_TOWNSHIP,
    RENCUN,
    SECRETARY,
    TOWNSHIP,
    person,
)
from tests.etl.statements.grids import CONTRACT, SHARES, with_cell
from tests.making import NOW, Grid, ledger, received, xlsx

Step = Callable[[Store, int, Viewer], object]
JUNE = date(2018, 6, 30)
LATER = NOW + timedelta(days=1)
STEPS: dict[str, Step] = {
    "withdrawn": lambda store, no, by: withdraw(store, no, by, NOW),
    "reviewed": lambda store, no, by: review(store, no, by, NOW),
    "returned": lambda store, no, by: send_back(store, no, "缺月份", by, NOW),
    "reopened": lambda store, no, by: reopen(store, no, "重报", by, NOW),
    "accepted": lambda store, no, by: take(store, no, by, NOW),
    "annulled": lambda store, no, by: annul(store, no, "错", by, NOW),
}
WAITS = ("withdrawn", "reviewed", "returned", "accepted")
LIST = ["乡镇", "村名", "月份", "收入来源", "应收（元）", "实收（元）"]


def of_villages(*names: tuple[str, str], yuan: int = 5) -> Grid:
    """Return a list of June, a line a village."""
    lines = [[town, name, "2018年6月", "光伏", "", yuan] for town, name in names]
    return [LIST, *lines]


LIUQUANS = of_villages(("河顺镇", "柳泉"))
TWO_VILLAGES = of_villages(("河顺镇", "柳泉"), ("河顺镇", "东里"))
TWO_TOWNSHIPS = of_villages(("河顺镇", "柳泉"), ("任村镇", "任村"))


def sent(store: Store, grid: Grid, by: Viewer, at: datetime = NOW) -> int:
    loaded = load_file(store, xlsx(grid), "表.xlsx", by, at, is_accepted=False)
    assert loaded.submission is not None, loaded.checked.findings
    return loaded.submission.submission_no


def state_of(store: Store, number: int) -> str:
    return standing(store, number, OFFICE).state


def solar(store: Store) -> dict[str, Decimal | None]:
    return {
        village: amount
        for (village, source, end), amount in received(store).items()
        if (source, end) == ("solar", JUNE)
    }


def acts(store: Store, number: int) -> list[tuple[str, str, str]]:
    return store.rows(
        "select action, role, place_code from ops.audit "
        "where submission_no = $no order by audit_no",
        {"no": number},
    )


@pytest.mark.parametrize(
    ("by", "may"),
    [
        (SECRETARY, {"withdrawn"}),
        (OTHER_SECRETARY, set()),
        (TOWNSHIP, {"withdrawn", "reviewed", "returned"}),
        (OTHER_TOWNSHIP, set()),
        (OFFICE, set(STEPS)),
        (LEADER, set()),
        (person("department", LIUQUAN), set()),
        (ADMIN, set()),
        (person("mayor", "410581"), set()),
    ],
    ids=lambda given: given.signature if isinstance(given, Viewer) else "",
)
def test_each_role_may_what_it_may(store: Store, by: Viewer, may: set[str]) -> None:
    for kind, step in STEPS.items():
        number = sent(store, LIUQUANS, SECRETARY)
        if kind not in WAITS:
            take(store, number, OFFICE, NOW)
        before = (state_of(store, number), store.journal.length)
        if kind in may:
            step(store, number, by)
            assert state_of(store, number) == kind
        else:
            with pytest.raises(ShownError):
                step(store, number, by)
            assert (state_of(store, number), store.journal.length) == before
        # out of the way of the next
        state = state_of(store, number)
        if state in ("submitted", "reviewed"):
            withdraw(store, number, OFFICE, NOW)
        elif state in ("accepted", "reopened"):
            annul(store, number, "完", OFFICE, NOW)
    assert broken_act(store) is None


def test_the_way_of_a_submission_stands_in_journal_and_audit(store: Store) -> None:
    number = sent(store, LIUQUANS, SECRETARY)
    review(store, number, TOWNSHIP, NOW)
    assert solar(store) == {}
    take(store, number, OFFICE, NOW)
    assert solar(store) == {LIUQUAN: 5}
    reopen(store, number, "重报", OFFICE, NOW)
    assert solar(store) == {LIUQUAN: 5}
    annul(store, number, "错", OFFICE, NOW)
    assert solar(store) == {}
    assert acts(store, number) == [
        ("submitted", "secretary", LIUQUAN),
        ("reviewed", "township", LIUQUAN),
        ("acceptance", "office", LIUQUAN),
        ("reopened", "office", LIUQUAN),
        ("annulment", "office", LIUQUAN),
    ]
    kinds = [e["kind"] for e in store.journal.entries()][-5:]
    assert kinds == [action for action, _role, _place in acts(store, number)]
    assert broken_act(store) is None
    said: list[str] = []
    assert rebuild(said.append) == 0
    assert "不同 0 条" in said[0]
    assert state_of(store, number) == "annulled"


@pytest.mark.parametrize("grid", [TWO_TOWNSHIPS, SHARES])
def test_what_reaches_beyond_a_township_is_for_the_city(
    store: Store, grid: Grid
) -> None:
    number = sent(store, grid, OFFICE)
    for step in (review, withdraw):
        for by in (TOWNSHIP, OTHER_TOWNSHIP, SECRETARY):
            with pytest.raises(ShownError, match="不在您的范围内"):
                step(store, number, by, NOW)
    take(store, number, OFFICE, NOW)
    assert state_of(store, number) == "accepted"


def test_who_sent_a_table_beyond_its_scope_may_only_take_it_back(
    store: Store,
) -> None:
    number = sent(store, SHARES, SECRETARY)
    for by in (SECRETARY, TOWNSHIP):
        with pytest.raises(ShownError, match="不能这样做"):
            review(store, number, by, NOW)
    with pytest.raises(ShownError, match="不能这样做"):
        send_back(store, number, "错", TOWNSHIP, NOW)
    withdraw(store, number, SECRETARY, NOW)
    assert state_of(store, number) == "withdrawn"


def test_a_secretary_of_two_villages_takes_its_own_back(store: Store) -> None:
    both = person("secretary", LIUQUAN, DONGLI)
    number = sent(store, TWO_VILLAGES, both)
    with pytest.raises(ShownError, match="不在您的范围内"):
        withdraw(store, number, SECRETARY, NOW)
    withdraw(store, number, both, NOW)
    assert state_of(store, number) == "withdrawn"


def test_what_the_system_publishes_is_no_submission_to_decide_on(store: Store) -> None:
    nation = person("office", "CN")
    numbers = store.rows("select submission_no from ops.submission")
    for (number,) in numbers:
        for step in STEPS.values():
            with pytest.raises(ShownError, match=f"没有第 {number} 号"):
                step(store, int(number), nation)


def test_what_has_no_place_is_for_the_office(store: Store) -> None:
    number = sent(store, LIUQUANS, SECRETARY)
    with store.transaction() as cursor:
        cursor.execute("update ops.submission set place_code = '', sender_scope = ''")
    with pytest.raises(ShownError, match="不在您的范围内"):
        withdraw(store, number, SECRETARY, NOW)
    take(store, number, OFFICE, NOW)
    assert solar(store) == {LIUQUAN: 5}


@pytest.mark.parametrize("kind", ["returned", "reopened", "annulled"])
@pytest.mark.parametrize("reason", ["", " 　\n"])
def test_a_reason_must_be_given(store: Store, kind: str, reason: str) -> None:
    number = sent(store, LIUQUANS, SECRETARY)
    step = {"returned": send_back, "reopened": reopen, "annulled": annul}[kind]
    if kind != "returned":
        take(store, number, OFFICE, NOW)
    before = state_of(store, number)
    with pytest.raises(ShownError, match="原因"):
        step(store, number, reason, OFFICE, NOW)
    assert state_of(store, number) == before


@pytest.mark.parametrize("first", ["withdrawn", "returned", "accepted", "annulled"])
def test_what_was_decided_is_not_decided_again(store: Store, first: str) -> None:
    number = sent(store, LIUQUANS, SECRETARY)
    if first == "annulled":
        take(store, number, OFFICE, NOW)
    STEPS[first](store, number, OFFICE)
    for kind in WAITS:
        with pytest.raises(ShownError):
            STEPS[kind](store, number, OFFICE)
    assert state_of(store, number) == first


def test_good_rows_count_only_when_ticked(store: Store) -> None:
    good = ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]])
    take(store, sent(store, good, TOWNSHIP), OFFICE, NOW)
    bad = ledger([["河顺", "约10", 20, 30], ["柳泉", 40, 50, 60]])
    number = sent(store, bad, TOWNSHIP)
    with pytest.raises(ShownError, match="1 处错误"):
        take(store, number, OFFICE, NOW)
    assert solar(store) == {HESHUN: 1, LIUQUAN: 4}
    take(store, number, OFFICE, NOW, has_good_rows_ticked=True)
    # rejected: the value accepted before stays
    assert solar(store) == {HESHUN: 1, LIUQUAN: 40}
    assert list(store.journal.entries())[-1]["good_rows"] is True


def test_an_older_file_over_a_newer_one_is_asked_about(store: Store) -> None:
    older = sent(store, of_villages(("河顺镇", "柳泉"), yuan=1), SECRETARY)
    newer = sent(store, of_villages(("河顺镇", "柳泉"), yuan=2), SECRETARY, LATER)
    other = sent(store, of_villages(("河顺镇", "东里")), OTHER_SECRETARY, LATER)
    for number in (newer, other):
        take(store, number, OFFICE, LATER)
    assert newer_than(store, older, OFFICE) == [newer]
    with pytest.raises(ShownError, match=f"第 {newer} 号"):
        take(store, older, OFFICE, LATER)
    assert solar(store)[LIUQUAN] == 2
    take(store, older, OFFICE, LATER, has_newer_ticked=True)
    assert solar(store)[LIUQUAN] == 1
    assert list(store.journal.entries())[-1]["over_newer"] == [newer]


@pytest.mark.parametrize("at", [NOW, LATER])
def test_what_a_newer_one_took_back_is_asked_about(store: Store, at: datetime) -> None:
    older = sent(store, ledger([["柳泉", 1, "", ""]]), SECRETARY)
    newer = sent(store, ledger([["柳泉", "撤销", "", ""]]), SECRETARY, at)
    assert newer_than(store, older, OFFICE) == []
    take(store, newer, OFFICE, LATER)
    assert newer_than(store, older, OFFICE) == [newer]
    annul(store, newer, "错", OFFICE, LATER)
    assert newer_than(store, older, OFFICE) == []


def test_older_facts_over_newer_ones_are_asked_about(store: Store) -> None:
    older = sent(store, CONTRACT, TOWNSHIP)
    newer_grid = with_cell(CONTRACT[:4], 0, 0, "河顺镇2017年集体经济合同台账")
    newer = sent(store, newer_grid, TOWNSHIP, LATER)
    take(store, newer, OFFICE, LATER)
    assert newer_than(store, older, OFFICE) == [newer]


def test_a_reopened_one_counts_until_its_answer_is_accepted(store: Store) -> None:
    first = sent(store, LIUQUANS, SECRETARY)
    take(store, first, OFFICE, NOW)
    reopen(store, first, "重报", OFFICE, NOW)
    # one answer is returned, and the next one answers both
    second = sent(store, of_villages(("河顺镇", "柳泉"), yuan=6), SECRETARY)
    assert [state_of(store, n) for n in (first, second)] == ["reopened", "submitted"]
    send_back(store, second, "还错", TOWNSHIP, NOW)
    third = sent(store, of_villages(("河顺镇", "柳泉"), yuan=7), SECRETARY)
    asked = "select supersedes_no from ops.submission where submission_no = $no"
    assert [store.value(asked, {"no": n}) for n in (second, third)] == [first, second]
    assert solar(store) == {LIUQUAN: 5}
    take(store, third, OFFICE, NOW)
    assert solar(store) == {LIUQUAN: 7}
    assert [state_of(store, n) for n in (first, third)] == ["replaced", "accepted"]
    # the request stands again when its answer is void
    annul(store, third, "错", OFFICE, NOW)
    assert solar(store) == {LIUQUAN: 5}
    assert state_of(store, first) == "reopened"
    fourth = sent(store, of_villages(("河顺镇", "柳泉"), yuan=8), SECRETARY)
    take(store, fourth, OFFICE, NOW)
    assert [state_of(store, n) for n in (first, fourth)] == ["replaced", "accepted"]
    before = store.rows("select * from ops.submission order by submission_no")
    said: list[str] = []
    assert rebuild(said.append) == 0
    assert store.rows("select * from ops.submission order by submission_no") == before


def test_the_bytes_of_what_was_replaced_repeat_their_result(store: Store) -> None:
    first = sent(store, LIUQUANS, SECRETARY)
    take(store, first, OFFICE, NOW)
    reopen(store, first, "重报", OFFICE, NOW)
    assert sent(store, LIUQUANS, SECRETARY) == first
    take(
        store,
        sent(store, of_villages(("河顺镇", "柳泉"), yuan=6), SECRETARY),
        OFFICE,
        NOW,
    )
    assert (sent(store, LIUQUANS, SECRETARY), state_of(store, first)) == (
        first,
        "replaced",
    )


FALLS = {
    "journal": ("store.journal.Journal.append", False),
    "note": ("store.decisions.note_of", True),
    "audit": ("store.connect.audit_journal", True),
}


@pytest.mark.parametrize("kind", ["withdrawn", "reviewed", "returned", "reopened"])
@pytest.mark.parametrize("fall", FALLS)
def test_a_fall_at_any_point_of_a_step_gives_the_same_states(
    store: Store, monkeypatch: pytest.MonkeyPatch, kind: str, fall: str
) -> None:
    number = sent(store, LIUQUANS, SECRETARY)
    if kind == "reopened":
        take(store, number, OFFICE, NOW)
    before = state_of(store, number)

    def falls(*_given: object) -> None:
        raise OSError("full")

    place, is_told = FALLS[fall]
    with monkeypatch.context() as patch:
        patch.setattr(place, falls)
        with pytest.raises(OSError, match="full"):
            STEPS[kind](store, number, OFFICE)
    assert broken_act(store) is None
    assert state_of(store, number) == (kind if is_told else before)
    assert [action for action, *_ in acts(store, number)].count(kind) == is_told


def test_an_office_decides_inside_its_county_only(store: Store) -> None:
    number = sent(store, LIUQUANS, SECRETARY)
    elsewhere = replace(OFFICE, scope=person("office", "410582").scope)
    for step in STEPS.values():
        with pytest.raises(ShownError, match="不在您的范围内"):
            step(store, number, elsewhere)
    assert RENCUN not in solar(store)
