"""From which cell of which file does each figure of a village come?"""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd

from base.viewer import operator
from etl.accept import accept
from etl.door import load_file
from etl.form import SAME, Filled, form_file
from store import Store
from tests.making import BY, ledger, xlsx
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    give,
    joint,
    moment,
    question,
    row,
    share,
    tell,
    viewer_of,
)

YEAR = end_of(12)
TOWN, OFFICE = operator("河顺镇"), operator("市专班")
SENT, TAKEN = datetime(2018, 7, 3, 9), datetime(2018, 7, 9, 15, 30)
LATE = datetime(2019, 3, 1)


def figures(
    store: Store, code: str, as_of: date = YEAR, known_at: datetime = LATE
) -> pd.DataFrame:
    when = moment(store, as_of, known_at)
    scope = viewer_of(TOWNSHIP)
    return question("village/figures", store, scope, when, village_code=code)


def test_a_figure_knows_its_cell_its_sender_and_its_reviewer(store: Store) -> None:
    paper = xlsx(ledger([["东里", 5, "", ""], ["柳泉", 300, 200, "无"]]), "六月")
    sent = load_file(store, paper, "河顺.xlsx", TOWN, SENT, is_accepted=False)
    assert sent.submission is not None
    assert figures(store, LIUQUAN).empty
    accept(store, sent.submission.submission_no, OFFICE, TAKEN)
    found = figures(store, LIUQUAN).set_index("source_id")
    assert dict(found["cell"]) == {
        "solar": "B5",
        "cooperative": "C5",
        "joint_shopfront": "D5",
    }
    row = found.loc["cooperative"]
    assert (row["file_name"], row["sheet"]) == ("河顺.xlsx", "六月")
    assert (row["sent_by"], row["submitted_at"]) == ("河顺镇", pd.Timestamp(SENT))
    assert (row["accepted_by"], row["accepted_at"]) == ("市专班", pd.Timestamp(TAKEN))
    assert (row["period_start"], row["period_end"]) == (date(2018, 6, 1), end_of(6))
    assert (row["amount_received_yuan"], row["counts"]) == (Decimal(200), True)
    assert found.loc["joint_shopfront", "amount_received_yuan"] == 0


def test_a_line_says_that_somebody_took_it_over(store: Store) -> None:
    filled = [
        Filled("solar", Decimal(7), is_taken_over=True),
        Filled("cooperative", Decimal(8)),
    ]
    name, content = form_file(LIUQUAN, date(2018, 6, 1), filled)
    load_file(store, content, name, BY, SENT)
    found = figures(store, LIUQUAN).set_index("source_id")
    assert found.loc["solar", "remark"] == SAME
    assert found.loc["cooperative", "remark"] != SAME


def test_a_correction_is_traced_to_its_own_file(store: Store) -> None:
    for at, amount in [(SENT, 10), (TAKEN, 20)]:
        name = f"{amount}.csv"
        paper = f"村名,2018年6月光伏（元）\n柳泉,{amount}\n".encode()
        load_file(store, paper, name, BY, at)
        give(store, (LIUQUAN, "2018-06", "光伏", amount), at=at)
    found = figures(store, LIUQUAN)
    assert list(found["amount_received_yuan"]) == [20]
    assert list(figures(store, LIUQUAN, known_at=SENT)["amount_received_yuan"]) == [10]


def test_only_the_year_up_to_the_day(store: Store) -> None:
    give(
        store,
        (HESHUN, "2017-12", "光伏", 1),
        (HESHUN, "2018-05", "光伏", 2),
        (HESHUN, "2018-07", "光伏", 4),
        (HESHUN, "2018年全年", "门面", 8),
    )
    assert sum(figures(store, HESHUN, end_of(6))["amount_received_yuan"]) == 2
    assert sum(figures(store, HESHUN, end_of(12))["amount_received_yuan"]) == 14
    assert sum(figures(store, HESHUN, end_of(1, 2018))["amount_received_yuan"]) == 0


def test_what_a_wider_period_tells_is_shown_and_does_not_count(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018-01", "光伏", 1),
        (HESHUN, "2018-03", "光伏", 4),
        (HESHUN, "2018年一季度", "光伏", 100),
    )
    counted = figures(store, HESHUN, end_of(3)).set_index("amount_received_yuan")
    assert dict(counted["counts"]) == {100: True, 4: False, 1: False}
    assert list(figures(store, HESHUN, end_of(2))["counts"]) == [True]


def test_no_part_of_an_unknown_sum_counts(store: Store) -> None:
    give(
        store,
        (HESHUN, "2018-01", "光伏", 60_000),
        (HESHUN, "2018-01", "光伏", "", 5),
        (HESHUN, "2018-01", "门面", 7),
    )
    found = figures(store, HESHUN, end_of(1))
    counted = found[found["counts"]]
    assert list(counted["amount_received_yuan"]) == [7]
    assert len(found) == 3


def test_the_newest_comes_first_and_equals_keep_their_order(store: Store) -> None:
    for month in (1, 3, 2):
        give(
            store,
            (HESHUN, f"2018-0{month}", "光伏", month),
            (HESHUN, f"2018-0{month}", "门面", 10 * month),
            (HESHUN, f"2018-0{month}", "光伏", 100 * month),
        )
    found = figures(store, HESHUN)
    keys = ["period_end", "source_id", "file_name", "sheet", "cell"]
    assert not found.duplicated(keys).any()
    assert list(found["amount_received_yuan"]) == [
        *(30, 3, 300),
        *(20, 2, 200),
        *(10, 1, 100),
    ]


def test_a_part_of_a_project_leads_to_the_cell_of_the_whole(store: Store) -> None:
    """河顺 manages the project and holds a third; 柳泉 holds the rest."""
    day = date(2018, 1, 1)
    tell(
        store,
        joint("P1", day, end_of(6), 100, cell="F7", sheet="上半年", due=150),
        share=share("P1", day, {HESHUN: "33.3", LIUQUAN: "66.7"}),
    )
    [part] = figures(store, LIUQUAN).to_dict("records")
    assert (part["statement"], part["project_id"]) == ("joint_income", "P1")
    assert (part["amount_received_yuan"], part["counts"]) == (Decimal("66.70"), True)
    assert part["amount_due_yuan"] == Decimal("100.05")
    assert (part["sheet"], part["cell"]) == ("上半年", "F7")
    assert part["file_name"].endswith(".xlsx") and part["accepted_by"] == BY.name
    own = figures(store, HESHUN).set_index("line_kind")
    assert dict(own["amount_received_yuan"]) == {
        "income": Decimal("33.30"),
        "project": Decimal(100),
    }
    assert dict(own["counts"]) == {"income": True, "project": False}
    assert dict(own["cell"]) == {"income": "F7", "project": "F7"}
    assert figures(store, DONGLI).empty


def test_a_part_is_traced_to_the_paper_in_force(store: Store) -> None:
    day = date(2018, 1, 1)
    whole = joint("P1", day, end_of(6), 100, cell="F7")
    tell(store, whole, share=share("P1", day, {LIUQUAN: "100"}), at=SENT)
    tell(store, joint("P1", day, end_of(6), 200, cell="F9"), at=TAKEN)
    for known_at, cell, amount in [(SENT, "F7", 100), (TAKEN, "F9", 200)]:
        [part] = figures(store, LIUQUAN, known_at=known_at).to_dict("records")
        assert (part["cell"], part["amount_received_yuan"]) == (cell, amount)


def test_quantities_are_shown_and_are_no_money(store: Store) -> None:
    day, of = date(2018, 1, 1), {"statement": "energy", "line_kind": "quantity"}
    tell(
        store,
        row(HESHUN, day, end_of(1), received=5, statement="settlement"),
        row(
            HESHUN,
            day,
            end_of(1),
            item_id="energy",
            quantity=Decimal(1200),
            quantity_unit="kWh",
            cell="D4",
            **of,
        ),
        row(HESHUN, day, end_of(1), statement="inventory", line_kind="report"),
    )
    found = figures(store, HESHUN).set_index("line_kind")
    assert sorted(found.index) == ["income", "quantity"]
    row_of = found.loc["quantity"]
    assert (row_of["quantity"], row_of["quantity_unit"]) == (1200, "kWh")
    assert (row_of["item_id"], row_of["cell"]) == ("energy", "D4")
    assert not row_of["counts"] and pd.isna(row_of["amount_received_yuan"])
    assert found.loc["income", "counts"]


def test_an_item_that_is_not_stated_leaves_the_others_alone(store: Store) -> None:
    day = date(2018, 1, 1)
    tell(
        store,
        row(HESHUN, day, end_of(1), received=5, item_id="electricity"),
        row(HESHUN, day, end_of(1), due=7, item_id="subsidy", cell="D4"),
    )
    found = figures(store, HESHUN)
    assert dict(zip(found["item_id"], found["counts"], strict=True)) == {
        "electricity": True,
        "subsidy": False,
    }


def test_lines_of_one_unit_are_told_apart(store: Store) -> None:
    """By kind, item and whether they come once; none is there twice."""
    day, of = date(2018, 1, 1), {"source_id": "inventory", "statement": "inventory"}
    tell(
        store,
        row(HESHUN, day, end_of(6), received=5, **of),
        row(HESHUN, day, end_of(6), due=7, is_one_off=True, cell="D4", **of),
        row(HESHUN, day, end_of(6), line_kind="quantity", cell="E4", **of),
        row(HESHUN, day, end_of(6), received=9, line_kind="quantity", cell="F4", **of),
    )
    found = figures(store, HESHUN)
    assert dict(zip(found["cell"], found["counts"], strict=True)) == {
        "C4": True,
        "D4": False,
        "E4": False,
        "F4": False,
    }
    assert len(found) == 4


def test_each_period_of_a_project_has_its_cell(store: Store) -> None:
    day = date(2018, 1, 1)
    tell(
        store,
        joint("P1", day, end_of(3), 100, cell="F7"),
        joint("P1", day, end_of(6), 200, cell="F3", file_line=3),
        joint("P1", day, end_of(3), None, cell="E1", file_line=1)
        | {"line_kind": "quantity", "quantity": Decimal(8)},
        joint("P2", day, end_of(3), 400, cell="F2", file_line=2),
        share=[
            *share("P1", day, {LIUQUAN: "100"}),
            *share("P2", day, {LIUQUAN: "100"}),
        ],
    )
    found = figures(store, LIUQUAN)
    assert dict(zip(found["cell"], found["amount_received_yuan"], strict=True)) == {
        "F7": 100,
        "F3": 200,
        "F2": 400,
    }
