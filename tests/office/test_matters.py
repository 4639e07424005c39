"""How does a doubt or a warning stand, who decides, and when is it open again?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from base.errors import ShownError
from base.place import Scope
from base.rules import CHECK, WARNING, rules
from base.viewer import Viewer, operator
from etl.rebuild import rebuild
from office.hits import hit_of, hits, matter_id
from office.matters import CHANGED, STILL, choices, history, matters, step
from queries import Moment
from store import Store
from store.recover import recover
from tests.making import NOW
from tests.office.deciding import of
from tests.queries.asking import DONGLI, HESHUN, TOWNSHIP, end_of, moment, tell
from tests.queries.checks.hitting import SCENES, month

CITY = "410581"
OFFICE = operator("专班")
AUGUST = end_of(8)
GAP = matter_id("gap_large", HESHUN, "2018")
ROUND = matter_id("round_numbers", HESHUN, "2018")
STEPS = "select * from ops.matter_step order by journal_line"


@pytest.fixture
def warned(store: Store) -> Store:
    """河顺 has a gap that is too large."""
    SCENES["gap_large"](store, False)
    return store


@pytest.fixture
def doubted(store: Store) -> Store:
    """河顺 tells of round numbers."""
    SCENES["round_numbers"](store, False)
    return store


def at(store: Store, known_at: datetime = NOW) -> Moment:
    return moment(store, AUGUST, known_at)


def standing(
    store: Store, which: str = GAP, known_at: datetime = NOW, by: Viewer = OFFICE
) -> pd.Series:
    kind = rules()[which.partition("~")[0]].kind
    found = matters(store, by, at(store, known_at), kind)
    [row] = [row for _n, row in found.iterrows() if row["matter_id"] == which]
    return row


def do(
    store: Store,
    state: str,
    note: str = "已核对回单",
    which: str = GAP,
    by: Viewer = OFFICE,
    when: datetime = NOW,
    **said: object,
) -> None:
    step(store, by, at(store, when), which, state, note, when, **said)  # type: ignore[arg-type]


def test_what_nobody_touched_is_open_and_its_rule_says_for_whom(warned: Store) -> None:
    row = standing(warned)
    assert (row["state"], row["again"], row["owner"]) == ("open", "", "镇包村领导")
    assert row["due_date"] == AUGUST + timedelta(days=rules()["gap_large"].days)
    assert row["is_overdue"] and not row["is_settled"]
    assert "到2018年8月只有 5,000 元" in row["reason"]
    assert (row["village_name"], row["township_name"]) == ("河顺", "河顺镇")
    assert history(warned, OFFICE, at(warned), GAP) == []


def test_a_step_says_who_by_when_and_why(warned: Store) -> None:
    due = date(2018, 12, 1)
    do(warned, "handling", " 已约谈 ", owner="张三", due_date=due)
    row = standing(warned)
    assert (row["state"], row["owner"], row["due_date"]) == ("handling", "张三", due)
    assert (row["note"], row["is_overdue"]) == ("已约谈", False)
    # what is not said again stays
    do(warned, "open", "")
    row = standing(warned)
    assert (row["state"], row["owner"], row["due_date"]) == ("open", "张三", due)
    told = history(warned, OFFICE, at(warned), GAP)
    assert [one["state"] for one in told] == ["open", "handling"]
    assert standing(warned, known_at=due_time(due))["is_overdue"]


def due_time(due: date) -> datetime:
    """Return the morning after a day."""
    return datetime(due.year, due.month, due.day, 9) + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "which", "scene"),
    [("closed", GAP, "gap_large"), ("explained", ROUND, "round_numbers")],
)
def test_what_is_settled_stays_so_until_its_figures_change(
    store: Store, state: str, which: str, scene: str
) -> None:
    SCENES[scene](store, False)
    do(store, state, which=which)
    much_later = NOW + timedelta(days=400)
    for known_at in (NOW, much_later):
        row = standing(store, which, known_at)
        assert (row["state"], row["again"], row["is_settled"]) == (state, "", True)
    # what comes in elsewhere changes nothing
    tell(store, month(DONGLI, 6, 7))
    assert standing(store, which)["state"] == state
    tell(store, month(HESHUN, 7, -1_000))
    row = standing(store, which)
    assert (row["state"], row["again"]) == ("open", CHANGED)
    assert not row["is_settled"]


def test_what_is_being_handled_stays_so_when_figures_change(warned: Store) -> None:
    do(warned, "handling")
    tell(warned, month(HESHUN, 7, -1))
    assert standing(warned)["state"] == "handling"


def test_what_was_said_to_be_corrected_must_go(doubted: Store) -> None:
    do(doubted, "corrected", which=ROUND)
    grace = timedelta(days=rules()["round_numbers"].days)
    assert standing(doubted, ROUND, NOW + grace)["state"] == "corrected"
    row = standing(doubted, ROUND, NOW + grace + timedelta(days=1))
    assert (row["state"], row["again"]) == ("open", STILL)


def test_what_the_rule_no_longer_finds_is_gone_and_may_come_back(
    doubted: Store,
) -> None:
    do(doubted, "corrected", which=ROUND)
    tell(doubted, month(HESHUN, 3, "1500.50"))
    row = standing(doubted, ROUND)
    assert (row["state"], row["is_settled"], row["is_overdue"]) == ("gone", True, False)
    tell(doubted, month(HESHUN, 3, 4_000))
    row = standing(doubted, ROUND)
    assert (row["state"], row["again"]) == ("open", CHANGED)


def test_what_is_gone_takes_no_step(doubted: Store) -> None:
    do(doubted, "open", which=ROUND)
    tell(doubted, month(HESHUN, 3, "1500.50"))
    with pytest.raises(ShownError, match="规则不再命中"):
        do(doubted, "explained", which=ROUND)


def test_the_overdue_stand_first_and_the_settled_last(store: Store) -> None:
    SCENES["no_report"](store, False)
    SCENES["plant_down"](store, False)
    plant = matter_id("plant_down", HESHUN, "2018-08")
    do(store, "closed", which=plant)
    found = matters(store, of("office", TOWNSHIP), at(store), WARNING)
    assert found["is_settled"].iloc[-1] and found["matter_id"].iloc[-1] == plant
    assert found["is_overdue"].iloc[0]
    waiting = found[~found["is_settled"].astype(bool)]
    assert waiting["is_overdue"].astype(bool).is_monotonic_decreasing


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda s: do(s, "closed", "  "), "改为「已销号」要写明原因"),
        (lambda s: do(s, "closed", due_date=date(2018, 11, 15)), "不能早于今天"),
        (lambda s: do(s, "explained"), "您的账号不能这样做"),
        (lambda s: do(s, "gone"), "您的账号不能这样做"),
        (lambda s: do(s, "closed", which="nothing~410581105200~2018"), "您的账号不能"),
        (lambda s: do(s, "closed", which=f"gap_large~{DONGLI}~2018"), "不再命中"),
        (lambda s: do(s, "closed", which="gap_large~~2018"), "行政区划代码|您的账号"),
    ],
)
def test_what_makes_no_sense_is_refused(
    warned: Store, act: Callable[[Store], None], said: str
) -> None:
    with pytest.raises(ShownError, match=said):
        act(warned)
    assert warned.rows(STEPS) == []


@pytest.mark.parametrize(
    "by",
    [
        of("leader", CITY),
        of("department", HESHUN),
        of("secretary", DONGLI),
        of("secretary", HESHUN),
        of("township", "410581106"),
        of("office", "410522"),
        of("admin"),
        of("office"),
    ],
    ids=lambda by: f"{by.role} {' '.join(by.scope)}",
)
def test_only_who_looks_after_the_village_decides(warned: Store, by: Viewer) -> None:
    with pytest.raises(ShownError, match="您的账号不能"):
        do(warned, "closed", by=by)
    assert warned.rows(STEPS) == []


@pytest.mark.parametrize("by", [of("township", TOWNSHIP), of("office", CITY)])
def test_the_township_and_the_office_decide(warned: Store, by: Viewer) -> None:
    do(warned, "closed", by=by)
    assert standing(warned)["state"] == "closed"


def test_a_secretary_answers_a_warning_and_changes_nothing_else(warned: Store) -> None:
    own = of("secretary", HESHUN)
    with pytest.raises(ShownError, match="要写明原因"):
        do(warned, "handling", "", by=own)
    before = standing(warned)
    do(warned, "handling", "租金 12 月到", by=own, owner="别人", due_date=AUGUST)
    row = standing(warned, by=own)
    assert (row["state"], row["note"]) == ("handling", "租金 12 月到")
    assert (row["owner"], row["due_date"]) == (before["owner"], before["due_date"])


def test_doubts_are_not_for_those_who_are_asked_about(doubted: Store) -> None:
    for by in (of("secretary", HESHUN), of("department", HESHUN), of("admin")):
        with pytest.raises(ShownError, match="不能看"):
            matters(doubted, by, at(doubted), CHECK)
        with pytest.raises(ShownError, match="不能看"):
            hits(doubted, by, at(doubted), [rules()["round_numbers"]])
        assert choices(by, rules()["round_numbers"], HESHUN) == ()
    with pytest.raises(ShownError, match="不能看"):
        matters(doubted, of("admin"), at(doubted), WARNING)


@pytest.mark.parametrize("codes", [[DONGLI], ["410581106"], ["410522"], []])
def test_nobody_sees_the_matters_of_others(store: Store, codes: list[str]) -> None:
    SCENES["gap_large"](store, False)
    do(store, "handling")
    tell(store, month(HESHUN, 6, 60_000))
    assert standing(store)["state"] == "gone"
    by = Viewer("某人", "office", Scope.of(codes))
    found = matters(store, by, at(store), WARNING)
    assert HESHUN not in set(found["village_code"])
    assert history(store, by, at(store), GAP) == []
    assert hit_of(store, by, at(store), GAP) is None


@pytest.mark.parametrize("which", ["", "gap_large", "gap_large~x~2018", "no~1~2"])
def test_an_address_that_names_nothing_finds_nothing(warned: Store, which: str) -> None:
    assert hit_of(warned, OFFICE, at(warned), which) is None


def test_what_was_decided_later_is_not_known_before(warned: Store) -> None:
    do(warned, "closed", when=NOW + timedelta(days=1))
    assert standing(warned)["state"] == "open"


def test_a_step_is_in_the_journal_first_and_survives_a_fall(
    warned: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("store.decisions.note_of", fall)
        with pytest.raises(OSError, match="full"):
            do(warned, "closed")
    assert warned.rows(STEPS) == []
    recover(warned)
    recover(warned)
    assert len(warned.rows(STEPS)) == 1
    assert standing(warned)["state"] == "closed"
    last = list(warned.journal.entries())[-1]
    assert (last["kind"], last["matter_state"], last["reason"]) == (
        "matter",
        "closed",
        "已核对回单",
    )


def test_a_rebuild_knows_every_step(warned: Store) -> None:
    do(warned, "handling", owner="张三", due_date=date(2018, 12, 1))
    do(warned, "closed", when=NOW + timedelta(hours=1))
    before = warned.rows(STEPS)
    rebuild(lambda _line: None)
    assert warned.rows(STEPS) == before
    assert len(before) == 2
