"""Which store does a part measure against? The demonstration's, made once a run."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

from base.settings import ROOT, settings
from bench.child import Used, used_by
from etl.door import opened
from store import Store, close_all

SCRATCH = ROOT / "bench" / "scratch"


def environment(var: Path) -> dict[str, str]:
    """Return the variables under which a program keeps its things in a folder."""
    return {**os.environ, "VILLAGE_VAR": str(var)}


def load_demo(var: Path) -> Used:
    """Load the demonstration into a folder by its command, and return what it took."""
    return used_by([sys.executable, "-m", "etl", "demo"], ROOT, environment(var))


def demo_folder(place: Path) -> Path:
    """Return the folder with the demonstration, loaded by whoever asks first."""
    var = place / "demo"
    if not var.exists():
        load_demo(var)
    return var


def demo_copy(place: Path, name: str) -> Path:
    """Return a copy of the demonstration that may be changed."""
    return Path(copytree(demo_folder(place), place / name))


@contextmanager
def installation(var: Path) -> Iterator[Store]:
    """Let settings point to a folder, and give its store; close it at the end."""
    before = os.environ.get("VILLAGE_VAR")
    os.environ["VILLAGE_VAR"] = str(var)
    settings.cache_clear()
    try:
        yield opened()
    finally:
        close_all()
        if before is None:
            del os.environ["VILLAGE_VAR"]
        else:
            os.environ["VILLAGE_VAR"] = before
        settings.cache_clear()
