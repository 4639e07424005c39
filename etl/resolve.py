"""Which village does a line mean? By code, or township and name, never guessed."""

import re
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import process

from base.formats import listed
from base.words import _
from etl.reading.text import fold
from etl.registry import Registry, Village, village_key

_SUGGESTIONS = 3
# Half alike: one of the two characters that most names have.
_ALIKE = 50
# No name is as long; a cell may be, and comparing it takes seconds.
_LONGEST_GUESSED = 50


class Unresolved(Exception):
    """A line whose village cannot be told; `code` is the finding's, `cure` its text."""

    def __init__(self, code: str, cure: str) -> None:
        super().__init__(code)
        self.code = code
        self.cure = cure


@dataclass(frozen=True)
class Named:
    """What a line says about its village, and what the sheet says about all lines.

    `township_code` is what the sheet or the file is about, `township_name` what the
    line itself says.
    """

    code: str
    township_name: str
    name: str
    township_code: str | None


def resolve(
    named: Named, registry: Registry, on: date, is_guessing: bool = True
) -> Village:
    """Find the village that a line means.

    Args:
        named: what the line and its sheet say.
        registry: the villages.
        on: the day for which names and codes hold.
        is_guessing: say which villages a wrong name may mean; that takes a while.

    Raises:
        Unresolved: when none or several fit, or code and name disagree.
    """
    if named.code:
        return _by_code(named, registry)
    candidates = _by_name(named, registry, on)
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise Unresolved("village_unknown", _unknown(named, registry, is_guessing))
    places = listed(v.township_name for v in candidates)
    raise Unresolved(
        "village_ambiguous",
        _(
            "有 {count} 个村叫这个名（{places}）。请填写所属乡镇或 12 位村代码。",
            count=len(candidates),
            places=places,
        ),
    )


def _by_code(named: Named, registry: Registry) -> Village:
    code = re.sub(r"\.0$", "", fold(named.code))
    village = registry.village(code)
    if village is None:
        raise Unresolved(
            "code_unknown", _("村代码不在名录中。请核对 12 位统计用区划代码。")
        )
    if named.name and village_key(named.name) != village_key(village.short_name):
        aliases = registry.aliased(
            village_key(named.name), named.township_name, date.max
        )
        if village not in aliases:
            raise Unresolved(
                "code_name_differ",
                _(
                    "代码是「{place}」，与村名不符。请改正其中一个。",
                    place=village.township_name + village.short_name,
                ),
            )
    return village


def _by_name(named: Named, registry: Registry, on: date) -> list[Village]:
    key = village_key(named.name)
    if not named.township_name and key not in registry.by_key:
        township_name, name = registry.parted(named.name)
        if township_name:
            named = replace(named, township_name=township_name, name=name)
            key = village_key(name)
    if named.township_name:
        township = registry.township_code(named.township_name)
        if township is None:
            former = registry.aliased(key, named.township_name, on)
            if former:
                return former
            raise Unresolved(
                "township_unknown",
                _("乡镇不在名录中。请填写：{names}。", names=_all_townships(registry)),
            )
    else:
        township = named.township_code
    aliased = registry.aliased(key, registry.townships.get(township or "", ""), on)
    if township is not None:
        own = registry.in_township.get((township, key), [])
        return own or [v for v in aliased if v.township_code == township]
    return registry.by_key.get(key, []) or aliased


def _all_townships(registry: Registry) -> str:
    return listed(registry.townships.values())


def _unknown(named: Named, registry: Registry, is_guessing: bool) -> str:
    township = registry.township_code(named.township_name) or named.township_code
    keys = registry.keys_in(township)
    alike = (
        process.extract(
            village_key(named.name), keys, limit=_SUGGESTIONS, score_cutoff=_ALIKE
        )
        if is_guessing and len(named.name) <= _LONGEST_GUESSED
        else []
    )
    where = registry.townships.get(township or "", _("全市名录"))
    elsewhere = registry.by_key.get(village_key(named.name), [])
    if elsewhere:
        return _(
            "{where}没有这个村，{places}有。请核对乡镇，或按名录填写村名。",
            where=where,
            places=listed(village.township_name for village in elsewhere),
        )
    if not alike:
        return _("{where}没有这个村。请按名录填写村名。", where=where)
    return _(
        "{where}没有这个村。是不是：{names}？请按名录填写。",
        where=where,
        names=listed(name for _key, _score, name in alike),
    )
