"""Is a decision in the journal first, and does its note survive a fall?"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from store import Store
from store.decisions import decide
from store.journal import Entry
from store.recover import recover
from tests.making import BY, NOW, lines, send

JUNE = (date(2018, 6, 1), date(2018, 6, 30))
ROWS = lines(("410581105200", "solar", *JUNE, None, "5.00"))


def state_of(store: Store, number: int) -> tuple[object, ...] | None:
    return store.row(
        "select state, decided_by, reason from ops.submission where submission_no = $n",
        {"n": number},
    )


def on(number: int, kind: str, **more: object) -> Entry:
    return {"kind": kind, **BY.signed(), "submission_no": number, **more}


@pytest.mark.parametrize("kind", ["withdrawn", "reviewed", "returned", "reopened"])
def test_a_decision_is_told_and_noted(store: Store, kind: str) -> None:
    number = send(store, ROWS)
    activity = store.value("select activity_no from ops.activity")
    decide(store, on(number, kind, reason="数不对"), NOW)
    assert state_of(store, number) == (kind, "测试", "数不对")
    last = list(store.journal.entries())[-1]
    assert (last["kind"], last["reason"]) == (kind, "数不对")
    assert store.value("select activity_no from ops.activity") == activity + 1


@pytest.mark.parametrize("kind", ["withdrawn", "returned"])
def test_what_was_decided_stays_so_after_a_fall(
    store: Store, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    number = send(store, ROWS)

    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("store.decisions.note_of", fall)
        with pytest.raises(OSError, match="full"):
            decide(store, on(number, kind), NOW)
    assert state_of(store, number) == ("submitted", None, "")
    recover(store)
    assert state_of(store, number) == (kind, "测试", "")
    decided = "select decided_at from ops.submission where submission_no = $n"
    assert store.value(decided, {"n": number}) == datetime(2018, 11, 16, 9)


def _counted(table: str) -> Callable[[Store], Any]:
    return lambda store: store.value(f"select count(*) from {table}")


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        (
            {
                "kind": "evidence",
                "submission_no": 1,
                "sha256": "0" * 64,
                "file_name": "回单.jpg",
                "media_type": "image/jpeg",
            },
            _counted("ops.evidence"),
        ),
        (
            {
                "kind": "window",
                "period_end": date(2018, 6, 30),
                "place_code": "410581",
                "due_date": date(2018, 7, 20),
                "is_locked": False,
                "reason": "汛期",
            },
            _counted("ops.reporting_window"),
        ),
        (
            {
                "kind": "matter",
                "rule_id": "gap_large",
                "place_code": "410581105200",
                "subject_key": "2018",
                "fingerprint": "10/5000.00",
                "matter_state": "closed",
                "owner": "张三",
                "due_date": None,
                "reason": "已补",
            },
            _counted("ops.matter_step"),
        ),
        (
            {
                "kind": "action",
                "action_no": None,
                "place_code": "410581105200",
                "what": "催收租金",
                "owner_name": "张某某",
                "owner_organisation": "",
                "due_date": date(2018, 12, 1),
                "state": "open",
                "target_id": "below_50k",
                "origin": "",
                "note": "",
                "sha256": "",
                "file_name": "",
                "media_type": "",
                "was_cleared": None,
                "judged_date": None,
            },
            _counted("ops.action_step"),
        ),
    ],
    ids=["evidence", "window", "matter", "action"],
)
def test_noting_again_is_noting_once(
    store: Store, entry: Entry, count: Callable[[Store], Any]
) -> None:
    decide(store, {**entry, **BY.signed()}, NOW)
    assert count(store) == 1
    with store.transaction() as cursor:
        cursor.execute("delete from ops.audit")
    recover(store)
    assert count(store) == 1


def test_a_journal_with_a_decision_is_whole(store: Store) -> None:
    decide(store, on(send(store, ROWS), "returned", reason="缺月份"), NOW)
    assert store.journal.broken_line() is None
    text = store.journal.path.read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(text)["way"] == "command"


def test_whoever_changes_something_is_known_by_their_last_change(store: Store) -> None:
    number = send(store, ROWS)
    decide(store, on(number, "reviewed"), NOW)
    decide(store, {**on(number, "returned"), "actor": "u2"}, NOW)
    last = store.value("select activity_no from ops.activity")
    assert store.changed_by("u2") == last
    assert store.changed_by(BY.signature) == last - 1
    assert store.changed_by("u3") == 0
