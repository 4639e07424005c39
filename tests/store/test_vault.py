"""Are files kept once, whole or not at all, and are changed bytes found?"""

import os
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.vault import Vault, sha256_of, write_durably


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def files(vault: Vault) -> list[Path]:
    return [path for path in vault.folder.rglob("*") if path.is_file()]


def test_bytes_are_kept_once(vault: Vault) -> None:
    first = vault.keep(b"one")
    [path] = files(vault)
    written = path.stat()
    assert vault.keep(b"one") == first == sha256_of(b"one") == path.name
    assert path.stat().st_ino == written.st_ino
    vault.keep(b"two")
    assert len(files(vault)) == 2


@settings(max_examples=20, deadline=None)
@given(content=st.binary(max_size=64))
def test_what_is_kept_comes_back(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    vault = Vault(tmp_path_factory.getbasetemp() / "kept")
    assert vault.original(vault.keep(content)) == content


def test_changed_or_missing_bytes_are_found(vault: Vault) -> None:
    sha256 = vault.keep(b"as it arrived")
    [path] = files(vault)
    path.write_bytes(b"as it arrivee")
    with pytest.raises(ValueError, match=sha256):
        vault.original(sha256)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        vault.original(sha256)


def test_rows_come_back_and_changed_rows_are_found(vault: Vault) -> None:
    rows = pa.table({"a": [1, None], "b": ["x", "y"]})
    sha256 = vault.keep_rows(7, rows)
    assert vault.rows(7, sha256).equals(rows)
    vault.keep_rows(7, rows.slice(1))
    assert vault.rows(7).num_rows == 1
    with pytest.raises(ValueError, match="7"):
        vault.rows(7, sha256)
    with pytest.raises(OSError, match="8"):
        vault.rows(8)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_half_written_is_never_seen(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fall(*_given: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync", fall) if step == "fsync" else (Path, step, fall)))
        with pytest.raises(OSError, match="full"):
            vault.keep(b"half")
    with pytest.raises(FileNotFoundError):
        vault.original(sha256_of(b"half"))
    # and what lies about does not keep it from coming in again
    assert vault.original(vault.keep(b"half")) == b"half"


def test_a_file_that_is_replaced_is_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_durably(path, b"old")
    seen: list[bytes] = []
    plain = os.fsync

    def look(descriptor: int) -> None:
        seen.append(path.read_bytes())
        plain(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    write_durably(path, b"new and longer")
    assert seen == [b"old", b"new and longer"]  # the file's own, then the folder's
