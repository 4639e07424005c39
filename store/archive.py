"""How does a copy of many files become one file, and is it whole when it comes back?

A backup is a tar file; its last member says the SHA-256 of all others. With a key it is
encrypted in the age format (age-encryption.org), which other programs read as well.
"""

import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage

from base.errors import ShownError
from base.words import _
from store.vault import sync_folder

SEALED = ".age"
_MANIFEST = "manifest.json"
PART = ".part"
_CHUNK = 1 << 20
Manifest = dict[str, Any]


class Packer:
    """Takes files in, one after the other, and remembers what each was.

    Args:
        out: where the tar file goes; it is never read or set back.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._tar = tarfile.TarFile.open(
            fileobj=out, mode="w|", format=tarfile.PAX_FORMAT
        )
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: bytes) -> None:
        """Take bytes in under a name with `/`."""
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, path: Path, size: int | None = None) -> None:
        """Take a file in.

        Args:
            name: with `/`.
            path: of a file of which nothing that is taken changes.
            size: how many of its first bytes; default all.

        Raises:
            OSError: when it cannot be read to that length.
        """
        with path.open("rb") as file:
            length = os.fstat(file.fileno()).st_size if size is None else size
            self._add(name, file, length)

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        told = tarfile.TarInfo(name)
        told.size = size
        read = _Counted(file)
        self._tar.addfile(told, read)
        self.members[name] = {"bytes": size, "sha256": read.digest.hexdigest()}

    def close(self, said: Manifest) -> None:
        """Write the manifest and end the file.

        Args:
            said: what else the manifest says.
        """
        text = json.dumps({**said, "members": self.members}, ensure_ascii=False)
        content = text.encode("utf-8")
        told = tarfile.TarInfo(_MANIFEST)
        told.size = len(content)
        self._tar.addfile(told, io.BytesIO(content))
        self._tar.close()

    def end(self) -> None:
        """Let go of the file, also where it was not closed as it should be."""
        with suppress(OSError):
            self._tar.close()


class _Counted(io.RawIOBase):
    """Reads a file and takes the SHA-256 of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self.digest.update(content)
        return content


@contextmanager
def packed(path: Path, recipient: str = "") -> Iterator[Packer]:
    """Write a backup so that after a crash it is whole or absent.

    Args:
        path: of the file; another of that name is replaced.
        recipient: the public key (`age1…`) that it is encrypted for; empty for none.

    Yields:
        What takes the files in; the block closes it.

    Raises:
        ShownError: when the key is none.
        OSError: when it cannot be written; nothing is left behind then.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    try:
        with beside.open("xb") as file:
            beside.chmod(0o600)
            with _sealing(file, recipient) as out:
                packer = Packer(out)
                try:
                    yield packer
                finally:
                    packer.end()
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _sealing(file: IO[bytes], recipient: str) -> Iterator[IO[bytes]]:
    if not recipient:
        yield file
        return
    keys = [recipient_of(recipient)]
    reading, writing = os.pipe()
    problems: list[BaseException] = []

    def seal() -> None:
        with os.fdopen(reading, "rb") as plain:
            try:
                pyrage.encrypt_io(plain, file, keys)
            except BaseException as problem:
                problems.append(problem)

    thread = threading.Thread(target=seal)
    thread.start()
    try:
        with os.fdopen(writing, "wb") as plain:
            yield plain
    except BrokenPipeError:
        # who encrypts ended first, and says why
        thread.join()
        if not problems:
            raise
    finally:
        thread.join()
    if problems:
        raise problems[0]


def recipient_of(text: str) -> pyrage.x25519.Recipient:
    """Return the public key that a text names.

    Raises:
        ShownError: when it names none.
    """
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise ShownError(
            _("备份的公钥应是 age1 开头的一行，由 backup-key 命令生成。")
        ) from error


def new_key(path: Path) -> str:
    """Make a pair of keys, write the secret one to a file and return the public one.

    Raises:
        ShownError: when the file is there already, or cannot be written.
    """
    secret = pyrage.x25519.Identity.generate()
    public = str(secret.to_public())
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as out:
            out.write(f"# {public}\n{secret}\n")
    except OSError as error:
        raise ShownError(
            _("密钥文件「{path}」已存在或写不进去，没有改动。", path=path)
        ) from error
    return public


def identity_in(path: Path) -> pyrage.x25519.Identity:
    """Return the secret key that a file holds.

    Raises:
        ShownError: when it holds none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        keys = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
        return pyrage.x25519.Identity.from_str(keys[0])
    except (OSError, ValueError, IndexError, pyrage.IdentityError) as error:
        raise ShownError(_("「{path}」不是备份的密钥文件。", path=path)) from error


def unpacked(
    path: Path, into: Path, identity: pyrage.x25519.Identity | None = None
) -> Manifest:
    """Unpack a backup and compare every file with what the manifest says.

    Args:
        path: of the backup.
        into: an empty folder that its owner alone may read.
        identity: the secret key of an encrypted one.

    Returns:
        The manifest.

    Raises:
        ShownError: when it is not whole, or no backup; what is wrong is named.
    """
    try:
        with _opened(path, into, identity) as plain:
            found, manifest = _members(plain, into)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _damaged(path) from error
    told = manifest.get("members", {})
    wrong = sorted(
        name for name in {*told, *found} if told.get(name) != found.get(name)
    )
    if wrong or not told:
        raise _damaged(path, ", ".join(wrong[:5]))
    return manifest


def _damaged(path: Path, which: str = "") -> ShownError:
    if which:
        return ShownError(
            _(
                "备份「{path}」不完整或被改动：{which}。请换一份备份。",
                path=path.name,
                which=which,
            )
        )
    return ShownError(
        _("备份「{path}」不完整，或不是备份文件。请换一份备份。", path=path.name)
    )


@contextmanager
def _opened(
    path: Path, into: Path, identity: pyrage.x25519.Identity | None
) -> Iterator[IO[bytes]]:
    if not path.name.endswith(SEALED):
        with path.open("rb") as plain:
            yield plain
        return
    if identity is None:
        raise ShownError(_("这份备份已加密。请用 --key 指明密钥文件。"))
    beside = into / f"{path.name}{PART}"
    try:
        with path.open("rb") as sealed, beside.open("xb") as out:
            try:
                pyrage.decrypt_io(sealed, out, [identity])
            except pyrage.DecryptError as error:
                raise ShownError(
                    _("备份「{path}」解不开：密钥不对，或文件损坏。", path=path.name)
                ) from error
        with beside.open("rb") as plain:
            yield plain
    finally:
        beside.unlink(missing_ok=True)


def _members(plain: IO[bytes], into: Path) -> tuple[dict[str, Any], Manifest]:
    found: dict[str, Any] = {}
    manifest: Manifest = {}
    with tarfile.open(fileobj=plain, mode="r|") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isreg() else None
            if file is None:
                raise ValueError(member.name)
            if member.name == _MANIFEST:
                manifest = json.loads(file.read())
            else:
                place = _place(into, member.name)
                found[member.name] = _written(file, place)
    return found, manifest


def _place(into: Path, name: str) -> Path:
    """Return where a member goes; never outside."""
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts or "\\" in name:
        raise ValueError(name)
    place = into.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _written(file: IO[bytes], place: Path) -> dict[str, Any]:
    read, size = _Counted(file), 0
    with place.open("xb") as out:
        while chunk := read.read(_CHUNK):
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return {"bytes": size, "sha256": read.digest.hexdigest()}
