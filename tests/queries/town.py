"""Which town do the tests of scopes and grains ask of? Villages in every state."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

import queries
from base.catalogue import Target
from base.viewer import Viewer
from etl.evidence import attach
from queries import Moment
from store import Store
from store.publish import OPEN
from tests.making import BY, NOW
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TARGET,
    TOWNSHIP,
    act,
    end_of,
    give,
    joint,
    moment,
    months,
    row,
    send_back,
    share,
    tell,
    window,
)
from tests.queries.meetings.scene import met
from tests.queries.solar.plants import energy, plant, settled
from tests.queries.test_files import head_of, source_of

ELSEWHERE = "410581001001"
CLOSE = end_of(12, 2017)
# Asked of all villages whose codes begin so.
OF_MANY = ("village/measures", "village/owed")


@dataclass(frozen=True)
class Town:
    """A store with villages in every state, and a moment of it."""

    store: Store
    when: Moment
    paper_no: int
    action_no: int
    meetings: tuple[int, int]

    def ask(self, name: str, viewer: Viewer, target: Target = TARGET) -> pd.DataFrame:
        """Ask any question; of a village, it is 河顺; of a meeting, the second."""
        earlier = end_of(5)
        number = self.when.version_no
        days = [self.when.as_of, CLOSE if name == "progress/restated" else earlier]
        return queries.ask(
            name,
            target,
            viewer,
            self.store,
            self.when,
            [(day, number) for day in days],
            before_date=earlier,
            digits=12,
            near_yuan=5000,
            list_name="remaining",
            most=1000,
            source="",
            terrain="",
            pilot="",
            poor="",
            village_code="410581" if name in OF_MANY else HESHUN,
            place_code=TOWNSHIP if "total of" in head_of(source_of(name)) else HESHUN,
            period_end=end_of(3) if name == "reporting/holding" else None,
            tolerance_yuan=0,
            first_date=date(2018, 1, 1),
            times=[NOW],
            nobody_sends=["registry"],
            states=["submitted", "accepted", "returned"],
            submission_no=self.paper_no,
            month_start=date(2018, 7, 1),
            from_date=date(2018, 1, 1),
            least_peers=1,
            reopened=[],
            action_no=self.action_no,
            target_id=TARGET.id,
            by="township",
            from_share=1,
            source_id="cooperative",
            quantity_id="members",
            within_days=60,
            # what came after the first one is later
            meeting_no=self.meetings[name != "meetings/later"],
            money_categories=["business_income", "contract_income"],
            open_no=OPEN,
            now_at=NOW,
        )


def built(store: Store) -> Town:
    """Fill a store with a town."""
    codes = (HESHUN, LIUQUAN, ELSEWHERE)
    year = "2017年全年"
    for at, amount in [(datetime(2018, 1, 15), 60_000), (datetime(2018, 3, 1), 1)]:
        give(store, *((code, year, "光伏", amount) for code in codes), at=at)
    first = met(store, end_of(6))
    for code in codes:
        tell(
            store,
            row(
                code,
                date(2018, 1, 1),
                end_of(1),
                received=99,
                statement="detail",
            ),
            row(
                code,
                date(2018, 1, 1),
                end_of(1),
                "hometown",
                received=0,
                due=150_000,
                statement="detail",
            ),
            inventory=[
                {
                    "village_code": code,
                    "period_start": date(2018, 1, 1),
                    "period_end": end_of(6),
                }
            ],
            contract=[
                {"village_code": code, "contract_id": "1"},
                {
                    "village_code": code,
                    "contract_id": "2",
                    "end_date": date(2018, 11, 30),
                },
            ],
            attribute=[
                plant(code, "100", date(2018, 1, 1)),
                {
                    **plant(code, "20", date(2018, 1, 1)),
                    "attribute_id": "solar_households",
                },
            ],
            assignment=[
                {
                    "village_code": code,
                    "duty_id": "department",
                    "holder_name": "市水利局",
                    "valid_from_date": date(2018, 1, 1),
                }
            ],
        )
        dividend = {"source_id": "cooperative", "statement": "detail"}
        tell(
            store,
            row(code, date(2018, 1, 1), end_of(1), received=50, due=60, **dividend),
            row(
                code,
                date(2018, 1, 1),
                end_of(1),
                line_kind="quantity",
                item_id="members",
                quantity=Decimal(10),
                quantity_unit="户",
                **dividend,
            ),
        )
        settlement = settled(code, date(2018, 1, 1), "subsidy", 10, 4)
        tell(store, energy(code, date(2018, 1, 1), 9_000), settlement)
    tell(
        store,
        joint("P1", date(2018, 1, 1), end_of(3), 100),
        share=share(
            "P1", date(2018, 1, 1), dict(zip(codes, ("40", "30", "30"), strict=True))
        ),
    )
    for code in codes:
        give(store, *((code, m, "光伏", 100) for m in months(1, 4)))
        waiting = give(store, (code, "2018-05", "光伏", 0), is_accepted=False)
        attach(store, waiting, b"%PDF-", "回单.pdf", BY, NOW)
        give(store, (code, "2018年上半年", "门面", 7))
    back = give(
        store, *((code, "2018-06", "光伏", 1) for code in codes), is_accepted=False
    )
    send_back(store, back, NOW)
    for place in ("410581", TOWNSHIP, *codes):
        window(store, place, date(2018, 4, 20))
    own = store.value(
        "select min(submission_no) from ops.submission "
        "where place_code = $code and state = 'submitted'",
        {"code": HESHUN},
    )
    closed: dict[str, Any] = {"state": "closed", "was_cleared": True}
    numbers = [act(store, code) for code in codes]
    # the last two are on the list, and remain
    for code in (*codes, DONGLI, "410581106205"):
        act(store, code, **closed, judged_date=end_of(5))
    meetings = (first, met(store, end_of(6)))
    return Town(store, moment(store, end_of(6)), own, numbers[0], meetings)
