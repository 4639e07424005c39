"""Which photo or slip may prove a submission or an action? In the vault, for good."""

from datetime import datetime

from base.errors import ShownError
from base.roles import ANSWER, ASSIGN, UPLOAD
from base.viewer import Viewer
from base.words import _
from etl.review import standing
from office import actions
from store import Store
from store.decisions import decide

LARGEST_BYTES = 10_000_000
_MOST = 20
_KINDS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}
_OPEN = ("submitted", "reviewed", "accepted", "returned", "reopened")


def attach(
    store: Store,
    submission_no: int,
    content: bytes,
    file_name: str,
    by: Viewer,
    at: datetime,
) -> None:
    """Attach a photo or a slip to a submission.

    Args:
        store: where.
        submission_no: of which; it lies in the sender's scope.
        content: the file; what it is, is told by its first bytes, not by its name.
        file_name: as sent.
        by: who attaches it.
        at: when, local time in China.

    Raises:
        ShownError: when it may not be attached; says what to do.
    """
    if not by.may(UPLOAD):
        raise ShownError(_("您的账号不能这样做。"))
    media_type = _kind_of(content)
    with store.writing():
        found = standing(store, submission_no, by)
        if found.state not in _OPEN:
            raise ShownError(_("这份报送已经结束，不能再加附件。"))
        count = store.value(
            "select count(*) from ops.evidence where submission_no = $no",
            {"no": submission_no},
        )
        if count >= _MOST:
            raise ShownError(_("一份报送最多 {count} 个附件。", count=_MOST))
        sha256 = store.vault.keep(content)
        known = store.value(
            "select count(*) from ops.evidence "
            "where submission_no = $no and sha256 = $sha256",
            {"no": submission_no, "sha256": sha256},
        )
        if known:
            return
        decide(
            store,
            {
                "kind": "evidence",
                **by.signed(),
                "submission_no": submission_no,
                "place_code": found.place_code,
                "sha256": sha256,
                "file_name": file_name,
                "media_type": media_type,
            },
            at,
        )


def attach_to_action(
    store: Store,
    action_no: int,
    content: bytes,
    file_name: str,
    by: Viewer,
    at: datetime,
) -> None:
    """Attach a photo or a slip to an action.

    Args:
        store: where.
        action_no: of which; it lies in the sender's scope.
        content: the file; what it is, is told by its first bytes, not by its name.
        file_name: as sent.
        by: who attaches it.
        at: when, local time in China.

    Raises:
        ShownError: when it may not be attached; says what to do.
    """
    if not (by.may(ASSIGN) or by.may(ANSWER)):
        raise ShownError(_("您的账号不能这样做。"))
    media_type = _kind_of(content)
    actions.attach(store, by, action_no, content, (file_name, media_type), at)


def _kind_of(content: bytes) -> str:
    """Return what a file is by its first bytes; refuse what is none or too large."""
    kinds = [kind for start, kind in _KINDS.items() if content.startswith(start)]
    if not kinds:
        raise ShownError(_("只收 jpg、png 照片或 pdf。请另存后再传。"))
    if len(content) > LARGEST_BYTES:
        raise ShownError(_("附件超过 10 MB。请压缩后再传。"))
    return kinds[0]
