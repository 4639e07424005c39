"""How are the decisions of meetings noted, and the figures that one was frozen with?

The vault keeps the frozen figures, and the journal their SHA-256; the tables of `core`
are their index, like all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from base.errors import ShownError
from base.words import _
from store.steps import step

if TYPE_CHECKING:
    from store.connect import Store
    from store.journal import Entry

_TEXT, _DAY, _COUNT, _MONEY = (
    pa.string(),
    pa.date32(),
    pa.int32(),
    pa.decimal128(18, 2),
)
_VILLAGE = {
    "target_id": _TEXT,
    "village_code": _TEXT,
    "village_name": _TEXT,
    "township_code": _TEXT,
    "township_name": _TEXT,
}
# What is frozen with a meeting: the tables `core.frozen_…` and their columns.
FROZEN: dict[str, pa.Schema] = {
    "target": pa.schema(
        {
            "target_id": _TEXT,
            "place_code": _TEXT,
            "target_name": _TEXT,
            "definition": _TEXT,
            "measure_id": _TEXT,
            "measure_name": _TEXT,
            "threshold_yuan": _MONEY,
            "deadline_date": _DAY,
            "is_confirmed": pa.bool_(),
            "is_headline": pa.bool_(),
            "evidence": _TEXT,
            "planned": _COUNT,
            "pace_share": pa.decimal128(9, 4),
            "pace_state": _TEXT,
            "likely_count": _COUNT,
            "likely_low": _COUNT,
            "likely_high": _COUNT,
        }
    ),
    "village": pa.schema(
        {
            **_VILLAGE,
            "standing": _TEXT,
            "standing_last": _TEXT,
            "amount_yuan": _MONEY,
            "amount_last_yuan": _MONEY,
            "gap_yuan": _MONEY,
            "reason": _TEXT,
            "detail": _TEXT,
            "worst_state": _TEXT,
            "worst_state_last": _TEXT,
            "due_count": _COUNT,
            "reported_count": _COUNT,
        }
    ),
    "restated": pa.schema(
        {
            **_VILLAGE,
            "standing_then": _TEXT,
            "standing_now": _TEXT,
            "amount_then_yuan": _MONEY,
            "amount_now_yuan": _MONEY,
        }
    ),
    "path": pa.schema(
        {
            "target_id": _TEXT,
            "place_code": _TEXT,
            "as_of_date": _DAY,
            "remaining": _COUNT,
            "planned": _COUNT,
        }
    ),
    "source": pa.schema(
        {
            "township_code": _TEXT,
            "township_name": _TEXT,
            "source_id": _TEXT,
            "village_count": _COUNT,
            "due_yuan": _MONEY,
            "received_yuan": _MONEY,
        }
    ),
    "action": pa.schema(
        {
            "action_no": pa.int64(),
            "place_code": _TEXT,
            "township_code": _TEXT,
            "township_name": _TEXT,
            "village_code": _TEXT,
            "village_name": _TEXT,
            "what": _TEXT,
            "owner_name": _TEXT,
            "owner_organisation": _TEXT,
            "due_date": _DAY,
            "state": _TEXT,
            "state_last": _TEXT,
            "is_undone": pa.bool_(),
            "is_overdue": pa.bool_(),
            "target_id": _TEXT,
            "origin": _TEXT,
            "note": _TEXT,
        }
    ),
}


def keep_frozen(
    store: Store, meeting_no: int, tables: dict[str, pa.Table]
) -> dict[str, str]:
    """Keep the figures of a freeze in the vault; return the SHA-256 of each table.

    They count once the journal names them.
    """
    return {
        kind: store.vault.keep_frozen(meeting_no, kind, table)
        for kind, table in tables.items()
    }


def note_meeting(store: Store, entry: Entry) -> None:
    """Note a step of a meeting; the figures of a freeze come before it is seen."""
    for kind, sha256 in entry.get("frozen_sha256", {}).items():
        _write_frozen(store, int(entry["meeting_no"]), kind, sha256)
    _note_step(store, entry)


_note_step = step(
    "ops.meeting_step",
    *("place_code", "title", "held_date", "agenda", "state", "as_of_date"),
    *("version_no", "frozen_at", "previous_no", "fingerprint", "code_version"),
    *("reason", "role"),
    decided_at="at",
    number="meeting_no",
)


def _write_frozen(store: Store, meeting_no: int, kind: str, sha256: str) -> None:
    try:
        rows = store.vault.frozen(meeting_no, kind, sha256)
    except (OSError, ValueError) as error:
        raise ShownError(
            _(
                "底册中第 {number} 号会议的冻结数缺失或被改动。"
                "请从备份恢复底册后再试。",
                number=meeting_no,
            )
        ) from error
    names = FROZEN[kind].names
    # an old freeze in the vault lacks columns that came later
    columns = ", ".join(name for name in names if name in rows.column_names)
    with store.transaction() as cursor:
        cursor.execute(
            f"delete from core.frozen_{kind} where meeting_no = $meeting_no",
            {"meeting_no": meeting_no},
        )
        cursor.register("frozen_given", rows)
        cursor.execute(
            f"insert into core.frozen_{kind} (meeting_no, {columns}) "
            f"select $meeting_no, {columns} from frozen_given",
            {"meeting_no": meeting_no},
        )
        cursor.unregister("frozen_given")
