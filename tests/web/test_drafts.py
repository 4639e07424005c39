"""Is a file kept and checked the moment that it arrives, and never one too large?"""

import io
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.making import ledger, xlsx
from tests.web.conftest import SECRET_YUAN
from tests.web.running import Dashboard

pytestmark = pytest.mark.xdist_group("dashboard")

PICTURE = b"\xff\xd8\xff\xe0" + b"\x00" * 3000
LARGE_BYTES, MOST_BYTES = 200_000_000, 50_000_000


def paper(month: int, *lines: list[Any]) -> bytes:
    """Make a ledger of a month of 2019, in which nothing was reported."""
    title = f"林州市河顺镇2019年{month}月村级集体经济收入台账"
    return xlsx(ledger([list(line) for line in lines], title=title))


def sent(city: Dashboard, content: bytes, name: str, by: str) -> httpx.Response:
    return city.post(f"/drafts?name={name}", content, by)


def test_a_file_is_kept_and_checked(city: Dashboard) -> None:
    content = paper(1, ["柳泉", 10, "", ""])
    answer = sent(city, content, "一月.xlsx", "secretary")
    assert answer.status_code == 200
    said = answer.json()
    [draft], [file] = said["drafts"], said["files"]
    assert (file["file"], file["accepted"], file["findings"]) == ("一月.xlsx", 1, [])
    assert said["problems"] == []
    assert (city.var / "drafts" / draft).read_bytes() == content


def test_the_same_bytes_again_are_the_same_draft(city: Dashboard) -> None:
    content = paper(2, ["柳泉", 10, "", ""])
    first = sent(city, content, "二月.xlsx", "secretary").json()["drafts"]
    assert sent(city, content, "二月.xlsx", "secretary").json()["drafts"] == first
    other = paper(2, ["柳泉", 11, "", ""])
    assert sent(city, other, "二月.xlsx", "secretary").json()["drafts"] != first
    # another's are another's
    assert sent(city, content, "二月.xlsx", "township").json()["drafts"] != first


def test_lines_of_other_villages_are_named_without_what_is_stored(
    city: Dashboard,
) -> None:
    content = paper(3, ["柳泉", 10, "", ""], ["东里", 20, "", ""])
    [file] = sent(city, content, "三月.xlsx", "secretary").json()["files"]
    assert [one["code"] for one in file["findings"]] == ["out_of_scope"]
    assert file["accepted"] == 1
    assert SECRET_YUAN not in str(file)


def test_a_picture_under_the_name_of_a_table_is_refused(city: Dashboard) -> None:
    answer = sent(city, PICTURE, "台账.xlsx", "secretary")
    assert answer.status_code == 422
    assert "台账.xlsx" in answer.text
    assert "Traceback" not in answer.text
    assert sent(city, b"", "空.xlsx", "secretary").status_code == 422


def test_each_table_of_a_zip_is_a_draft(city: Dashboard) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a/四月.xlsx", paper(4, ["柳泉", 1, "", ""]))
        packed.writestr("五月.xlsx", paper(5, ["柳泉", 2, "", ""]))
        packed.writestr("照片.xlsx", PICTURE)
    answer = sent(city, out.getvalue(), "材料.zip", "secretary")
    assert answer.status_code == 200
    said = answer.json()
    assert len(set(said["drafts"])) == 2
    assert [file["accepted"] for file in said["files"]] == [1, 1]
    [problem] = said["problems"]
    assert "照片.xlsx" in problem


def test_a_name_is_a_name_and_no_path(city: Dashboard) -> None:
    content = paper(6, ["柳泉", 1, "", ""])
    answer = sent(city, content, "..%2F..%2F%00a%0Ab.xlsx", "secretary")
    [file] = answer.json()["files"]
    assert file["file"] == "ab.xlsx"
    [draft] = answer.json()["drafts"]
    assert [path.name for path in city.var.rglob(draft)] == [draft]


@pytest.mark.parametrize("who", ["leader", "department", "admin"])
def test_who_may_not_report_leaves_no_draft(city: Dashboard, who: str) -> None:
    before = sorted((city.var / "drafts").glob("*"))
    answer = sent(city, paper(7, ["柳泉", 1, "", ""]), "七月.xlsx", who)
    assert answer.status_code == 422
    assert "您的账号不能报送" in answer.text
    assert sorted((city.var / "drafts").glob("*")) == before


def _peak_bytes(dashboard: Dashboard) -> int:
    status = Path(f"/proc/{dashboard.process.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def test_too_large_a_file_is_refused_before_it_comes(city: Dashboard) -> None:
    head = (
        f"POST /drafts?name=a.xlsx HTTP/1.1\r\nhost: 127.0.0.1:{city.port}\r\n"
        f"origin: {city.address}\r\ncookie: {city.cookie('secretary')['cookie']}\r\n"
        f"content-length: {LARGE_BYTES}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", city.port), timeout=30) as line:
        line.sendall(head.encode())
        told = line.recv(4096)
    assert told.startswith(b"HTTP/1.1 413")


def test_what_hides_its_size_is_refused_once_it_is_too_much(city: Dashboard) -> None:
    """It is thrown away as it comes: the server's memory stays bounded."""
    part, given = b"x" * 1_000_000, 0

    def parts() -> Iterator[bytes]:
        nonlocal given
        for _number in range(LARGE_BYTES // len(part)):
            given += len(part)
            yield part

    before = _peak_bytes(city)
    try:
        answer = city.post("/drafts?name=a.xlsx", parts(), "secretary")
    except httpx.TransportError:
        # the server had said no, and listened no longer
        assert given < LARGE_BYTES
    else:
        assert answer.status_code == 413
        assert "文件超过 50 MB" in answer.text
    assert _peak_bytes(city) - before < 3 * MOST_BYTES
    assert city.get("/healthz").status_code == 200
