"""How do tests get a disk that is full, and room on it again? By a real one.

A small tmpfs where this process may mount; else the system lets no file of the process
grow, which its writers meet in the same places with the same kind of error.
"""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BLOCK = 4096


class Disk:
    """A folder on a small disk, which can be filled up.

    Args:
        folder: on it.
        is_mounted: whether it is a disk of its own; `process` is limited otherwise.
    """

    def __init__(self, folder: Path, is_mounted: bool) -> None:
        self.folder = folder
        self.way = "tmpfs" if is_mounted else "RLIMIT_FSIZE"
        self.process = os.getpid()
        self._filling = folder / "filling"

    def fill(self, but_bytes: int = 0) -> None:
        """Leave no more room than some bytes; where files are limited, none."""
        if self.way != "tmpfs":
            hard = resource.prlimit(self.process, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(self.process, resource.RLIMIT_FSIZE, (0, hard))
            return
        with self._filling.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * _BLOCK)
            except OSError:
                file.truncate(max(0, file.tell() - but_bytes))

    def free(self) -> None:
        """Make room again."""
        if self.way != "tmpfs":
            hard = resource.prlimit(self.process, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(self.process, resource.RLIMIT_FSIZE, (hard, hard))
            return
        self._filling.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int = 64) -> Iterator[Disk]:
    """Give a small disk at a folder; it is gone afterwards."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        is_mounted = subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        is_mounted = False
    disk = Disk(folder, is_mounted)
    try:
        yield disk
    finally:
        disk.free()
        if is_mounted:
            # what still lies open must not keep it
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
