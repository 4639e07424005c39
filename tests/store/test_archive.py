"""Is a backup whole or refused, and closed to whoever lacks the key?"""

import io
import random
import tarfile
from pathlib import Path

import pyrage
import pytest

from base.errors import ShownError
from store.archive import identity_in, new_key, packed, recipient_of, unpacked

FILES = {"village.duckdb": b"figures" * 9_000, "inbox/410581105/五月.xlsx": b"amounts"}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "key"


def pack(path: Path, recipient: str = "") -> Path:
    with packed(path, recipient) as packer:
        for name, content in FILES.items():
            packer.add(name, content)
        packer.close({"city": "410581"})
    return path


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    backup = pack(tmp_path / "b.tar")
    manifest = unpacked(backup, tmp_path / "out")
    assert held(tmp_path / "out") == FILES
    assert manifest["city"] == "410581"
    # only its owner may read it, and no half of it is left
    assert backup.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_an_encrypted_one_opens_with_its_key_alone(tmp_path: Path, key: Path) -> None:
    backup = pack(tmp_path / "b.tar.age", new_key(key))
    sealed = backup.read_bytes()
    assert b"figures" not in sealed
    assert "五月".encode() not in sealed
    assert key.stat().st_mode & 0o077 == 0
    (tmp_path / "out").mkdir()
    unpacked(backup, tmp_path / "out", identity_in(key))
    assert held(tmp_path / "out") == FILES
    other = pyrage.x25519.Identity.generate()
    for wrong, said in ((None, "--key"), (other, "解不开")):
        with pytest.raises(ShownError, match=said):
            unpacked(backup, tmp_path, wrong)


def test_a_key_is_never_written_over(key: Path) -> None:
    new_key(key)
    before = key.read_bytes()
    with pytest.raises(ShownError, match="已存在"):
        new_key(key)
    assert key.read_bytes() == before


@pytest.mark.parametrize("text", ["", "age1", "ssh-rsa AAAA"])
def test_what_is_no_key_is_refused(tmp_path: Path, key: Path, text: str) -> None:
    with pytest.raises(ShownError, match="age1"):
        recipient_of(text)
    key.write_text(text)
    with pytest.raises(ShownError, match="密钥文件"):
        identity_in(key)
    if text:
        with pytest.raises(ShownError), packed(tmp_path / "b", text):
            pass
        assert not list(tmp_path.glob("b*"))


@pytest.mark.parametrize("seed", range(12))
def test_a_changed_byte_is_found(tmp_path: Path, seed: int) -> None:
    """Wherever it is, but in what fills the file up to whole blocks."""
    backup = pack(tmp_path / "b.tar")
    content = bytearray(backup.read_bytes())
    dice = random.Random(seed)
    used = [i for i, byte in enumerate(content) if byte]
    content[dice.choice(used)] ^= 1 << dice.randrange(8)
    backup.write_bytes(content)
    with pytest.raises(ShownError, match="不完整"):
        unpacked(backup, tmp_path / "out")


@pytest.mark.parametrize("part", [0, 0.3, 0.9])
def test_one_that_was_cut_off_is_refused(tmp_path: Path, part: float) -> None:
    backup = pack(tmp_path / "b.tar")
    content = backup.read_bytes().rstrip(b"\0")
    backup.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(ShownError, match="不完整"):
        unpacked(backup, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../out.txt", tarfile.REGTYPE),
        ("/tmp/out.txt", tarfile.REGTYPE),
        ("vault/../../out.txt", tarfile.REGTYPE),
        ("link", tarfile.SYMTYPE),
        ("device", tarfile.CHRTYPE),
    ],
)
def test_nothing_is_written_elsewhere(tmp_path: Path, name: str, kind: bytes) -> None:
    backup, into = tmp_path / "b.tar", tmp_path / "deep" / "out"
    with tarfile.open(backup, "w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname, member.size = kind, "/etc/passwd", 0
        tar.addfile(member, io.BytesIO())
    before = held(tmp_path)
    with pytest.raises(ShownError, match="不完整"):
        unpacked(backup, into)
    assert held(tmp_path) == before


def test_one_that_could_not_be_written_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), packed(tmp_path / "b.tar") as packer:
        packer.add("one", b"1")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
