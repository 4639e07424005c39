"""Does a package tell one time, its own, and keep all that is in it?"""

import io
import zipfile
from datetime import datetime

from reports.meeting.packed import packed

AT = datetime(2018, 7, 12, 9)


def package(core: str, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("docProps/core.xml", core)
        for name, content in parts.items():
            made.writestr(name.replace("_", "."), content)
    return out.getvalue()


def core(year: int) -> str:
    at = f"{year}-01-01T00:00:00Z"
    return (
        f'<dcterms:created xsi:type="x">{at}</dcterms:created><dc:title>题</dc:title>'
    )


def test_two_packages_that_differ_in_time_alone_become_one() -> None:
    one, other = (
        packed(package(core(year), a_xml=b"a", b_xlsx=package(core(year))), AT)
        for year in (2019, 2020)
    )
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as read:
        assert read.namelist() == ["docProps/core.xml", "a.xml", "b.xlsx"]
        assert read.read("a.xml") == b"a"
        assert "2018-07-12T09:00:00Z" in read.read("docProps/core.xml").decode()
        assert "<dc:title>题" in read.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in read.infolist()} == {
            (2018, 7, 12, 9, 0, 0)
        }


def test_what_else_differs_stays_so() -> None:
    one, other = (packed(package(core(2019), a_xml=part), AT) for part in (b"a", b"b"))
    assert one != other
