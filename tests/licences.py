"""Under which licences is what the dashboard runs on? From what is installed.

The command writes docs/licences.md: python -m tests.licences
"""

import importlib.metadata as installed
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "docs" / "licences.md"
# Free to use, change and pass on within a city's own system; MPL-2.0 binds changes of
# its own files alone. A licence that is not here is looked at by a person first.
ALLOWED = frozenset(
    {
        *("MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD"),
        *("Apache-2.0", "PSF-2.0", "MPL-2.0", "Zlib", "CC0-1.0", "ISC", "Unlicense"),
    }
)
# How packages say it that do not yet say it in SPDX.
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_LONGEST_ID = 40


@dataclass(frozen=True)
class Package:
    """A package: its version, its licence, and whether requirements.txt names it."""

    name: str
    version: str
    licence: str
    is_named: bool

    @property
    def licences(self) -> set[str]:
        """Return the licences of which its licence is made."""
        return set(re.split(r"\s+(?:AND|OR)\s+", self.licence.strip("()")))


def required(file: Path = ROOT / "requirements.txt") -> dict[str, str]:
    """Return what a file of requirements pins: version by name."""
    lines = file.read_text(encoding="utf-8").splitlines()
    pins = [re.split("[#;]", line)[0].strip() for line in lines]
    pairs = [pin.split("==") for pin in pins if "==" in pin]
    return {_folded(name): version for name, version in pairs}


def packages() -> list[Package]:
    """Return what is required and what that brings along, by name."""
    named = required()
    found: dict[str, Package] = {}
    waiting = list(named)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        distribution = installed.distribution(name)
        licence = licence_of(distribution.metadata) or _headed(distribution)
        found[name] = Package(name, distribution.version, licence, name in named)
        waiting += _brought(distribution)
    return [found[name] for name in sorted(found)]


def _brought(distribution: installed.Distribution) -> Iterator[str]:
    for line in distribution.requires or []:
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield _folded(wanted.name)


def licence_of(said: installed.PackageMetadata) -> str:
    """Return a licence as SPDX writes it, as far as a package says which."""
    expression = _field(said, "License-Expression")
    if expression:
        return expression
    short = _field(said, "License")
    if short and "\n" not in short and len(short) < _LONGEST_ID and "(c)" not in short:
        return _SPDX.get(short, short)
    kinds = [
        str(one).rsplit(" :: ", 1)[-1]
        for one in said.get_all("Classifier") or []
        if str(one).startswith("License :: OSI Approved :: ")
    ]
    return " AND ".join(_SPDX.get(kind, kind) for kind in kinds)


def _headed(distribution: installed.Distribution) -> str:
    """Return the licence that the text of the licence is headed by."""
    for file in distribution.files or []:
        if ".dist-info" in str(file) and file.name.startswith("LICENSE"):
            head = file.read_text().strip().partition("\n")[0]
            return _SPDX.get(head, head)
    return ""


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _field(said: installed.PackageMetadata, name: str) -> str:
    return str(said[name]) if name in said else ""


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""


def text() -> str:
    """Return the list as people read it."""
    head = [
        "# Licences",
        "",
        "What the dashboard runs on, by the metadata of what is installed; written by",
        "`make licences`. A licence outside the list in `tests/licences.py` fails",
        "a test.",
        "",
        "| package | version | licence | in requirements.txt |",
        "|---|---|---|---|",
    ]
    lines = [
        f"| {one.name} | {one.version} | {one.licence} | {_yes(one.is_named)} |"
        for one in packages()
    ]
    return "\n".join([*head, *lines, ""])


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
