"""Which village or township does a name in a list of people mean? Never guessed."""

import unicodedata
from dataclasses import dataclass, field

from base.catalogue import catalogue
from base.errors import ShownError
from base.formats import listed
from base.place import NATION
from base.settings import settings
from base.words import _, mark
from store import Cursor, Store

_COMMITTEES = (
    mark("村民委员会"),
    mark("居民委员会"),
    mark("村委会"),
    mark("居委会"),
)
_TOWNSHIP_ENDINGS = (mark("街道办事处"), mark("街道"), mark("镇"), mark("乡"))
_VILLAGE, _CITY, _WHOLE_CITY = mark("村"), mark("市"), mark("全市")
# 石村 and 石 are not the same.
_SHORT = 2
_READ = """
select v.village_code, v.village_name, v.official_name, v.township_code, v.township_name
from core.village as v
inner join ops.version as n
    on is_in_force(v.from_no, v.to_no, n.version_no)
order by v.village_code
"""
_READ_ABOVE = """
select p.place_code, p.place_name
from core.place as p
inner join ops.version as n
    on is_in_force(p.from_no, p.to_no, n.version_no)
order by p.place_code
"""


def plain(text: str) -> str:
    """Return a text without blanks, full-width signs made plain."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def village_key(name: str) -> str:
    """Return what villages are compared by.

    The short name without a final 村, unless one character would remain.
    """
    key = plain(name)
    for ending in _COMMITTEES:
        if key.endswith(ending) and len(key) > len(ending):
            key = key.removesuffix(ending)
            break
    return key.removesuffix(_VILLAGE) if len(key) > _SHORT else key


def township_key(name: str) -> str:
    """Return what townships are compared by: without 镇, 乡 or 街道."""
    key = plain(name)
    for ending in _TOWNSHIP_ENDINGS:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            return key.removesuffix(ending)
    return key


@dataclass(frozen=True)
class Places:
    """The villages and townships in force, by code and by name."""

    names: dict[str, str] = field(default_factory=dict)
    townships: dict[str, str] = field(default_factory=dict)
    villages: dict[str, dict[str, str]] = field(default_factory=dict)

    def code_of(self, text: str, is_village: bool, township_name: str = "") -> str:
        """Return the code of a place by its code or name.

        Args:
            text: 12 or 9 digits, 柳泉, 柳泉村 or 河顺镇柳泉村; 河顺镇; 全市.
            is_village: whether a village is meant, rather than a township.
            township_name: of the village, where a column of its own says it.

        Raises:
            ShownError: when none or several fit.
        """
        name = plain(text)
        if name.isascii():
            return name
        if is_village:
            return self._village(name, plain(township_name))
        if name == _WHOLE_CITY:
            return settings().city
        code = self.townships.get(township_key(name))
        if code is None:
            raise ShownError(_("名录里没有乡镇「{name}」。请按名录填写。", name=name))
        return code

    def _village(self, name: str, township_name: str) -> str:
        inside = self.townships.get(township_key(township_name), township_name)
        found = self._parted(name) or {
            township: code
            for township, code in self.villages.get(village_key(name), {}).items()
            if not inside or township == inside
        }
        if len(found) == 1:
            return next(iter(found.values()))
        if not found:
            raise ShownError(
                _("名录里没有村「{name}」。请按名录填写村名或代码。", name=name)
            )
        raise ShownError(
            _(
                "叫「{name}」的村不止一个（{places}）。请写成「乡镇＋村」或代码。",
                name=name,
                places=listed(self.names[township] for township in found),
            )
        )

    def _parted(self, name: str) -> dict[str, str]:
        """Read 林州市河顺镇柳泉村 and 河顺柳泉: township and village in one."""
        local = name.partition(_CITY)[2] if _CITY in name[:-1] else name
        found = {}
        for key, township in self.townships.items():
            for start in (plain(self.names[township]), key):
                rest = village_key(local.removeprefix(start))
                code = self.villages.get(rest, {}).get(township)
                if local.startswith(start) and local != start and code:
                    found[township] = code
        return found


def places_in(cursor: Cursor) -> Places:
    """Read the villages and townships in force."""
    places = Places()
    for code, name, official, township, township_name in cursor.execute(
        _READ
    ).fetchall():
        places.names[code] = township_name + name
        places.names[township] = township_name
        places.townships[township_key(township_name)] = township
        for each in (name, official):
            places.villages.setdefault(village_key(each), {})[township] = code
    return places


def place_names(store: Store) -> dict[str, str]:
    """Return the name of each place in force by its code, the city's own as well."""
    with store.transaction() as cursor:
        names = places_in(cursor).names
        above = dict(cursor.execute(_READ_ABOVE).fetchall())
    whole = {settings().city: catalogue().city.name, NATION: _("全国")}
    return {**whole, **above, **names}
