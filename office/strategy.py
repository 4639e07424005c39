"""What are the workstreams of the strategy "369", as the file and later edits say?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import tomli_w

import queries
from base.catalogue import catalogue
from base.errors import ShownError
from base.roles import CONVENE
from base.strategy import Item, strategy
from base.viewer import Viewer
from base.words import _
from store import Store
from store.decisions import decide

_LONGEST = 200
# How an action says that it belongs to a workstream: `369:6-1`.
ORIGIN = "369:"
_BETWEEN = ","


@dataclass(frozen=True)
class Work:
    """A workstream as it is now; `changed_at` is None where the file alone says it."""

    item: Item
    changed_at: datetime | None = None


def works(store: Store, by: Viewer, known_at: datetime) -> list[Work]:
    """Return the workstreams, in the order of the file.

    Args:
        store: where.
        by: who asks; they are the same for all.
        known_at: edits until then count.
    """
    found = queries.run("strategy/steps", by, store, known_at=known_at)
    edits = {str(row.item_id): row for row in found.itertuples()}
    made = []
    for item in strategy().items:
        edit = edits.get(item.id)
        if edit is None:
            made.append(Work(item))
            continue
        told = {
            "name": edit.name,
            "note": edit.note,
            "owner": edit.owner_name,
            "targets": tuple(filter(None, str(edit.target_ids).split(_BETWEEN))),
        }
        made.append(Work(item.model_copy(update=told), edit.decided_at))
    return made


def edit(store: Store, by: Viewer, item: Item, at: datetime) -> None:
    """Say what a workstream is from now on; the file stays as it is.

    Args:
        store: where.
        by: who says so.
        item: all of it; id and parent are those of the file.
        at: when, local time in China.

    Raises:
        ShownError: when the viewer may not, there is no such item or target, or a text
            is too long.
    """
    if not by.may(CONVENE):
        raise ShownError(_("您的账号不能改战略工作项。"))
    if item.id not in {one.id for one in strategy().items}:
        raise ShownError(_("没有「{name}」这个工作项。", name=item.id))
    unknown = set(item.targets) - {target.id for target in catalogue().targets}
    if unknown:
        raise ShownError(_("没有「{target}」这个目标。", target=min(unknown)))
    texts = [text.strip() for text in (item.name, item.note, item.owner)]
    if max(map(len, texts)) > _LONGEST:
        raise ShownError(_("文字太长，请不超过 {count} 字。", count=_LONGEST))
    decide(
        store,
        {
            "kind": "workstream",
            **by.signed(),
            "item_id": item.id,
            "name": texts[0],
            "note": texts[1],
            "owner_name": texts[2],
            "target_ids": _BETWEEN.join(item.targets),
        },
        at,
    )


def below(items: Sequence[Item], item_id: str) -> list[Item]:
    """Return what lies below an item, however deep, each after what it lies below."""
    return [
        one
        for item in items
        if item.parent == item_id
        for one in (item, *below(items, item.id))
    ]


def exported(store: Store, by: Viewer, known_at: datetime) -> str:
    """Return file and edits as one text, to be kept as `data/strategy_369.toml`."""
    whole = strategy()
    items = [work.item.model_dump() for work in works(store, by, known_at)]
    told = {
        "name": whole.name,
        "evidence": whole.evidence,
        "confirmed": whole.confirmed,
        "items": items,
    }
    return tomli_w.dumps(told)
