"""Which amounts count after an acceptance, and which step back for a longer period?"""

import threading
from calendar import monthrange
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.errors import ShownError
from etl.accept import accept
from etl.registry import registry
from store import Store
from store.publish import OPEN
from tests.making import BY, NOW, ledger, lines, load, received, send

HESHUN, LIUQUAN = "410581105200", "410581105201"
EVER, FOR_GOOD = date(9999, 1, 1), date(9999, 12, 31)
OLD = "select version_no - 1 from ops.version"
Span = tuple[date, date]


def span(first: int, last: int, year: int = 2018) -> Span:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def taken(store: Store, *said: tuple[str, Span, str | None]) -> int:
    """Accept lines of solar income: village, period, received."""
    rows = lines(*((village, "solar", *when, None, got) for village, when, got in said))
    return accept(store, send(store, rows), BY, NOW)


def solar(store: Store, as_of: date, village: str = HESHUN) -> dict[date, int]:
    return {
        end: int(amount or 0)
        for (code, source, end), amount in received(store, as_of).items()
        if (code, source) == (village, "solar")
    }


def test_only_the_units_that_are_named_are_replaced(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]))
    before = received(store)
    load(store, ledger([["河顺", 9]], headings=["村名", "光伏"]))
    june = date(2018, 6, 30)
    assert received(store) == {**before, (HESHUN, "solar", june): Decimal(9)}
    assert received(store, version_no=store.value(OLD)) == before


def test_a_blank_states_nothing_and_takes_nothing_back(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]))
    before = received(store)
    load(store, ledger([["河顺", "", "—", "/"], ["柳泉", 0, "无", ""]]))
    june = date(2018, 6, 30)
    zeros = {(LIUQUAN, s, june): Decimal(0) for s in ("solar", "cooperative")}
    assert received(store) == {**before, **zeros}


def test_what_is_withdrawn_no_longer_counts_and_can_be_told_anew(store: Store) -> None:
    load(store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]))
    before = received(store)
    taken_out = ledger([["河顺", "撤销", "", "作废"], ["柳泉", "", "", ""]])
    number = load(store, taken_out)
    june = date(2018, 6, 30)
    left = {key: yuan for key, yuan in before.items() if key[0] == LIUQUAN}
    left[(HESHUN, "cooperative", june)] = Decimal(2)
    assert received(store) == left
    assert received(store, version_no=store.value(OLD)) == before
    kinds = "select count(*) from core.income where submission_no = $no and "
    kinds += (
        "line_kind = 'withdrawn' and amount_received_yuan is null and quantity is null"
    )
    assert store.value(kinds, {"no": number}) == 2
    load(store, ledger([["河顺", 9, "", ""]]))
    assert received(store)[(HESHUN, "solar", june)] == Decimal(9)


def test_the_order_of_acceptance_decides(store: Store) -> None:
    older = send(store, lines((HESHUN, "solar", *span(6, 6), None, "1")))
    taken(store, (HESHUN, span(6, 6), "2"))
    assert solar(store, EVER) == {date(2018, 6, 30): 2}
    accept(store, older, BY, NOW)
    assert solar(store, EVER) == {date(2018, 6, 30): 1}


def test_a_submission_is_accepted_once(store: Store) -> None:
    number = send(store, lines((HESHUN, "solar", *span(6, 6), None, "1")))
    version = accept(store, number, BY, NOW)
    for wrong in (number, 99):
        with pytest.raises(ShownError, match=f"第 {wrong} 号"):
            accept(store, wrong, BY, NOW)
    assert store.value("select version_no from ops.version") == version


def test_two_who_accept_at_once_do_it_once(store: Store) -> None:
    numbers = [
        send(store, lines((HESHUN, "solar", *span(month, month), None, str(month))))
        for month in (5, 6)
    ]
    refused: list[ShownError] = []

    def work(number: int) -> None:
        try:
            accept(store, number, BY, NOW)
        except ShownError as problem:
            refused.append(problem)

    threads = [threading.Thread(target=work, args=[n]) for n in numbers * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 4
    assert solar(store, EVER) == {date(2018, 5, 31): 5, date(2018, 6, 30): 6}
    accepted = "select count(*) from ops.acceptance where kind = 'acceptance'"
    assert store.value(f"{accepted} and state = 'published'") == 2


def test_a_longer_period_counts_from_its_end_on(store: Store) -> None:
    taken(store, (HESHUN, span(1, 1), "1"), (HESHUN, span(3, 3), "3"))
    taken(store, (HESHUN, span(1, 3), "50"), (LIUQUAN, span(1, 1), "7"))
    january, march, june = (span(m, m)[1] for m in (1, 3, 6))
    assert solar(store, date(2018, 3, 30)) == {january: 1}
    assert solar(store, march) == {march: 50}
    # the month that comes late changes nothing, and neither does its correction
    taken(store, (HESHUN, span(2, 2), "2"))
    taken(store, (HESHUN, span(3, 3), "4"))
    assert solar(store, march) == {march: 50}
    assert solar(store, date(2018, 3, 30)) == {january: 1, span(2, 2)[1]: 2}
    # the half-year tells the quarter, the year tells both
    taken(store, (HESHUN, span(1, 6), "120"), (HESHUN, span(1, 12), "300"))
    assert solar(store, date(2018, 6, 29)) == {march: 50}
    assert solar(store, june) == {june: 120}
    assert solar(store, EVER) == {span(12, 12)[1]: 300}
    assert solar(store, EVER, LIUQUAN) == {january: 7}


def test_months_come_back_when_the_longer_period_no_longer_tells(
    store: Store,
) -> None:
    quarter, march = span(1, 3), span(3, 3)[1]
    taken(store, (HESHUN, span(1, 1), "1"), (HESHUN, span(2, 2), "2"))
    told = taken(store, (HESHUN, quarter, "50"))
    owed = lines((HESHUN, "solar", *quarter, "60", None))
    accept(store, send(store, owed), BY, NOW)
    months = {span(1, 1)[1]: 1, span(2, 2)[1]: 2}
    assert {e: a for e, a in solar(store, EVER).items() if e != march} == months
    # what is due is told by the quarter alone, and the past stays as it was
    due = "select distinct due_until_date from core.income_period where to_no = $open"
    day = store.frame(f"{due} and period_end < $end", {"open": OPEN, "end": march})
    assert day["due_until_date"].tolist() == [march]
    past = received(store, EVER, told)
    assert past == {(HESHUN, "solar", march): Decimal(50)}
    taken(store, (HESHUN, quarter, "70"))
    assert solar(store, EVER) == {march: 70}


def test_a_quarter_over_new_year_counts_in_the_year_in_which_it_ends(
    store: Store,
) -> None:
    december, february = span(12, 12, 2017)[1], span(2, 2)[1]
    taken(store, (HESHUN, span(12, 12, 2017), "1"), (HESHUN, span(1, 1), "2"))
    taken(store, (HESHUN, (date(2017, 12, 1), february), "90"))
    assert solar(store, december) == {december: 1}
    assert solar(store, span(1, 1)[1]) == {december: 1, span(1, 1)[1]: 2}
    assert solar(store, february) == {february: 90}


def test_a_sum_of_which_a_part_is_not_stated_is_unknown(store: Store) -> None:
    rows = lines(
        (HESHUN, "solar", *span(6, 6), "1.10", "5.05"),
        (HESHUN, "solar", *span(6, 6), "2.20", None),
        (LIUQUAN, "solar", *span(6, 6), "1.10", "5.05"),
        (LIUQUAN, "solar", *span(6, 6), None, "0.95"),
    )
    accept(store, send(store, rows), BY, NOW)
    june = span(6, 6)[1]
    assert received(store) == {
        (HESHUN, "solar", june): None,
        (LIUQUAN, "solar", june): Decimal(6),
    }
    due = store.frame(
        "select amount_due_yuan from core.income_period order by village_code", {}
    )
    assert due["amount_due_yuan"].tolist() == [Decimal("3.30"), None]


SPANS = [span(m, m) for m in range(1, 7)] + [span(1, 3), span(4, 6), span(1, 6)]
PAPERS = st.lists(
    st.dictionaries(
        st.sampled_from(SPANS),
        st.one_of(st.none(), st.integers(0, 99)),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=5,
)
_used = count()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(papers=PAPERS)
def test_whatever_comes_in_whatever_order_the_rule_holds(
    store: Store, papers: list[dict[Span, int | None]]
) -> None:
    village = list(registry().villages)[next(_used) % len(registry().villages)]
    units: dict[Span, int | None] = {}
    for paper in papers:
        units |= paper
        taken(
            store,
            *(
                (village, when, None if got is None else str(got))
                for when, got in paper.items()
            ),
        )
        stored = store.frame(
            """
            select period_start, period_end, received_until_date
            from core.income_period
            where village_code = $village and to_no = $open
            """,
            {"village": village, "open": OPEN},
        )
        assert {
            (row.period_start, row.period_end): row.received_until_date
            for row in stored.itertuples()
        } == {when: until(when, units) for when in units}


def until(when: Span, units: dict[Span, int | None]) -> date:
    """Return the day from which a longer stated period tells a unit's amount."""
    ends = [
        end
        for (start, end), told in units.items()
        if start <= when[0] and end >= when[1] and (start, end) != when
        if told is not None
    ]
    return min(ends, default=FOR_GOOD)
