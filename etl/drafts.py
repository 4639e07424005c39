"""What has somebody begun and not sent? Kept on the server, for a lost connection."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from base.errors import ShownError
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.door import Loaded, load_file, may_send
from etl.submission import answers_from, answers_text
from etl.tables.context import Answers
from store import Store
from store.vault import sha256_of, write_durably

FILE, FORM = "file", "form"
_COLUMNS = "draft_id, kind, place_code, file_name, sha256, content, changed_at"


@dataclass(frozen=True)
class Draft:
    """A file, or a form as far as it is filled in, that waits to be sent.

    `said` is what a form holds; of a file, what was answered when asked.
    """

    draft_id: str
    kind: str
    place_code: str
    file_name: str
    sha256: str
    said: dict[str, Any]
    changed_at: datetime

    @property
    def answers(self) -> Answers:
        """Return what was said of a file."""
        return answers_from(json.dumps(self.said))


def keep_file(
    store: Store, by: Viewer, content: bytes, file_name: str, at: datetime
) -> Draft:
    """Keep a file until it is sent or thrown away.

    The same bytes under the same name are the same draft, so that a browser that lost
    the answer may send them again.
    """
    may_send(by)
    sha256 = sha256_of(content)
    draft_id = _id(by.signature, FILE, file_name, sha256)
    write_durably(_bytes_of(store, draft_id), content)
    return _put(store, by, Draft(draft_id, FILE, "", file_name, sha256, {}, at))


def keep_form(
    store: Store, by: Viewer, place_code: str, month: str, said: Any, at: datetime
) -> Draft:
    """Keep what is filled into the form of a village's month so far."""
    may_send(by)
    if not by.scope.holds(place_code):
        raise ShownError(_("这个村不在您的报送范围内。"))
    draft_id = _id(by.signature, FORM, place_code, month)
    return _put(store, by, Draft(draft_id, FORM, place_code, month, "", said, at))


def drafts_of(store: Store, by: Viewer, kind: str = FILE) -> list[Draft]:
    """Return what somebody has begun, the latest first."""
    rows = store.rows(
        f"select {_COLUMNS} from ops.draft where actor = $actor and kind = $kind "
        "order by changed_at desc, draft_id",
        {"actor": by.signature, "kind": kind},
    )
    return [_draft(row) for row in rows]


def draft_of(store: Store, by: Viewer, draft_id: str) -> Draft:
    """Return one draft of somebody's own.

    Raises:
        ShownError: when there is none; another's is none.
    """
    row = store.row(
        f"select {_COLUMNS} from ops.draft where actor = $actor and draft_id = $id",
        {"actor": by.signature, "id": draft_id},
    )
    if row is None:
        raise ShownError(_("这份草稿已经报送或删除。"))
    return _draft(row)


def form_of(store: Store, by: Viewer, place_code: str, month: str) -> Draft | None:
    """Return what is filled into a form so far, or None."""
    try:
        return draft_of(store, by, _id(by.signature, FORM, place_code, month))
    except ShownError:
        return None


def content_of(store: Store, draft: Draft) -> bytes:
    """Return the bytes of a file that waits.

    Raises:
        ShownError: when they are gone, or are not those that were sent.
    """
    try:
        content = _bytes_of(store, draft.draft_id).read_bytes()
    except OSError:
        # sent while a backup was made, and a draft again since it was restored
        return _once_sent(store, draft)
    if sha256_of(content) != draft.sha256:
        raise ShownError(_("这份草稿的文件已损坏，请重新上传。"))
    return content


def _once_sent(store: Store, draft: Draft) -> bytes:
    try:
        return store.vault.original(draft.sha256)
    except (OSError, ValueError) as error:
        raise ShownError(_("这份草稿的文件不在了，请重新上传。")) from error


def answer(
    store: Store, by: Viewer, draft: Draft, answers: Answers, at: datetime
) -> Draft:
    """Keep what was said of a file when asked."""
    said = json.loads(answers_text(answers))
    return _put(store, by, replace(draft, said=said, changed_at=at))


def send(
    store: Store, by: Viewer, draft: Draft, at: datetime, is_sent_anew: bool = False
) -> Loaded:
    """Send a file that waits; the draft is gone once it is written down."""
    content = content_of(store, draft)
    loaded = load_file(
        store,
        content,
        draft.file_name,
        by,
        at,
        draft.answers,
        is_accepted=False,
        is_sent_anew=is_sent_anew,
    )
    if loaded.submission is not None:
        throw_away(store, by, draft.draft_id)
    return loaded


def throw_away(store: Store, by: Viewer, draft_id: str) -> None:
    """Forget a draft of somebody's own; another's stays."""
    try:
        draft_of(store, by, draft_id)
    except ShownError:
        return
    with store.transaction() as cursor:
        cursor.execute(
            "delete from ops.draft where actor = $actor and draft_id = $id",
            {"actor": by.signature, "id": draft_id},
        )
    _bytes_of(store, draft_id).unlink(missing_ok=True)


def clear_old(store: Store, now: datetime) -> None:
    """Forget what nobody has touched for so long, and bytes of no draft."""
    with store.transaction() as cursor:
        cursor.execute(
            "delete from ops.draft where changed_at < $before",
            {"before": now - timedelta(days=settings().draft_kept_days)},
        )
    kept = {str(row[0]) for row in store.rows("select draft_id from ops.draft")}
    for path in (store.folder / "drafts").glob("*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _put(store: Store, by: Viewer, draft: Draft) -> Draft:
    with store.transaction() as cursor:
        cursor.execute(
            "delete from ops.draft where draft_id = $id", {"id": draft.draft_id}
        )
        cursor.execute(
            """
            insert into ops.draft (
                draft_id, actor, kind, place_code, file_name, sha256, content,
                changed_at
            )
            values ($id, $actor, $kind, $place, $name, $sha256, $content, $at)
            """,
            {
                "id": draft.draft_id,
                "actor": by.signature,
                "kind": draft.kind,
                "place": draft.place_code,
                "name": draft.file_name,
                "sha256": draft.sha256,
                "content": json.dumps(draft.said, ensure_ascii=False),
                "at": draft.changed_at,
            },
        )
    return draft


def _draft(row: tuple[Any, ...]) -> Draft:
    draft_id, kind, place, name, sha256, content, at = row
    return Draft(draft_id, kind, place, name, sha256, json.loads(content), at)


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]


def _bytes_of(store: Store, draft_id: str) -> Path:
    return store.folder / "drafts" / draft_id
