"""Does the running server say that the disk is full, and go on once there is room?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.door import opened
from etl.inbox import take_inbox
from store import close_all
from tests.drills.disk import Disk, small_disk
from tests.making import NOW, ledger, xlsx
from tests.signing import signed_in
from tests.web.running import Dashboard, started, wait_until_it_answers

pytestmark = pytest.mark.xdist_group("full_disk")

CITY, NAME = "410581", "/drafts?name=a.xlsx"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    with small_disk(tmp_path_factory.mktemp("small") / "disk") as found:
        yield found


@pytest.fixture(scope="module")
def crowded(disk: Disk, new_var: Path) -> Iterator[Dashboard]:
    """A dashboard whose folder is on a small disk."""
    var = disk.folder / "var"
    shutil.copytree(new_var, var)
    office = signed_in(opened(var), "office", CITY)
    close_all()
    with started(var) as found:
        wait_until_it_answers(found)
        disk.process = found.process.pid
        found.sessions["office"] = office
        yield found


def content(yuan: int) -> bytes:
    return xlsx(ledger([["河顺", yuan, "", ""]]))


def test_an_upload_finds_no_room_and_then_room(disk: Disk, crowded: Dashboard) -> None:
    disk.fill()
    try:
        refused = crowded.post(NAME, content(1), "office")
        assert refused.status_code == 507
        assert "磁盘已满" in refused.text
        assert "Traceback" not in refused.text
        assert crowded.get("/account", "office").status_code == 200
        assert crowded.get("/healthz").status_code == 200
    finally:
        disk.free()
    taken = crowded.post(NAME, content(1), "office")
    assert taken.status_code == 200
    (draft,) = taken.json()["drafts"]
    disk.fill()
    try:
        refused = crowded.post(f"/drafts/{draft}/send", b"", "office")
        assert refused.status_code == 507
        assert "磁盘已满" in refused.text
    finally:
        disk.free()
    sent = crowded.post(f"/drafts/{draft}/send", b"", "office")
    assert sent.status_code == 200
    assert sent.json()["state"] in ("submitted", "accepted")
    again = crowded.post(NAME, content(1), "office").json()["drafts"]
    known = crowded.post(f"/drafts/{again[0]}/send", b"", "office").json()
    assert known["was_known"]
    assert known["submission_no"] == sent.json()["submission_no"]


def test_a_file_in_the_inbox_waits_for_room(tmp_path: Path, new_var: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        var = disk.folder / "var"
        shutil.copytree(new_var, var)
        store = opened(var)
        path = var / "inbox" / "410581105" / "六月.xlsx"
        path.parent.mkdir(parents=True)
        path.write_bytes(content(3))
        disk.fill()
        assert take_inbox(store, NOW, quiet_s=0) == []
        assert path.exists()
        disk.free()
        (moved,) = take_inbox(store, NOW, quiet_s=0)
        assert moved.parent.name == "taken"
        close_all()
