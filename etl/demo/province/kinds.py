"""Which kinds of lines do the province's papers carry, and of which spans?"""

import calendar
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from base.catalogue import Catalogue
from base.month import add_months

FIRST_MONTH = date(2016, 1, 1)
CONTRACTING, COOPERATIVE, KINDERGARTEN, PILOT, OTHER, HOMETOWN = range(6)
BUSINESS_COST, ADMIN_COST, OTHER_COST = range(6, 9)
ENERGY, CAPACITY, ELECTRICITY, SUBSIDY = range(9, 13)
PROJECT, PART = (
    13,
    16,
)  # of a base, a tourism project, a shop front: one after the other
ARREARS, RELET = 19, 20
INVENTORY_REPORT, CONTRACT_REPORT, ROSTER_REPORT = 21, 22, 23
JOINT = ("joint_base", "joint_tourism", "joint_shopfront")


@dataclass(frozen=True)
class Kind:
    """What a line says besides its amounts.

    A line that is read stands in `core.income`, one that counts in
    `core.income_period`; the parts of a joint project are only counted.
    """

    statement: str
    source_id: str
    line_kind: str = "income"
    item_id: str = ""
    is_one_off: bool = False
    unit: str | None = None
    has_due: bool = False
    has_received: bool = True
    is_read: bool = True


KINDS = (
    Kind("ledger", "contracting"),
    Kind("ledger", "cooperative"),
    Kind("ledger", "kindergarten"),
    Kind("ledger", "pilot"),
    Kind("ledger", "other"),
    Kind("ledger", "hometown", is_one_off=True),
    Kind("ledger", "business_cost", "cost"),
    Kind("ledger", "admin_cost", "cost"),
    Kind("ledger", "other_cost", "cost"),
    Kind("energy", "solar", "income", "energy", False, "kWh", True, False),
    Kind("energy", "solar", "quantity", "capacity", False, "kW", False, False),
    Kind("settlement", "solar", "income", "electricity", False, "kWh", True),
    Kind("settlement", "solar", "income", "subsidy", has_due=True),
    *(Kind("joint_income", one, "project", has_due=True) for one in JOINT),
    *(Kind("joint_income", one, has_due=True, is_read=False) for one in JOINT),
    Kind("inventory", "inventory", "income", "arrears", True, has_due=True),
    Kind("inventory", "inventory", "income", "relet", has_due=True),
    Kind("inventory", "inventory", "report", has_received=False, is_read=False),
    Kind("contract", "–", "report", has_received=False, is_read=False),
    Kind("roster", "–", "report", has_received=False, is_read=False),
)


def kind_rows(entries: Catalogue) -> pa.Table:
    """Return one row per kind, with the category of its source."""
    lines = entries.lines()
    return pa.Table.from_pylist(
        [
            {
                "kind_no": number,
                **vars(kind),
                "category": lines[kind.source_id].category
                if kind.source_id in lines
                else "",
            }
            for number, kind in enumerate(KINDS)
        ]
    )


@dataclass(frozen=True)
class Span:
    """A run of months that a paper tells of; `first` counts months from FIRST_MONTH."""

    first: int
    months: int

    @property
    def start(self) -> date:
        """Return its first day."""
        return add_months(FIRST_MONTH, self.first)

    @property
    def end(self) -> date:
        """Return its last day."""
        last = add_months(FIRST_MONTH, self.first + self.months - 1)
        return last.replace(day=calendar.monthrange(last.year, last.month)[1])


def spans_up_to(to_month: date) -> list[Span]:
    """Return the months, half years and years that have ended by a month's end.

    Months come first, so that a month's place is its number.
    """
    count = 12 * (to_month.year - FIRST_MONTH.year) + to_month.month
    return [
        Span(first, months)
        for months in (1, 6, 12)
        for first in range(0, count - months + 1, months)
    ]
