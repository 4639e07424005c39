"""Is evidence kept for good, a bounded number, beside what is still open?"""

import pytest

from base.errors import ShownError
from base.viewer import Viewer
from etl.door import load_file
from etl.evidence import attach
from etl.review import withdraw
from store import Store
from tests.etl.test_drafts import CONTENT, LOOKER, ME, OTHER
from tests.making import NOW

JPEG = b"\xff\xd8\xff\xe0"


@pytest.fixture
def number(store: Store) -> int:
    """The number of a submission that waits."""
    loaded = load_file(store, CONTENT, "六月.xlsx", ME, NOW)
    assert loaded.submission is not None
    return loaded.submission.submission_no


def kept(store: Store) -> list[tuple[str, str]]:
    rows = store.rows(
        "select file_name, media_type from ops.evidence order by journal_line"
    )
    return [(str(name), str(kind)) for name, kind in rows]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"%PDF-1.4", "application/pdf"),
    ],
)
def test_it_is_kept_under_its_kind(
    store: Store, number: int, content: bytes, kind: str
) -> None:
    attach(store, number, content, "a.exe", ME, NOW)
    assert kept(store) == [("a.exe", kind)]
    [(sha256,)] = store.rows("select sha256 from ops.evidence")
    assert store.vault.original(str(sha256)) == content


def test_the_same_photo_is_kept_once(store: Store, number: int) -> None:
    for _time in range(2):
        attach(store, number, JPEG, "a.jpg", ME, NOW)
    assert len(kept(store)) == 1


@pytest.mark.parametrize("content", [b"", b"<html>", b"GIF89a", b"\x00" + JPEG])
def test_other_kinds_are_refused(store: Store, number: int, content: bytes) -> None:
    with pytest.raises(ShownError, match="只收 jpg、png 照片或 pdf"):
        attach(store, number, content, "a.jpg", ME, NOW)
    assert kept(store) == []


def test_too_large_or_too_many_are_refused(store: Store, number: int) -> None:
    with pytest.raises(ShownError, match="附件超过 10 MB"):
        attach(store, number, JPEG + b"x" * 10_000_000, "a.jpg", ME, NOW)
    for count in range(20):
        attach(store, number, JPEG + bytes([count]), "a.jpg", ME, NOW)
    with pytest.raises(ShownError, match="最多 20 个附件"):
        attach(store, number, JPEG + b"more", "a.jpg", ME, NOW)
    assert len(kept(store)) == 20


@pytest.mark.parametrize(
    ("by", "said"), [(OTHER, "不在您的范围内"), (LOOKER, "不能这样做")]
)
def test_nobody_else_attaches(store: Store, number: int, by: Viewer, said: str) -> None:
    with pytest.raises(ShownError, match=said):
        attach(store, number, JPEG, "a.jpg", by, NOW)
    assert kept(store) == []


def test_what_has_ended_takes_no_more(store: Store, number: int) -> None:
    withdraw(store, number, ME, NOW)
    with pytest.raises(ShownError, match="已经结束"):
        attach(store, number, JPEG, "a.jpg", ME, NOW)
