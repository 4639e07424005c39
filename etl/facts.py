"""What do papers tell besides income, and which of it does a later paper replace?"""

from dataclasses import dataclass

import pyarrow as pa

from base.masking import WRITTEN_BY_PEOPLE, masked_within

_TEXT, _DAY, _FLAG = pa.string(), pa.date32(), pa.bool_()
_MONEY = pa.decimal128(18, 2)
_TRACE = {"sheet": _TEXT, "cell": _TEXT}


@dataclass(frozen=True)
class Fact:
    """A kind of facts: its table in `core`, its columns, and what replaces what.

    A row in force is replaced by later rows that are alike in all columns of `key`.
    """

    table: str
    key: tuple[str, ...]
    columns: dict[str, pa.DataType]
    has_trace: bool = True

    @property
    def schema(self) -> pa.Schema:
        """Return the columns of the rows that the vault keeps."""
        traced = _TRACE if self.has_trace else {}
        return pa.schema({**self.columns, **traced})


FACTS = {
    "project": Fact(
        "core.project",
        ("project_id",),
        {
            "project_id": _TEXT,
            "project_name": _TEXT,
            "source_id": _TEXT,
            "managing_code": _TEXT,
            "place_name": _TEXT,
        },
    ),
    "share": Fact(
        "core.project_share",
        ("project_id", "valid_from_date"),
        {
            "project_id": _TEXT,
            "valid_from_date": _DAY,
            "village_code": _TEXT,
            "share_pct": pa.decimal128(9, 6),
            "invested_yuan": _MONEY,
        },
    ),
    "inventory": Fact(
        "core.inventory",
        ("village_code", "period_start", "period_end"),
        {
            "village_code": _TEXT,
            "period_start": _DAY,
            "period_end": _DAY,
            "is_complete": _FLAG,
            "completed_date": _DAY,
            "funds_yuan": _MONEY,
            "assets_yuan": _MONEY,
            "resources_mu": _MONEY,
            "contracts_count": pa.int32(),
        },
    ),
    "contract": Fact(
        "core.contract",
        ("village_code", "contract_id"),
        {
            "village_code": _TEXT,
            "contract_id": _TEXT,
            "party_name": _TEXT,
            "subject_name": _TEXT,
            "start_date": _DAY,
            "end_date": _DAY,
            "rent_yuan_per_year": _MONEY,
            "due_days": _TEXT,
        },
    ),
    "attribute": Fact(
        "core.attribute",
        ("village_code", "attribute_id", "valid_from_date"),
        {
            "village_code": _TEXT,
            "attribute_id": _TEXT,
            "attribute_value": _TEXT,
            "valid_from_date": _DAY,
            "valid_to_date": _DAY,
            "evidence": _TEXT,
            "is_checked": _FLAG,
        },
    ),
    "assignment": Fact(
        "core.assignment",
        ("village_code", "duty_id", "valid_from_date"),
        {
            "village_code": _TEXT,
            "duty_id": _TEXT,
            "holder_name": _TEXT,
            "organisation_name": _TEXT,
            "since_date": _DAY,
            "valid_from_date": _DAY,
            "valid_to_date": _DAY,
        },
    ),
    "expected": Fact(
        "core.expected",
        ("village_code", "statement", "project_id"),
        {
            "village_code": _TEXT,
            "statement": _TEXT,
            "project_id": _TEXT,
            "cadence": _TEXT,
            "due_days": pa.int32(),
            "owed_from_date": _DAY,
            "owed_to_date": _DAY,
        },
        has_trace=False,
    ),
}


def _without_numbers(row: dict[str, object]) -> dict[str, object]:
    return {
        name: masked_within(value)
        if name in WRITTEN_BY_PEOPLE and isinstance(value, str)
        else value
        for name, value in row.items()
    }


def fact_tables(facts: dict[str, list[dict[str, object]]]) -> dict[str, pa.Table]:
    """Return facts as tables, by kind, without numbers of telephones and cards."""
    return {
        kind: pa.Table.from_pylist(
            [_without_numbers(row) for row in rows], schema=FACTS[kind].schema
        )
        for kind, rows in facts.items()
        if rows
    }
