"""How many of the ledgers that were due are accepted?"""

from store import Store
from tests.making import NOW
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    end_of,
    give,
    moment,
    months,
    question,
    send_back,
    viewer_of,
)


def completeness(store: Store, *codes: str) -> dict[str, int]:
    when = moment(store, end_of(3))
    found = question("reporting/completeness", store, viewer_of(*codes), when)
    assert len(found) == 1
    return {str(name): int(count) for name, count in found.iloc[0].items()}


def test_completeness_counts_what_was_due_and_the_villages_behind(
    store: Store,
) -> None:
    give(store, *((HESHUN, month, "光伏", 0) for month in months(1, 3)))
    give(store, (LIUQUAN, "2018-01", "光伏", 1))
    give(store, (DONGLI, "2018年一季度", "光伏", 1), is_accepted=False)
    back = give(store, (SHANGPO, "2018-02", "光伏", 1), is_accepted=False)
    send_back(store, back, NOW)
    assert completeness(store, HESHUN, LIUQUAN, DONGLI, SHANGPO) == {
        "due_count": 12,
        "reported_count": 4,
        "not_reported": 1,
        "in_review": 1,
        "returned": 1,
    }
    assert completeness(store, "410581")["due_count"] == 589 * 3
    assert completeness(store, HESHUN)["reported_count"] == 3


def test_nobody_owes_nothing(store: Store) -> None:
    assert set(completeness(store).values()) == {0}
