"""Do frozen figures stay, and does the next meeting tell what has come since?"""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from base.catalogue import catalogue
from base.errors import ShownError
from base.settings import settings
from etl.rebuild import rebuild
from office import meetings, strategy
from office.actions import step
from office.freezing import later_figures
from office.meetings import appeal, change, freeze, keep_paper
from store import Store, close_all, store_at
from store.recover import recover
from tests.office.acting import begun
from tests.office.convening import (
    AT,
    COUNTY,
    LATER,
    NEXT,
    called,
    held,
    met,
    now,
    plan,
    tables_of,
    told,
    village_told,
)
from tests.office.deciding import OFFICE
from tests.queries.asking import DONGLI, HESHUN, LIUQUAN, TARGET, TOWNSHIP, give

FROZEN_ANSWERS = ("villages", "townships", "targets", "path", "sources", "actions")


def income(store: Store, village: str, yuan: str, month: int = 9) -> None:
    """Accept what a village had of a month; a later one corrects it."""
    give(store, (village, f"2018-{month:02}", "光伏", yuan), at=AT)


def correct(store: Store, village: str, yuan: str) -> None:
    give(store, (village, "2018-09", "光伏", yuan), at=LATER)


def test_a_meeting_is_frozen_with_every_village_and_target(store: Store) -> None:
    income(store, HESHUN, "60000.01")
    income(store, LIUQUAN, "49999.99")
    number = met(store)
    assert list(told(store, "targets", number)["target_id"])[0] == TARGET.id
    for target in catalogue().targets:
        assert len(told(store, "villages", number, target=target.id)) == 589
    villages = told(store, "villages", number).set_index("village_code")
    assert villages.loc[HESHUN, ["standing", "amount_yuan"]].tolist() == [
        *("cleared", Decimal("60000.01"))
    ]
    assert villages.loc[LIUQUAN, ["standing", "gap_yuan"]].tolist() == [
        *("remaining", Decimal("0.01"))
    ]
    towns = told(store, "townships", number).set_index("township_code")
    assert len(towns) == 20
    own = ["village_count", "villages", "remaining", "cleared", "newly_cleared"]
    assert towns.loc[TOWNSHIP, own].tolist() == [41, 41, 40, 1, 0]
    assert towns["amount_yuan"].sum() == Decimal("110000.00")
    [source] = told(store, "sources", number).itertuples()
    assert (source.source_id, source.village_count) == ("solar", 2)
    assert source.received_yuan == Decimal("110000.00")


def test_a_first_meeting_compares_with_the_month_before(store: Store) -> None:
    income(store, HESHUN, "60000", month=10)
    income(store, LIUQUAN, "60000", month=9)
    number = met(store)
    villages = told(store, "villages", number).set_index("village_code")
    assert villages["standing_last"].value_counts().to_dict() == {
        "remaining": 588,
        "cleared": 1,
    }
    assert villages.loc[LIUQUAN, "standing_last"] == "cleared"
    assert villages[["amount_last_yuan", "worst_state_last"]].isna().all(axis=None)
    [change_] = told(store, "changes", number).itertuples()
    assert (change_.village_code, change_.change_id) == (HESHUN, "cleared")
    assert pd.isna(held(store, number)["previous_no"])
    assert len(told(store, "restated", number)) == 0


def test_what_is_accepted_later_changes_no_frozen_figure(store: Store) -> None:
    income(store, HESHUN, "60000.01")
    income(store, LIUQUAN, "70000")
    begun(store)
    number = met(store)
    before = [told(store, name, number) for name in FROZEN_ANSWERS]
    assert (
        len(later_figures(store, OFFICE, now(store, AT), TARGET, held(store, number)))
        == 0
    )
    correct(store, HESHUN, "49999.99")
    correct(store, LIUQUAN, "70000.05")
    step(store, OFFICE, begun(store), "closed", LATER, "办完")
    for name, frame in zip(FROZEN_ANSWERS, before, strict=True):
        pd.testing.assert_frame_equal(told(store, name, number), frame, obj=name)
    later = later_figures(store, OFFICE, now(store, LATER), TARGET, held(store, number))
    rows = later.set_index("village_code")
    assert list(rows.index) == [HESHUN, LIUQUAN]
    assert rows.loc[HESHUN, ["standing_then", "standing_now"]].tolist() == [
        *("cleared", "remaining")
    ]
    assert rows["change_yuan"].tolist() == [Decimal("-10000.02"), Decimal("0.05")]
    # as it was known when it was frozen, nothing was other
    assert (
        len(later_figures(store, OFFICE, now(store, AT), TARGET, held(store, number)))
        == 0
    )


def test_the_next_meeting_tells_the_correction(store: Store) -> None:
    for village in (HESHUN, LIUQUAN):
        income(store, village, "60000")
    income(store, DONGLI, "10")
    first = met(store)
    correct(store, HESHUN, "20000.50")
    correct(store, LIUQUAN, "70000")
    give(store, (DONGLI, "2018-10", "光伏", 60_000), at=LATER)
    second = met(store, NEXT)
    assert held(store, second)["previous_no"] == first
    restated = told(store, "restated", second).set_index("village_code")
    assert restated["change_yuan"].to_dict() == {
        HESHUN: Decimal("-39999.50"),
        LIUQUAN: Decimal("10000.00"),
        DONGLI: Decimal("60000.00"),
    }
    changes = told(store, "changes", second)
    assert list(zip(changes["village_code"], changes["change_id"], strict=True)) == [
        (DONGLI, "cleared"),
        (HESHUN, "fallen"),
        (LIUQUAN, "changed"),
    ]
    fallen = changes.iloc[1]
    assert (fallen["amount_last_yuan"], fallen["change_yuan"]) == (
        *(Decimal("60000.00"), Decimal("-39999.50")),
    )
    own = told(store, "townships", second).set_index("township_code").loc[TOWNSHIP]
    counts = ["newly_cleared", "fallen_back", "cleared_last", "remaining_last"]
    assert own[counts].tolist() == [1, 1, 2, 39]


def test_amounts_of_another_year_are_no_change(store: Store) -> None:
    income(store, HESHUN, "60000")
    income(store, LIUQUAN, "100")
    met(store)
    january = datetime(2019, 2, 20, 9)
    give(store, (DONGLI, "2019-01", "光伏", 60_000), at=january)
    second = met(store, january)
    assert held(store, second)["as_of_date"] == date(2019, 1, 31)
    changes = told(store, "changes", second)
    # whoever was above the line at the close is off the new list, and fell back nowhere
    assert changes[["village_code", "change_id"]].to_numpy().tolist() == [
        [DONGLI, "cleared"]
    ]
    rows = told(store, "villages", second).set_index("village_code")
    assert rows["amount_last_yuan"].isna().all()
    assert rows.loc[HESHUN, ["standing_last", "standing"]].tolist() == [
        *("cleared", "met_last_year")
    ]


def test_who_reported_since_is_told(store: Store) -> None:
    months = [f"2018-{month:02}" for month in range(1, 11)]
    first = met(store)
    give(store, *((HESHUN, month, "光伏", 1) for month in months), at=LATER)
    second = met(store, NEXT)
    row = village_told(store, "changes", second, HESHUN)
    assert (row["change_id"], row["standing"]) == ("newly_reported", "remaining")
    before, after = (
        village_told(store, "villages", number, HESHUN) for number in (first, second)
    )
    assert (before["reported_count"], after["reported_count"]) == (0, 10)
    assert (after["worst_state_last"], after["worst_state"]) == (
        *("not_reported", "reported"),
    )


def test_actions_are_carried_to_the_next_meeting(store: Store) -> None:
    income(store, HESHUN, "60000")
    undone, done, fallen = (
        begun(store),
        begun(store, what="催报台账"),
        begun(store, what="督促到账"),
    )
    step(store, OFFICE, fallen, "closed", AT, "已过线")
    first = met(store)
    states = told(store, "actions", first).set_index("action_no")
    assert states["state"].to_dict() == {
        undone: "open",
        done: "open",
        fallen: "closed",
    }
    assert states["state_last"].isna().all()
    step(store, OFFICE, done, "done", LATER, "报了")
    correct(store, HESHUN, "10")
    fresh = begun(store, at=LATER, what="查账")
    second = met(store, NEXT)
    rows = told(store, "actions", second).set_index("action_no")
    assert rows["state"].to_dict() == {
        undone: "open",
        done: "done",
        fallen: "reopened",
        fresh: "open",
    }
    last = rows["state_last"]
    assert last[[undone, done, fallen]].tolist() == ["open", "open", "closed"]
    assert pd.isna(last[fresh])
    assert rows.loc[fallen, "is_undone"]
    # the first meeting stays as it was
    assert (
        told(store, "actions", first)
        .set_index("action_no")["state"]
        .equals(states["state"])
    )


def test_an_action_is_late_by_the_day_of_the_freeze(store: Store) -> None:
    begun(store, due_date=LATER.date())
    first, second = met(store), met(store, NEXT)
    late = [told(store, "actions", n)["is_overdue"].tolist() for n in (first, second)]
    assert late == [[False], [True]]


def test_the_meeting_before_is_the_one_frozen_last(store: Store) -> None:
    first, second = met(store), met(store, LATER)
    change(store, OFFICE, first, plan(title="补记议程"), LATER)
    assert held(store, met(store, NEXT))["previous_no"] == second
    # of another place, or never frozen, it is none
    called(store)
    town = meetings.call(store, OFFICE, plan(TOWNSHIP), NEXT)
    freeze(store, OFFICE, town, NEXT)
    assert pd.isna(held(store, town)["previous_no"])
    assert len(told(store, "villages", town)) == 41


def test_a_target_that_is_new_since_is_compared_with_nothing(store: Store) -> None:
    begun(store)
    first = met(store)
    with store.transaction() as cursor:
        cursor.execute("delete from core.frozen_village where target_id = 'no_income'")
        cursor.execute("delete from core.frozen_action")
    second = met(store, NEXT)
    assert held(store, second)["previous_no"] == first
    villages = told(store, "villages", second, target="no_income")
    assert len(villages) == 589
    assert villages[["standing_last", "worst_state_last"]].isna().all(axis=None)
    assert told(store, "actions", second)["state_last"].isna().all()
    own = told(store, "townships", second, target="no_income")
    assert own[["known_last", "newly_cleared", "fallen_back"]].sum().sum() == 0


def all_decided(store: Store) -> int:
    """Decide one of each that a meeting knows; return its number."""
    income(store, HESHUN, "60000")
    begun(store)
    number = met(store)
    appeal(store, OFFICE, number, TOWNSHIP, "资金月底到", AT)
    file = ("通报.pdf", b"%PDF-1", "application/pdf")
    keep_paper(store, OFFICE, number, "pdf", COUNTY, file, AT)
    item = strategy.works(store, OFFICE, AT)[0].item
    strategy.edit(store, OFFICE, item.model_copy(update={"name": "三产"}), AT)
    return number


def test_meetings_outlive_fall_and_rebuild(store: Store) -> None:
    all_decided(store)
    wanted = tables_of(store)
    assert all(len(frame) for name, frame in wanted.items() if "restated" not in name)
    with store.transaction() as cursor:
        # what is noted already is noted once
        cursor.execute("delete from ops.audit")
    recover(store)
    assert {n: len(f) for n, f in tables_of(store).items()} == {
        name: len(frame) for name, frame in wanted.items()
    }
    with store.transaction() as cursor:
        for name in wanted:
            if name.startswith("core."):
                cursor.execute(f"delete from {name}")
    with store.transaction() as cursor:
        for name in wanted:
            if name.startswith("ops."):
                cursor.execute(f"delete from {name}")
        cursor.execute("delete from ops.audit")
    for mend in (lambda: recover(store), lambda: rebuild(lambda _line: None)):
        mend()
        for name, frame in tables_of(store).items():
            pd.testing.assert_frame_equal(frame, wanted[name], obj=name)


@pytest.mark.parametrize(
    "step_lost", ["store.decisions.note_of", "store.meetings._write_frozen"]
)
def test_a_freeze_that_fell_after_the_journal_is_there_on_opening(
    store: Store, monkeypatch: pytest.MonkeyPatch, step_lost: str
) -> None:
    income(store, HESHUN, "60000")
    number = called(store)

    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(step_lost, fall)
        with pytest.raises(OSError, match="full"):
            freeze(store, OFFICE, number, AT)
    assert held(store, number)["state"] == "planned"
    assert len(told(store, "villages", number)) == 0
    close_all()
    again = store_at(settings().var)
    assert held(again, number)["state"] == "frozen"
    assert village_told(again, "villages", number, HESHUN)["standing"] == "cleared"
    with pytest.raises(ShownError, match="已经冻结"):
        freeze(again, OFFICE, number, LATER)


def test_a_freeze_that_fell_before_the_journal_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = called(store)

    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("office.meetings.decide", fall)
        with pytest.raises(OSError, match="full"):
            freeze(store, OFFICE, number, AT)
    close_all()
    again = store_at(settings().var)
    assert held(again, number)["state"] == "planned"
    income(again, HESHUN, "60000")
    freeze(again, OFFICE, number, LATER)
    assert village_told(again, "villages", number, HESHUN)["standing"] == "cleared"
    assert rebuild(lambda _line: None) == 0


def test_frozen_figures_that_were_changed_are_refused(store: Store) -> None:
    number = met(store)
    [path] = (settings().var / "vault" / "frozen").glob(f"*{number}.village.parquet")
    content = path.read_bytes()
    for spoil in (lambda: path.write_bytes(content + b"x"), path.unlink):
        spoil()
        with pytest.raises(ShownError, match=f"第 {number} 号会议的冻结数缺失"):
            rebuild(lambda _line: None)
        assert len(told(store, "villages", number)) == 589
    path.write_bytes(content)
    assert rebuild(lambda _line: None) == 0
