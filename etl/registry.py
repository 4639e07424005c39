"""Which villages and townships are there, and by which names and codes do they go?

Read from `data/registry/`: `villages.csv` (the statistical list), `aliases.csv` (other
names, with the days on which they hold), `code_changes.csv` and `plants.csv` (which
village a platform's code of a solar plant belongs to).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from base.settings import settings
from etl.reading.text import fold

_VILLAGE, _CITY = "村", "市"
_COMMITTEES = ("村民委员会", "居民委员会", "村委会", "居委会")
_TOWNSHIP_ENDINGS = ("街道办事处", "办事处", "街道办", "街道", "镇", "乡")


@dataclass(frozen=True)
class Village:
    """A village-level unit of the statistical list."""

    village_code: str
    official_name: str
    short_name: str
    township_code: str
    township_name: str
    kind: str


@dataclass(frozen=True)
class Alias:
    """Another name of a village, within a township of that name, on some days."""

    key: str
    township_key: str
    village_code: str
    from_date: date
    to_date: date

    def holds_on(self, day: date) -> bool:
        """Tell whether the name was in use on a day."""
        return self.from_date <= day <= self.to_date


@lru_cache(maxsize=65_536)
def village_key(name: str) -> str:
    """Return what village names are compared by.

    The short name without a final 村, unless one character would remain: 石村 and 石
    are not the same, 上庄村 and 上庄 are (their townships tell them apart).
    """
    key = fold(name)
    for ending in _COMMITTEES:
        if key.endswith(ending) and len(key) > len(ending):
            key = key[: -len(ending)]
            break
    return key[:-1] if key.endswith(_VILLAGE) and len(key) > 2 else key


@lru_cache(maxsize=4_096)
def township_key(name: str) -> str:
    """Return what township names are compared by: without 镇, 乡 or 街道."""
    key = fold(name)
    for ending in _TOWNSHIP_ENDINGS:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            return key[: -len(ending)]
    return key


class Registry:
    """The villages of an installation, indexed by what files call them.

    Args:
        villages: the list.
        aliases: other names.
        code_changes: codes of villages by other codes: former ones, those of plants.
    """

    def __init__(
        self,
        villages: list[Village],
        aliases: list[Alias] | None = None,
        code_changes: dict[str, str] | None = None,
    ) -> None:
        self.villages = {v.village_code: v for v in villages}
        self.code_changes = code_changes or {}
        self.townships = {v.township_code: v.township_name for v in villages}
        self.by_key: dict[str, list[Village]] = {}
        self.in_township: dict[tuple[str, str], list[Village]] = {}
        for village in villages:
            key = village_key(village.short_name)
            self.by_key.setdefault(key, []).append(village)
            place = (village.township_code, key)
            self.in_township.setdefault(place, []).append(village)
        self.aliases: dict[str, list[Alias]] = {}
        for alias in aliases or []:
            self.aliases.setdefault(alias.key, []).append(alias)
        self._keys: dict[str | None, dict[str, str]] = {}
        self._township_codes = {
            township_key(name): code for code, name in self.townships.items()
        }

    def township_code(self, name: str) -> str | None:
        """Return the code of the township of that name, with or without its ending."""
        return self._township_codes.get(township_key(name))

    def townships_in(self, text: str) -> list[str]:
        """Return the codes of the townships whose full name stands in a text."""
        folded = fold(text)
        return [code for code, name in self.townships.items() if name in folded]

    def parted(self, text: str) -> tuple[str, str]:
        """Part 林州市河顺镇柳泉村 into 河顺镇 and 柳泉村; no township, no parting."""
        folded = fold(text)
        for name in self.townships.values():
            before, found, rest = folded.partition(name)
            if found and rest and (not before or before.endswith(_CITY)):
                return name, rest
        for key, code in self._township_codes.items():
            rest = folded.removeprefix(key)
            is_village = (code, village_key(rest)) in self.in_township
            if folded.startswith(key) and rest and is_village:
                return self.townships[code], rest
        return "", folded

    def keys_in(self, township_code: str | None) -> dict[str, str]:
        """Return what the villages of a township, or all, are compared by, by name."""
        if township_code not in self._keys:
            self._keys[township_code] = {
                v.short_name: village_key(v.short_name)
                for v in self.villages.values()
                if township_code is None or v.township_code == township_code
            }
        return self._keys[township_code]

    def village(self, code: str) -> Village | None:
        """Return the village of a code, of today or of former days."""
        return self.villages.get(self.code_changes.get(code, code))

    def is_dated(self, name: str) -> bool:
        """Tell whether what a name means depends on the day."""
        return village_key(name) in self.aliases

    def aliased(self, key: str, township_name: str, on: date) -> list[Village]:
        """Return the villages that went by a name on a day."""
        wanted = township_key(township_name)
        return [
            self.villages[alias.village_code]
            for alias in self.aliases.get(key, [])
            if alias.holds_on(on)
            and alias.village_code in self.villages
            and (not alias.township_key or alias.township_key == wanted)
        ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        text = path.read_text(encoding="utf-8-sig")
        yield from csv.DictReader(io.StringIO(text))


def _day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


@lru_cache(maxsize=4)
def registry(folder: Path | None = None) -> Registry:
    """Return the registry of this installation, read once per process.

    Args:
        folder: where its four files are; default `data/registry`.
    """
    place = folder or settings().data / "registry"
    return Registry(
        [Village(**row) for row in _rows(place / "villages.csv")],
        [
            Alias(
                village_key(row["alias"]),
                township_key(row["alias_township"]),
                row["village_code"],
                _day(row["from_date"], date.min),
                _day(row["to_date"], date.max),
            )
            for row in _rows(place / "aliases.csv")
        ],
        {
            **{r["old_code"]: r["new_code"] for r in _rows(place / "code_changes.csv")},
            **{r["plant_code"]: r["village_code"] for r in _rows(place / "plants.csv")},
        },
    )
