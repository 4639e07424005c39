"""For which place and month was a workbook handed out, and did we make it?

A template bears its version, place and month in its properties, which Excel, WPS and
others keep when they save, with a signature by a key that the installation alone has.
It is no permission: what a sender may report, the sender's scope says.
"""

import hashlib
import hmac
import io
import os
import re
import secrets
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from base.errors import ShownError
from base.words import _

_PART = "docProps/custom.xml"
_LARGEST_PART = 65_536
_PREFIX = "village_template_"
_VERSION, _PLACE, _MONTH, _SIGNATURE = (
    f"{_PREFIX}{name}" for name in ("version", "place", "month", "seal")
)
_FORMS = {
    _VERSION: re.compile(r"[0-9a-f]{8}"),
    _PLACE: re.compile(r"[0-9]{9}(?:[0-9]{3})?"),
    _MONTH: re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])"),
    _SIGNATURE: re.compile(r"[0-9a-f]{64}"),
}
_KEY_BYTES = 32
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Seal:
    """What a template says of itself; `month` is the first day of one."""

    version: str
    place_code: str
    month: date
    signature: str = ""

    def is_genuine(self, key: bytes) -> bool:
        """Tell whether it was signed with a key."""
        return hmac.compare_digest(self.signature, _signature(self, key))

    def properties(self) -> dict[str, str]:
        """Return the properties of a workbook that bear it."""
        return {
            _VERSION: self.version,
            _PLACE: self.place_code,
            _MONTH: f"{self.month:%Y-%m}",
            _SIGNATURE: self.signature,
        }


def sealed(version: str, place_code: str, month: date, key: bytes) -> Seal:
    """Make and sign a seal.

    Args:
        version: of the template.
        place_code: a township's or a village's.
        month: its first day.
        key: of the installation.
    """
    bare = Seal(version, place_code, month)
    return Seal(version, place_code, month, _signature(bare, key))


def _signature(seal: Seal, key: bytes) -> str:
    text = "\n".join([_PREFIX, seal.version, seal.place_code, f"{seal.month:%Y-%m}"])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def seal_of(content: bytes) -> Seal | None:
    """Read the seal of a workbook.

    Args:
        content: a file as it arrived, of any kind.

    Returns:
        The seal as it stands there, genuine or not; None where there is none, or not
        all of it.
    """
    try:
        said = _said(content)
    except _DAMAGED:
        return None
    if not all(form.fullmatch(said.get(name, "")) for name, form in _FORMS.items()):
        return None
    month = date.fromisoformat(f"{said[_MONTH]}-01")
    return Seal(said[_VERSION], said[_PLACE], month, said[_SIGNATURE])


def _said(content: bytes) -> dict[str, str]:
    """Return the properties of a workbook that may be a seal's."""
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        archive.open(_PART) as part,
    ):
        data = part.read(_LARGEST_PART + 1)
    # No program writes a document type here; one might unfold without end.
    if len(data) > _LARGEST_PART or b"<!" in data:
        return {}
    return {
        str(entry.get("name")): "".join(entry.itertext()).strip()
        for entry in ElementTree.fromstring(data)
        if entry.get("name") in _FORMS
    }


def known_key(folder: Path) -> bytes | None:
    """Return the key of an installation, or None where it has none yet.

    Args:
        folder: where the installation keeps its things.
    """
    try:
        key = _path(folder).read_bytes()
    except OSError:
        return None
    return key if len(key) == _KEY_BYTES else None


def key_of(folder: Path) -> bytes:
    """Return the key of an installation; it is made when first asked for.

    Args:
        folder: where the installation keeps its things.

    Raises:
        ShownError: when the key's file is there and cannot be read.
    """
    path = _path(folder)
    if not path.exists():
        _make(path)
    key = known_key(folder)
    if key is None:
        raise ShownError(
            _(
                "封签密钥读不出：{path}。请检查文件权限；文件坏了就删去它，"
                "再重新下载样表。",
                path=path,
            )
        )
    return key


def _path(folder: Path) -> Path:
    return folder / "run" / "seal.key"


def _make(path: Path) -> None:
    """Write a new key beside its place, then put it there unless another is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # Whoever came first has made the key; a half-written one is never read.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
