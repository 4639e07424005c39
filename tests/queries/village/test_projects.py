"""What did joint projects bring of which a village holds shares?"""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd

from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    end_of,
    joint,
    moment,
    question,
    share,
    tell,
    viewer_of,
)

FIRST, JULY = date(2018, 1, 1), date(2018, 7, 1)
PROJECT = {
    "project_id": "P1",
    "project_name": "食用菌基地",
    "source_id": "joint_base",
    "managing_code": HESHUN,
    "place_name": "河顺镇",
}
SECOND, LATER = datetime(2018, 7, 20), datetime(2018, 8, 9)


def projects(
    store: Store, code: str, as_of: date, known_at: datetime = LATER
) -> pd.DataFrame:
    """Ask as the village itself, which may see no other."""
    when = moment(store, as_of, known_at)
    viewer = viewer_of(code)
    return question("village/projects", store, viewer, when, village_code=code)


def test_the_whole_and_the_own_part_with_their_papers(store: Store) -> None:
    tell(
        store,
        project=[PROJECT],
        share=share("P1", FIRST, {LIUQUAN: "66.7", DONGLI: "33.3"}),
        at=SECOND,
    )
    tell(store, joint("P1", FIRST, end_of(6), 100, cell="F7", due=200), at=LATER)
    [row] = projects(store, LIUQUAN, end_of(6)).to_dict("records")
    assert (row["project_name"], row["source_id"]) == ("食用菌基地", "joint_base")
    assert (row["managing_code"], row["place_name"]) == (HESHUN, "河顺镇")
    assert (row["share_pct"], row["valid_from_date"]) == (Decimal("66.7"), FIRST)
    assert (row["period_start"], row["period_end"]) == (FIRST, end_of(6))
    assert (row["project_received_yuan"], row["project_due_yuan"]) == (100, 200)
    assert row["own_received_yuan"] == Decimal("66.70")
    assert row["own_due_yuan"] == Decimal("133.40")
    assert (row["income_cell"], row["share_cell"]) == ("F7", "A4")
    assert row["income_file_name"] != row["share_file_name"]
    assert projects(store, HESHUN, end_of(6)).empty
    assert projects(store, SHANGPO, end_of(6)).empty


def test_no_other_holder_is_told_of(store: Store) -> None:
    """Neither a part nor a share of 东里 is in what 柳泉 sees."""
    tell(
        store,
        joint("P1", FIRST, end_of(6), 100),
        project=[PROJECT],
        share=share("P1", FIRST, {LIUQUAN: "66.7", DONGLI: "33.3"}),
    )
    found = projects(store, LIUQUAN, end_of(6))
    assert not found.isin([DONGLI, Decimal("33.30"), Decimal("33.3")]).any(axis=None)
    when = moment(store, end_of(6))
    mine = viewer_of(LIUQUAN)
    assert question("village/projects", store, mine, when, village_code=DONGLI).empty


def test_before_any_income_the_project_is_there(store: Store) -> None:
    tell(store, project=[PROJECT], share=share("P1", FIRST, {LIUQUAN: "100"}))
    tell(store, joint("P1", FIRST, end_of(6), 100))
    found = projects(store, LIUQUAN, end_of(5), known_at=datetime(2018, 11, 16, 9))
    [row] = found.to_dict("records")
    assert (row["project_name"], row["share_pct"]) == ("食用菌基地", 100)
    assert row["period_start"] is None and pd.isna(row["project_received_yuan"])


def test_who_sold_its_shares_holds_the_project_no_longer(store: Store) -> None:
    tell(
        store,
        joint("P1", FIRST, end_of(3), 100),
        project=[PROJECT],
        share=[
            *share("P1", FIRST, {LIUQUAN: "50", DONGLI: "50"}),
            *share("P1", JULY, {DONGLI: "60", SHANGPO: "40"}),
        ],
        at=SECOND,
    )
    assert len(projects(store, LIUQUAN, end_of(6))) == 1
    assert projects(store, LIUQUAN, JULY).empty
    [bought] = projects(store, SHANGPO, JULY).to_dict("records")
    assert bought["project_received_yuan"] == 100
    assert pd.isna(bought["own_received_yuan"])
    [kept] = projects(store, DONGLI, JULY).to_dict("records")
    assert (kept["share_pct"], kept["own_received_yuan"]) == (60, 50)
