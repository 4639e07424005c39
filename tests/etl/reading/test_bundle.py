"""Do the tables of a zip come out safely, and is a trick refused with a way out?"""

import io
import stat
import struct
import zipfile

import pytest

from base.settings import settings as installed
from etl.reading.bundle import File, files_in
from etl.reading.unpacking import NotReadable
from tests.making import Grid, text, xls, xlsx

GRID: Grid = [["村名", "光伏"], ["柳泉", 3500]]
X, OLD, CSV = xlsx(GRID), xls(GRID), text(GRID)
MB = 1_000_000


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def link(name: str, to: bytes = b"/etc/passwd") -> tuple[zipfile.ZipInfo, bytes]:
    """Return a member that is a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry, to


def locked() -> bytes:
    """Return a zip whose member says that it has a password."""
    content = bytearray(packed(("a.xlsx", X)))
    central = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[central + 8] |= 1
    return bytes(content)


def of_windows(name: str) -> bytes:
    """Return a zip with a name in GB18030, of which nothing says so."""
    raw = name.encode("gb18030")
    content = packed(("n" * len(raw), CSV))
    return content.replace(b"n" * len(raw), raw)


def names(files: list[File]) -> list[str]:
    return [file.name for file in files]


@pytest.mark.parametrize("content", [X, OLD, CSV, b"", packed(("word/a.xml", b"a"))])
def test_what_is_no_bundle_is_returned_as_it_is(content: bytes) -> None:
    assert files_in(content, "a.xlsx", MB) == [File("a.xlsx", content)]


def test_a_bundle_too_large_is_left_to_the_door() -> None:
    content = packed(("a.xlsx", X))
    assert files_in(content, "a.zip", 100) == [File("a.zip", content)]


def test_tables_come_out_by_name_and_rubbish_is_passed_over() -> None:
    content = packed(
        ("河顺镇/6月.xlsx", X),
        ("旧.XLS", OLD),
        ("说明.txt", b"no table"),
        *((name, b"x") for name in ("__MACOSX/._6月.xlsx", ".DS_Store", "~$6月.xlsx")),
        ("河顺镇/Thumbs.db", b"x"),
    )
    assert files_in(content, "上报.zip", MB) == [
        File("上报.zip/河顺镇/6月.xlsx", X),
        File("上报.zip/旧.XLS", OLD),
    ]


def test_names_are_read_as_windows_and_others_wrote_them() -> None:
    assert names(files_in(of_windows("圪垱村6月.csv"), "a.zip", MB)) == [
        "a.zip/圪垱村6月.csv"
    ]
    odd = packed(("a\x1b[2J\u202e.csv", CSV))
    assert names(files_in(odd, "a.zip", MB)) == ["a.zip/a?[2J?.csv"]


def test_a_damaged_member_leaves_the_others() -> None:
    content = packed(("a.csv", CSV * 9), ("b.xlsx", X))
    entry = zipfile.ZipFile(io.BytesIO(content)).getinfo("a.csv")
    sum_of = struct.pack("<I", entry.CRC)
    assert content.count(sum_of) == 2
    bad, good = files_in(content.replace(sum_of, b"\0\1\2\3"), "a.zip", MB)
    assert (bad.name, bad.content, bad.problem[-1]) == ("a.zip/a.csv", b"", "。")
    assert "已损坏" in bad.problem
    assert good == File("a.zip/b.xlsx", X)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (packed(), "没有表格"),
        (packed(("说明.txt", b"a")), "没有表格"),
        (packed(("a.xlsx", X))[:-30], "压缩包已损坏"),
        (b"PK\x03\x04 broken", "压缩包已损坏"),
        (packed(("/etc/a.xlsx", X)), "路径指向别处"),
        (packed(("../a.xlsx", X)), "路径指向别处"),
        (packed(("a/..\\..\\b.xlsx", X)), "路径指向别处"),
        (packed(("C:\\a.xlsx", X)), "路径指向别处"),
        (packed(link("a.xlsx")), "路径指向别处"),
        (locked(), "有密码"),
        (packed(("b.xlsx", X), ("里面.zip", packed(("a.xlsx", X)))), "还有压缩包"),
        (packed(("里面.rar", b"Rar!")), "还有压缩包"),
        (packed(("里面.xlsx", packed(("a.xlsx", X)))), "还有压缩包"),
        (packed(*((f"{n}.csv", CSV) for n in range(201))), "最多读 200 个"),
        (packed(("a.csv", bytes(4 * MB + 1))), "解压后过大"),
        (packed(*((f"{n}.csv", bytes(MB)) for n in range(5))), "解压后过大"),
        (packed(*((f"{n}.txt", b"") for n in range(10_001))), "解压后过大"),
    ],
)
def test_what_cannot_be_unpacked_safely_is_refused(
    content: bytes, message: str
) -> None:
    with pytest.raises(NotReadable, match=message) as refusal:
        files_in(content, "a.zip", MB)
    assert str(refusal.value).endswith("。")
    assert "请" in str(refusal.value)


def test_members_that_lie_of_their_size_are_counted_as_they_are() -> None:
    content = packed(*((f"{n}.csv", bytes(MB)) for n in range(5)))
    size = struct.pack("<I", MB)
    assert content.count(size) == 10
    with pytest.raises(NotReadable, match="解压后过大"):
        files_in(content.replace(size, struct.pack("<I", 100)), "a.zip", MB)


def test_how_many_tables_are_read_is_a_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VILLAGE_MOST_PACKED_FILES", "1")
    installed.cache_clear()
    try:
        with pytest.raises(NotReadable, match="最多读 1 个"):
            files_in(packed(("a.csv", CSV), ("b.csv", CSV)), "a.zip", MB)
    finally:
        installed.cache_clear()
