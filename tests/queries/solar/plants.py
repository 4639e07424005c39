"""How do tests of solar plants tell of capacity, energy and money?"""

from datetime import date
from typing import Any

from base.month import last_day
from tests.queries.asking import row

JULY, AUGUST = date(2018, 7, 1), date(2018, 8, 1)


def plant(code: str, capacity: str, since: date) -> dict[str, Any]:
    """Return what a table of attributes says of a plant."""
    return {
        "village_code": code,
        "attribute_id": "solar_capacity_kw",
        "attribute_value": capacity,
        "valid_from_date": since,
        "valid_to_date": None,
        "evidence": "",
        "is_checked": False,
    }


def energy(
    code: str, start: date, kwh: int | None, project: str = "P1", **said: Any
) -> dict[str, Any]:
    """Return a platform's line of a month."""
    given = {
        "statement": "energy",
        "item_id": "energy",
        "project_id": project,
        "quantity": kwh,
        "quantity_unit": "kWh",
        **said,
    }
    return row(code, start, last_day(start), **given)


def settled(
    code: str,
    start: date,
    item: str,
    due: str | int | None,
    received: str | int | None,
    **said: Any,
) -> dict[str, Any]:
    """Return a line of the grid's settlement of a month: electricity or subsidy."""
    given = {
        "statement": "settlement",
        "item_id": item,
        "project_id": "0001",
        **said,
    }
    return row(code, start, last_day(start), received=received, due=due, **given)
