"""What is a paper of the demonstration, who writes it how, and when is it sent?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

import numpy as np
import pandas as pd

from base.month import add_months
from etl.registry import township_key

T = TypeVar("T")
CITY, OFFICE = "林州市", "市专班"
DEMO = "（演示）"
SURNAMES = "王李张郭杨秦常元付石冯申宋崔靳"


@dataclass(frozen=True, order=True)
class Paper:
    """A file as it was sent; its content is made when it is asked for.

    `accepted_at` is None where it waits in review for good: it carries an error.
    """

    sent_at: datetime
    file_name: str
    sender: str = field(compare=False)
    accepted_at: datetime | None = field(compare=False)
    make: Callable[[], bytes] = field(compare=False)


@dataclass(frozen=True)
class Township:
    """A township's villages (place → name as it writes it) and its manner."""

    code: str
    name: str
    villages: dict[int, str]
    manner: int

    def one_of(self, ways: tuple[T, ...]) -> T:
        """Return the way in which this township does a thing."""
        return ways[self.manner % len(ways)]

    @property
    def signature(self) -> str:
        """Return who filled in and who checked."""
        return f"填报人：{person(self.manner)}    审核人：{person(self.manner + 4)}"


def person(number: int) -> str:
    """Return the name of an invented person, plainly invented: 王某某."""
    return f"{SURNAMES[number % len(SURNAMES)]}某某"


def file_name(text: str, ending: str = "xlsx") -> str:
    """Return a file name that says that it belongs to the demonstration."""
    return f"{text}{DEMO}.{ending}"


def townships(villages: pd.DataFrame) -> dict[str, Township]:
    """Return the townships by code, in the order of their codes."""
    found: dict[str, Township] = {}
    names = villages.drop_duplicates("township_code").sort_values("township_code")
    places = zip(names["township_code"], names["township_name"], strict=True)
    for manner, (code, name) in enumerate(places):
        members = np.flatnonzero(villages["township_code"] == code).tolist()
        stem = township_key(name)
        # A village named like its township would read as the township's subtotal.
        own = {
            village: f"{short}村" if short == stem else short
            for village, short in zip(
                members, villages["short_name"].iloc[members], strict=True
            )
        }
        found[code] = Township(code, name, own, manner)
    return found


def moment(
    month: date, first_day: int, last_day: int, chance: np.random.Generator
) -> datetime:
    """Draw a moment in office hours on a working day, the holidays of October left out.

    Args:
        month: a day in the month.
        first_day: the first day of that month that may be.
        last_day: the last one.
        chance: decides.
    """
    days = [month.replace(day=n) for n in range(first_day, last_day + 1)]
    if month.month == 10:
        days = [day for day in days if day.day > 7]
    days = [day for day in days if day.weekday() < 5] or days
    day = days[int(chance.integers(len(days)))]
    seconds = int(chance.choice([30_600, 52_200])) + int(chance.integers(3 * 3_600))
    return datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds)


def after(month: date, months: int = 1) -> date:
    """Return the first day of the month that comes so many months later."""
    return add_months(month, months)
