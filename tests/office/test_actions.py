"""Does an action live as its rules say, for every role, and outlive the database?"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from base.errors import ShownError
from base.viewer import Viewer
from etl.rebuild import rebuild
from office.actions import Evidence, attach, begin, next_states, step
from queries.actions_asked import reopened
from store import Store
from store.recover import recover
from tests.office.acting import (
    ADMIN,
    AT,
    DEPARTMENT,
    LEADER,
    SECRETARY,
    TOWN,
    begun,
    listed,
    task,
)
from tests.office.deciding import OFFICE, of
from tests.queries.asking import DONGLI, HESHUN, TOWNSHIP, give, moment

OTHER = "410581106"
LATER = AT + timedelta(days=3)


def states(store: Store, number: int) -> list[str]:
    found = store.rows(
        "select state from ops.action_step where action_no = $no order by journal_line",
        {"no": number},
    )
    return [str(state) for (state,) in found]


def test_an_action_goes_from_begun_to_closed(store: Store) -> None:
    number = begun(store, TOWN)
    assert number == store.journal.length
    step(store, SECRETARY, number, "doing", AT, "已发催缴函")
    step(store, DEPARTMENT, number, "done", LATER, " 租金到账 ")
    step(store, OFFICE, number, "closed", LATER, "核实无误")
    assert states(store, number) == ["open", "doing", "done", "closed"]
    row = listed(store, at=LATER)[number]
    assert (row["what"], row["owner_name"]) == ("催收门面租金", "张某某")
    assert (row["township_name"], row["village_name"]) == ("河顺镇", "河顺")
    assert row["answered_at"] == LATER
    assert (row["is_undone"], row["is_judged"], row["is_on_time"]) == (0, 1, 1)
    # as it was known before
    assert listed(store, at=AT)[number]["state"] == "doing"


@pytest.mark.parametrize(
    ("by", "place", "message"),
    [
        (LEADER, HESHUN, "不能新建督办事项"),
        (SECRETARY, HESHUN, "不能新建督办事项"),
        (DEPARTMENT, HESHUN, "不能新建督办事项"),
        (ADMIN, HESHUN, "不能新建督办事项"),
        (of("township", OTHER), HESHUN, "不在您的范围内"),
        (OFFICE, "410581", "哪个镇（街）或哪个村"),
        (OFFICE, "410581105999", "名录中没有"),
    ],
)
def test_who_may_not_begin_is_told_why(
    store: Store, by: Viewer, place: str, message: str
) -> None:
    before = store.journal.length
    with pytest.raises(ShownError, match=message):
        begin(store, by, task(place), AT)
    assert store.journal.length == before


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"what": "  "}, "办什么"),
        ({"owner_name": "", "owner_organisation": " "}, "由谁办"),
        ({"due_date": date(2018, 11, 15)}, "不能早于今天"),
        ({"target_id": "nothing"}, "没有「nothing」这个目标"),
        ({"what": "长" * 501}, "不超过 500 字"),
    ],
)
def test_what_is_missing_or_wrong_is_told(
    store: Store, said: dict[str, str], message: str
) -> None:
    with pytest.raises(ShownError, match=message):
        begin(store, OFFICE, task(**said), AT)


@pytest.mark.parametrize(
    ("by", "state", "note", "message"),
    [
        (LEADER, "done", "好", "只能看督办事项"),
        (ADMIN, "done", "好", "没有这个督办事项"),
        (of("secretary", DONGLI), "done", "好", "没有这个督办事项"),
        (SECRETARY, "closed", "好", "不能销号"),
        (DEPARTMENT, "dropped", "好", "不能销号"),
        (SECRETARY, "done", " ", "请写明"),
        (OFFICE, "closed", "", "请写明"),
        (OFFICE, "reopened", "好", "不能改为"),
        (OFFICE, "elsewhere", "好", "不能改为「elsewhere」"),
    ],
)
def test_a_step_that_may_not_be_is_refused(
    store: Store, by: Viewer, state: str, note: str, message: str
) -> None:
    number = begun(store)
    with pytest.raises(ShownError, match=message):
        step(store, by, number, state, AT, note)
    assert states(store, number) == ["open"]


def test_the_village_changes_neither_owner_nor_day_nor_what_is_closed(
    store: Store,
) -> None:
    number = begun(store)
    later = task(due_date=date(2018, 12, 10))
    with pytest.raises(ShownError, match="不能改事项的内容"):
        step(store, SECRETARY, number, "doing", AT, "晚一点", later)
    step(store, SECRETARY, number, "doing", AT, "在办", task())
    step(store, TOWN, number, "doing", AT, changed=later)
    assert listed(store)[number]["due_date"] == date(2018, 12, 10)
    past = task(due_date=date(2018, 11, 1))
    with pytest.raises(ShownError, match="不能早于今天"):
        step(store, TOWN, number, "doing", AT, changed=past)
    step(store, TOWN, number, "closed", AT, "办完")
    with pytest.raises(ShownError, match="不能销号、取消或重新打开"):
        step(store, SECRETARY, number, "doing", AT, "再办")
    step(store, OFFICE, number, "open", AT, "没办实")
    assert listed(store)[number]["state"] == "open"


def test_the_place_of_an_action_never_changes(store: Store) -> None:
    number = begun(store)
    step(store, OFFICE, number, "doing", AT, changed=task(DONGLI, what="换个办法"))
    row = listed(store)[number]
    assert (row["place_code"], row["what"]) == (HESHUN, "换个办法")


def test_who_may_go_where_is_told_beforehand() -> None:
    assert next_states(SECRETARY, "open") == ("doing", "done")
    assert next_states(SECRETARY, "reopened") == ("doing", "done")
    assert next_states(SECRETARY, "closed") == ()
    assert next_states(LEADER, "open") == ()
    assert next_states(ADMIN, "open") == ()
    assert next_states(TOWN, "dropped") == ("open",)


def test_everybody_sees_the_actions_of_the_own_places(store: Store) -> None:
    own, wide = begun(store), begun(store, place_code=TOWNSHIP)
    begun(store, place_code=f"{OTHER}205")
    assert list(listed(store, SECRETARY)) == [own]
    assert set(listed(store, TOWN)) == {own, wide}
    assert len(listed(store, LEADER)) == 3
    assert listed(store, ADMIN) == {}


def test_a_file_stands_beside_the_step(store: Store) -> None:
    number = begun(store)
    attach(store, SECRETARY, number, b"%PDF-1", ("回单.pdf", "application/pdf"), AT)
    [(state, name, sha256)] = store.rows(
        "select state, evidence_name, evidence_sha256 from ops.action_step "
        "where action_no = $no and evidence_sha256 <> ''",
        {"no": number},
    )
    assert (state, name) == ("doing", "回单.pdf")
    assert store.vault.original(str(sha256)) == b"%PDF-1"
    with pytest.raises(ShownError, match="只能看"):
        attach(store, LEADER, number, b"%PDF-2", ("a.pdf", "application/pdf"), AT)
    assert Evidence().sha256 == ""


def cleared(store: Store, yuan: int, at: datetime) -> int:
    return give(store, (HESHUN, "2018-09", "光伏", yuan), at=at)


def test_what_was_closed_opens_again_when_the_figure_falls_back(store: Store) -> None:
    cleared(store, 60_000, AT)
    number = begun(store)
    step(store, OFFICE, number, "closed", AT, "已过线")
    assert listed(store)[number]["state"] == "closed"
    cleared(store, 10, LATER)
    row = listed(store, at=LATER)[number]
    assert (row["state"], row["is_undone"], row["is_on_time"]) == ("reopened", 1, 0)
    assert listed(store, SECRETARY, LATER)[number]["state"] == "reopened"
    # on a day before that of the closing it was simply not cleared yet
    early = moment(store, date(2018, 3, 31), LATER)
    assert reopened(store, OFFICE, early) == []
    step(store, SECRETARY, number, "doing", LATER, "重新催收")
    assert listed(store, at=LATER)[number]["state"] == "doing"


def test_what_was_closed_below_the_line_stays_closed(store: Store) -> None:
    number = begun(store)
    step(store, OFFICE, number, "closed", AT, "已办")
    judged = store.row(
        "select was_cleared, judged_date from ops.action_step where state = 'closed'"
    )
    assert judged == (False, date(2018, 10, 31))
    assert reopened(store, OFFICE, moment(store, date(2018, 10, 31))) == []
    assert listed(store)[number]["state"] == "closed"


def test_late_is_what_is_not_done_after_its_day(store: Store) -> None:
    number = begun(store, due_date=AT.date())
    assert not listed(store)[number]["is_overdue"]
    after = AT + timedelta(days=1)
    assert listed(store, at=after)[number]["is_overdue"]
    step(store, OFFICE, number, "done", after, "办了")
    row = listed(store, at=after)[number]
    assert (row["is_overdue"], row["is_judged"], row["is_on_time"]) == (0, 1, 0)
    # sent back and answered again: the last answer counts
    step(store, OFFICE, number, "doing", after, "退回重办")
    assert listed(store, at=after)[number]["is_overdue"]


def test_actions_outlive_fall_and_rebuild(store: Store) -> None:
    number = begun(store)
    step(store, SECRETARY, number, "done", LATER, "好")
    wanted = store.frame("select * from ops.action_step order by journal_line", {})
    with store.transaction() as cursor:
        cursor.execute("delete from ops.action_step")
        cursor.execute("delete from ops.audit where action = 'action'")
    recover(store)
    again = store.frame("select * from ops.action_step order by journal_line", {})
    assert again.equals(wanted)
    assert rebuild(lambda _line: None) == 0
    rebuilt = store.frame("select * from ops.action_step order by journal_line", {})
    assert rebuilt.equals(wanted)
    assert len(wanted) == 2


def test_the_audit_tells_each_step(store: Store) -> None:
    number = begun(store)
    step(store, replace(OFFICE, actor="u7"), number, "dropped", AT, "重复")
    told = store.rows(
        "select actor, place_code, detail from ops.audit where action = 'action' "
        "order by audit_no"
    )
    assert [(actor, place) for actor, place, _d in told] == [
        ("专班", HESHUN),
        ("u7", HESHUN),
    ]
    assert "重复" in str(told[1][2])
