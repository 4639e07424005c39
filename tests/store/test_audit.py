"""Does the audit hold every act, and does it show what was altered?"""

from datetime import date

import pytest

from store import Store
from store.audit import Act, _append, broken_act, record
from store.decisions import decide
from store.recover import recover
from tests.making import BY, NOW, ledger, lines, load, send

JUNE = (date(2018, 6, 1), date(2018, 6, 30))
ACTIONS = "select action, submission_no, actor from ops.audit order by audit_no"


def acts(store: Store) -> list[tuple[object, ...]]:
    return store.rows(ACTIONS)


def test_every_line_of_the_journal_is_an_act(store: Store) -> None:
    number = load(store, ledger([["河顺", 1, 2, 3]]))
    assert acts(store)[-2:] == [
        ("submitted", number, "测试"),
        ("acceptance", number, "测试"),
    ]
    lines_told = store.rows("select journal_line from ops.audit order by audit_no")
    assert [line for (line,) in lines_told] == list(range(1, store.journal.length + 1))
    assert broken_act(store) is None


def test_what_no_journal_holds_is_an_act_too(store: Store) -> None:
    record(store, BY, "signed_in", NOW, subject="u3")
    assert acts(store)[-1] == ("signed_in", None, "测试")
    assert broken_act(store) is None


def test_what_was_not_yet_told_is_told_after_a_fall(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr("store.connect.audit_journal", fall)
        with pytest.raises(OSError, match="full"):
            send(store, lines(("410581105200", "solar", *JUNE, None, "5.00")))
    told = len(acts(store))
    recover(store)
    assert len(acts(store)) == told + 1
    recover(store)
    assert len(acts(store)) == told + 1
    assert broken_act(store) is None


@pytest.mark.parametrize(
    "alter",
    [
        "update ops.audit set actor = '别人' where audit_no = $n",
        "update ops.audit set detail = '{}' where audit_no = $n",
        "delete from ops.audit where audit_no = $n",
        "update ops.audit set journal_hash = 'x' where audit_no = $n",
    ],
)
def test_an_altered_act_is_found(store: Store, alter: str) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    last = store.value("select max(audit_no) from ops.audit")
    with store.transaction() as cursor:
        cursor.execute(alter, {"n": last - 1})
    assert broken_act(store) in (last - 1, last)


@pytest.mark.parametrize("back", [0, 1])
def test_an_act_taken_out_is_found_though_the_chain_was_made_anew(
    store: Store, back: int
) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    told = store.rows("select * exclude (audit_no) from ops.audit order by audit_no")
    del told[len(told) - 1 - back]
    with store.transaction() as cursor:
        cursor.execute("delete from ops.audit")
    for *said, _previous, _hash, _text in told:
        _append(store, [Act(*said)])
    assert broken_act(store) == len(told) + 1 - back


def test_a_journal_that_was_exchanged_is_found(store: Store) -> None:
    decide(
        store,
        {"kind": "withdrawn", **BY.signed(), "submission_no": 1, "reason": "甲"},
        NOW,
    )
    path = store.journal.path
    text = path.read_text(encoding="utf-8").replace("甲", "乙")
    path.write_text(text, encoding="utf-8")
    assert broken_act(store) == store.value("select max(audit_no) from ops.audit")
