"""What would a file change, and does it replace something that was sent later?"""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from base.place import Scope
from base.viewer import Viewer, system_viewer
from etl.accept import accept
from etl.preview import (
    CHANGED,
    NEW,
    STATES,
    UNCHANGED,
    WITHDRAWN,
    Preview,
    Sums,
    preview,
    sent_later,
)
from store import Store
from tests.making import BY, NOW, checked, ledger, lines, load, send, xlsx

HESHUN, LIUQUAN, DONGLI = "410581105200", "410581105201", "410581105202"
JUNE = date(2018, 6, 1), date(2018, 6, 30)
MAY = date(2018, 5, 1), date(2018, 5, 31)
Seen = dict[tuple[str, str], str]


def version(store: Store) -> int:
    return int(store.value("select version_no from ops.version"))


def shown(store: Store, rows: pa.Table, viewer: Viewer | None = None) -> Preview:
    return preview(store, rows, viewer or system_viewer(), version(store))


def states(found: Preview) -> Seen:
    keys = zip(found.parts["village_code"], found.parts["source_id"], strict=True)
    seen = dict(zip(keys, found.parts["state"], strict=True))
    assert len(seen) == len(found.parts)
    return seen


def test_each_state_with_its_amounts(store: Store) -> None:
    first = ledger([["河顺", 10, 20, 30], ["柳泉", 40, 50, ""]])
    number = load(store, first)
    again = checked(xlsx(ledger([["河顺", 10, 25, "撤销"], ["东里", 7, "", 0]])))
    found = shown(store, again.rows)
    assert states(found) == {
        (HESHUN, "solar"): UNCHANGED,
        (HESHUN, "cooperative"): CHANGED,
        (HESHUN, "joint_shopfront"): WITHDRAWN,
        (DONGLI, "solar"): NEW,
        (DONGLI, "joint_shopfront"): NEW,
    }
    received = {state: found.changes[state].received for state in STATES}
    assert received == {
        NEW: Sums(None, Decimal(7)),
        CHANGED: Sums(Decimal(20), Decimal(25)),
        UNCHANGED: Sums(Decimal(10), Decimal(10)),
        WITHDRAWN: Sums(Decimal(30), None),
    }
    assert [found.changes[state].count for state in STATES] == [2, 1, 1, 1]
    assert found.total.received.change_yuan == Decimal(7 + 5 - 30)
    assert found.total.due == Sums(None, None)
    assert found.total.due.change_yuan is None
    row = found.parts.set_index("source_id").loc["cooperative"]
    assert (row["village_name"], row["township_name"]) == ("河顺", "河顺镇")
    assert (row["period_start"], row["period_end"]) == JUNE
    assert row["submission_no"] == number


def test_accepting_does_what_was_shown(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]))
    rows = lines(
        (HESHUN, "solar", *JUNE, "9.50", "8.25"),
        (LIUQUAN, "solar", *JUNE, None, None),
        (HESHUN, "solar", *MAY, None, "0"),
    )
    before = shown(store, rows)
    assert before.total.count == sum(before.changes[s].count for s in STATES) == 3
    for measure in ("due", "received"):
        total = getattr(before.total, measure)
        parts = [getattr(before.changes[s], measure).change_yuan for s in STATES]
        assert sum(part for part in parts if part is not None) == total.change_yuan
    accept(store, send(store, rows), BY, NOW)
    after = shown(store, rows)
    assert after.changes[UNCHANGED].count == after.total.count == 3
    assert after.total.received.before_yuan == before.total.received.after_yuan
    assert after.total.due.before_yuan == before.total.due.after_yuan


@pytest.mark.parametrize(
    ("then", "now", "state"),
    [
        ("0", None, CHANGED),
        (None, "0", CHANGED),
        (None, None, UNCHANGED),
        ("0", "0.00", UNCHANGED),
    ],
)
def test_unknown_is_not_zero(
    store: Store, then: str | None, now: str | None, state: str
) -> None:
    told = lines((HESHUN, "solar", *JUNE, "5", then))
    accept(store, send(store, told), BY, NOW)
    found = shown(store, lines((HESHUN, "solar", *JUNE, "5", now)))
    assert states(found) == {(HESHUN, "solar"): state}
    sides = (found.total.received.before_yuan, found.total.received.after_yuan)
    assert sides == tuple(None if a is None else Decimal(a) for a in (then, now))


def test_a_sum_with_a_part_that_is_not_stated_is_unknown(store: Store) -> None:
    rows = lines(
        (HESHUN, "solar", *JUNE, "1", "5"),
        (HESHUN, "solar", *JUNE, "2", None),
    )
    found = shown(store, rows)
    assert found.total.count == 1
    assert found.total.due == Sums(None, Decimal(3))
    assert found.total.received == Sums(None, None)


def test_a_part_that_the_file_no_longer_tells_falls_away(store: Store) -> None:
    both = lines(*[(HESHUN, "solar", *JUNE, None, "5")] * 2)
    items = pa.array(["electricity", "subsidy"])
    both = both.set_column(both.schema.get_field_index("item_id"), "item_id", items)
    accept(store, send(store, both), BY, NOW)
    found = shown(store, both.slice(0, 1))
    assert dict(zip(found.parts["item_id"], found.parts["state"], strict=True)) == {
        "electricity": UNCHANGED,
        "subsidy": WITHDRAWN,
    }


def test_what_is_withdrawn_without_being_there_is_shown(store: Store) -> None:
    rows = checked(xlsx(ledger([["河顺", "撤销", 1, ""]]))).rows
    found = shown(store, rows)
    assert states(found)[(HESHUN, "solar")] == WITHDRAWN
    assert found.changes[WITHDRAWN].received == Sums(None, None)
    assert found.parts["submission_no"].isna().all()


def test_costs_are_shown_and_not_added(store: Store) -> None:
    grid = ledger([["河顺", 10, 4]], headings=["村名", "光伏", "管理费用"])
    found = shown(store, checked(xlsx(grid)).rows)
    assert sorted(found.parts["line_kind"]) == ["cost", "income"]
    assert found.changes[NEW].count == 2
    assert found.total.received == Sums(None, Decimal(10))


def test_a_project_is_compared_with_its_line_and_not_with_the_parts(
    store: Store,
) -> None:
    rows = lines((HESHUN, "joint_base", *JUNE, None, "90"))
    for column, value in (
        ("statement", "joint_income"),
        ("line_kind", "project"),
        ("project_id", "JD-1"),
    ):
        place = rows.schema.get_field_index(column)
        rows = rows.set_column(place, column, pa.array([value]))
    accept(store, send(store, rows), BY, NOW)
    with store.transaction() as cursor:
        # the manager holds a share as well: its part is in the same unit
        cursor.execute(
            "insert into core.income_period select * replace ('income' as line_kind) "
            "from core.income_period where line_kind = 'project'"
        )
    found = shown(store, rows)
    assert states(found) == {(HESHUN, "joint_base"): UNCHANGED}
    assert found.total.received == Sums(Decimal(90), Decimal(90))


def test_nothing_outside_the_scope_is_shown(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]))
    rows = lines(
        (HESHUN, "solar", *JUNE, None, "9"),
        (LIUQUAN, "solar", *JUNE, None, "9"),
    )
    secretary = Viewer("测试", "secretary", Scope.of([LIUQUAN]))
    found = shown(store, rows, secretary)
    assert states(found) == {(LIUQUAN, "solar"): CHANGED}
    assert found.total.received == Sums(Decimal(4), Decimal(9))
    nobody = Viewer("测试", "admin", Scope.of([]))
    assert shown(store, rows, nobody).total.count == 0


def test_an_older_number_compares_with_the_past(store: Store) -> None:
    load(store, ledger([["河顺", 1]], headings=["村名", "光伏"]))
    old = version(store)
    load(store, ledger([["河顺", 2]], headings=["村名", "光伏"]))
    rows = lines((HESHUN, "solar", *JUNE, None, "1"))
    assert states(shown(store, rows)) == {(HESHUN, "solar"): CHANGED}
    past = preview(store, rows, system_viewer(), old, rejected=3)
    assert states(past) == {(HESHUN, "solar"): UNCHANGED}
    assert past.rejected == 3


def test_what_was_read_compares_as_what_the_vault_kept(store: Store) -> None:
    number = load(store, ledger([["河顺", 1, 2, 3]]))
    kept = store.vault.rows(number)
    found = shown(store, kept)
    assert found.changes[UNCHANGED].count == 3 == kept.num_rows
    total = pc.sum(kept["amount_received_yuan"]).as_py()
    assert found.total.received == Sums(total, total)


def test_an_older_file_over_newer_ones_names_them(store: Store) -> None:
    day = [datetime(2018, 11, 16, hour) for hour in range(9, 14)]
    solar = lines((HESHUN, "solar", *JUNE, None, "1"))
    shop = lines((HESHUN, "joint_shopfront", *JUNE, None, "2"))
    late = send(store, shop, day[3])
    early = send(store, solar, day[2])
    for number in (late, early):
        accept(store, number, BY, day[4])
    both = shown(store, pa.concat_tables([solar, shop]))
    assert sent_later(store, both, day[1]) == [late, early]
    assert sent_later(store, both, day[2]) == [late]
    assert sent_later(store, both, day[3]) == []
    assert sent_later(store, shown(store, solar), day[0]) == [early]
    new = lines((HESHUN, "solar", *MAY, None, "1"))
    assert sent_later(store, shown(store, new), day[0]) == []
