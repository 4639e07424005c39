"""Is what unpacks to far more than it is refused, whatever it claims?"""

import io
import zipfile

import pytest

from etl.reading.unpacking import NotReadable, refuse_many, unpacked


def opened(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipFile:
    """Return an archive of one member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a", content)
    return zipfile.ZipFile(out)


def test_a_member_that_holds_what_it_may_comes_out_whole() -> None:
    archive = opened(b"abc")
    refuse_many(archive, 3)
    assert unpacked(archive, archive.getinfo("a"), 3) == b"abc"


def test_a_member_that_holds_more_is_refused() -> None:
    archive = opened(b"abc")
    with pytest.raises(NotReadable, match="只保留要报的表"):
        refuse_many(archive, 2)
    with pytest.raises(NotReadable, match="只保留要报的表"):
        unpacked(archive, archive.getinfo("a"), 2)


def test_a_member_that_shrank_to_nothing_is_refused() -> None:
    archive = opened(bytes(20_000_001))
    with pytest.raises(NotReadable, match="解压后过大"):
        unpacked(archive, archive.getinfo("a"), 1_000_000_000)


def test_a_way_of_packing_that_no_spreadsheet_uses_is_not_unpacked() -> None:
    archive = opened(b"abc", zipfile.ZIP_BZIP2)
    with pytest.raises(zipfile.BadZipFile):
        unpacked(archive, archive.getinfo("a"), 3)
