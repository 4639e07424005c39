"""How does the same freeze make the same bytes? Its packages tell one time alone."""

import io
import re
import zipfile
from datetime import datetime

_TOLD = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CORE, _BOOK = "docProps/core.xml", ".xlsx"


def packed(content: bytes, made_at: datetime) -> bytes:
    """Return a pptx, docx or xlsx, and the workbooks inside, as if made at a time.

    The libraries write the clock's time beside every part, and into the workbook of
    every chart, so that no two papers of the same figures were the same.

    Args:
        content: the package.
        made_at: when, local time in China; not before 1980, as in all packages.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            part = given.read(name)
            if name == _CORE:
                told = f"{made_at:%Y-%m-%dT%H:%M:%S}Z".encode()
                part = _TOLD.sub(rb"\g<1>" + told, part)
            elif name.endswith(_BOOK):
                part = packed(part, made_at)
            about = zipfile.ZipInfo(name, made_at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(about, part)
    return out.getvalue()
