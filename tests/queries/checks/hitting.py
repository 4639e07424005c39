"""Which papers make a rule hit, and which just do not? A scene each, for a store."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.rules import rules
from base.viewer import Viewer
from store import Store
from tests.making import NOW
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    SHANGPO,
    end_of,
    moment,
    question,
    row,
    share,
    tell,
    viewer_of,
)

CITY = viewer_of("410581")
AUGUST = end_of(8)
TOLD = {
    "threshold_yuan": 50_000,
    "categories": list(catalogue().measures["operating_income"].plus),
}


def found_by(
    rule_id: str,
    store: Store,
    as_of: date = AUGUST,
    viewer: Viewer = CITY,
    known_at: datetime = NOW,
    **changed: Any,
) -> pd.DataFrame:
    """Ask a rule with its shipped limits, but for those that are changed."""
    rule = rules()[rule_id]
    params = {**TOLD, **rule.asked, **changed}
    return question(rule.query, store, viewer, moment(store, as_of, known_at), **params)


def month(
    code: str,
    number: int,
    received: int | str | None,
    source_id: str = "solar",
    **said: Any,
) -> dict[str, Any]:
    """Return a month of a ledger; of 2018 unless `year` says otherwise."""
    year = said.pop("year", 2018)
    span = (date(year, number, 1), end_of(number, year))
    return row(code, *span, source_id, received, **said)


def village(number: int) -> str:
    """Return the code of one of many villages of 河顺镇; 河顺 is the first."""
    return f"410581105{200 + number}"


def _above_line(store: Store, under: bool) -> None:
    """Nine villages above the line and none below; or three below as well."""
    above = [month(village(n), 6, 50_000 + n) for n in range(9)]
    below = [month(village(n), 6, 49_000 + n) for n in range(20, 23)]
    tell(store, *above, *(below if under else []))


def _round_numbers(store: Store, under: bool) -> None:
    """Three of five amounts are whole thousands; or two of them."""
    amounts = [1_000, 2_000, 1_500 if under else 3_000, 1_234, 555]
    tell(store, *(month(HESHUN, n, a) for n, a in enumerate(amounts, 1)))


def _same_amounts(store: Store, under: bool) -> None:
    """Three amounts of a month are another village's; or one differs by a fen."""
    sources = {"solar": "123.45", "other": "678", "kindergarten": "9.5"}
    for code in (HESHUN, DONGLI):
        told = {**sources, "other": "678.01"} if under and code == DONGLI else sources
        tell(store, *(month(code, 6, amount, one) for one, amount in told.items()))


def _december_jump(store: Store, under: bool) -> None:
    """All of a year came in December, and 20,000 yuan of it; or a fen less."""
    for code in (LIUQUAN, SHANGPO):
        tell(
            store,
            month(code, 6, 60_000, "cooperative", year=2017),
            month(code, 12, 30_000, "cooperative", year=2017),
        )
    amount = "19999.99" if under else "20000"
    tell(store, month(HESHUN, 12, amount, "cooperative", year=2017))


def _month_jump(store: Store, under: bool) -> None:
    """Twice the most of six months; or a fen less."""
    tell(store, *(month(HESHUN, n, 5_000 + n) for n in range(2, 8)))
    tell(store, month(HESHUN, 8, "10013.99" if under else "10014"))


def _split_payment(store: Store, under: bool) -> None:
    """Two halves of 30,000 in months beside each other; or a yuan is lacking."""
    tell(
        store,
        month(HESHUN, 3, 15_000, "hometown"),
        month(HESHUN, 4, 14_999 if under else 15_000, "hometown"),
    )


def _no_project(store: Store, under: bool) -> None:
    """A ledger tells of a joint base, and no table of shares; or one does."""
    tell(store, month(HESHUN, 6, 1_000, "joint_base"))
    if under:
        tell(
            store,
            project=[{"project_id": "P1", "source_id": "joint_base"}],
            share=share("P1", date(2018, 1, 1), {HESHUN: "40", LIUQUAN: "60"}),
        )


def _statements_differ(store: Store, under: bool) -> None:
    """The grid tells of 5,000.01 yuan more than the ledger; or of 5,000."""
    tell(store, month(HESHUN, 6, 100))
    told = "5100" if under else "5100.01"
    tell(store, month(HESHUN, 6, told, statement="settlement"))


def _gap_large(store: Store, under: bool) -> None:
    """So little that 45,000 yuan lack; or a fen less lacks."""
    tell(store, month(HESHUN, 6, "5000.01" if under else "5000"))


def _falling_months(store: Store, under: bool) -> None:
    """Three months with four fifths of last year's; or one a fen above."""
    for number in (6, 7, 8):
        now = "8000.01" if under and number == 7 else "8000"
        tell(
            store,
            month(HESHUN, number, 10_000, year=2017),
            month(HESHUN, number, now),
        )


def _below_last_year(store: Store, under: bool) -> None:
    """Half of last year's; or a fen more."""
    tell(store, month(HESHUN, 8, 40_000, year=2017))
    tell(store, month(HESHUN, 8, "20000.01" if under else "20000"))


def _contract_ending(store: Store, under: bool) -> None:
    """A contract ends on the sixtieth day; or on the day after."""
    tell(store, contract=[contract(end_date=date(2019, 1, 16 if under else 15))])


def contract(**said: Any) -> dict[str, Any]:
    """Return a contract of 河顺 that ends within sixty days of the tests' today."""
    return {
        "village_code": HESHUN,
        "contract_id": "甲",
        "party_name": "张三",
        "subject_name": "鱼塘",
        "start_date": date(2009, 1, 1),
        "end_date": date(2018, 12, 31),
        "rent_yuan_per_year": Decimal(10_000),
        **said,
    }


def _no_report(store: Store, under: bool) -> None:
    """Of eight months one is in, and the others overdue; or seven are in."""
    told = range(1, 8) if under else [1]
    tell(store, *(month(HESHUN, n, 5) for n in told))
    if under:
        # the inventory of the half year, which is owed as well
        span = (date(2018, 1, 1), end_of(6))
        told_of = dict(zip(("period_start", "period_end"), span, strict=True))
        tell(
            store,
            row(HESHUN, *span, "inventory", 1, statement="inventory"),
            inventory=[{"village_code": HESHUN, **told_of}],
        )


def _plant_down(store: Store, under: bool) -> None:
    """Six tenths of what five peers made per kW; or a kWh more."""
    energies = {village(n): 10_000 for n in range(1, 6)}
    energies[HESHUN] = 6_001 if under else 6_000
    for code, energy in energies.items():
        tell(store, *plant(code, energy))


def plant(code: str, energy_kwh: int, number: int = 8) -> list[dict[str, Any]]:
    """Return what the platform tells of a plant of 100 kW in a month."""
    return [
        month(
            code,
            number,
            None,
            statement="energy",
            line_kind="quantity",
            item_id=item_id,
            quantity=Decimal(amount),
            quantity_unit=unit,
        )
        for item_id, amount, unit in (
            ("energy", energy_kwh, "kWh"),
            ("capacity", 100, "kW"),
        )
    ]


SCENES: Mapping[str, Callable[[Store, bool], None]] = MappingProxyType(
    {
        "above_line": _above_line,
        "round_numbers": _round_numbers,
        "same_amounts": _same_amounts,
        "december_jump": _december_jump,
        "month_jump": _month_jump,
        "split_payment": _split_payment,
        "no_project": _no_project,
        "statements_differ": _statements_differ,
        "gap_large": _gap_large,
        "falling_months": _falling_months,
        "below_last_year": _below_last_year,
        "contract_ending": _contract_ending,
        "no_report": _no_report,
        "plant_down": _plant_down,
    }
)
