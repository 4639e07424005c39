"""Which roles are there, and what may each do?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from base.words import mark

SEE = "see"
UPLOAD = "upload"
# A township checks what its villages sent, before the city decides.
REVIEW = "review"
# The city accepts, returns, reopens, annuls, and accepts papers of the whole city.
DECIDE = "decide"
WINDOWS = "windows"
AUDIT = "audit"
ACCOUNTS = "accounts"


@dataclass(frozen=True)
class Role:
    """A role: its name, how many digits its scope's codes have, what it may do.

    `pages` are the pages that it is offered; the first has the address of the whole.
    """

    name: str
    digits: tuple[int, ...]
    may: frozenset[str]
    pages: tuple[str, ...]


_INSIGHT = ("sources", "joint")
_LOOK = ("reporting", "map", "village", *_INSIGHT)
ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "leader": Role(
            mark("领导"), (0, 2, 4, 6, 9), frozenset({SEE}), ("overview", *_LOOK)
        ),
        "secretary": Role(
            mark("第一书记"), (12,), frozenset({SEE, UPLOAD}), ("report", "village")
        ),
        "township": Role(
            mark("镇（街）"),
            (9,),
            frozenset({SEE, UPLOAD, REVIEW}),
            ("overview", "report", "review", *_LOOK),
        ),
        "department": Role(
            mark("市直帮扶单位"), (12,), frozenset({SEE}), ("overview", *_LOOK)
        ),
        "office": Role(
            mark("市专班"),
            (0, 2, 4, 6),
            frozenset({SEE, UPLOAD, REVIEW, DECIDE, WINDOWS, AUDIT, ACCOUNTS}),
            ("overview", "report", "review", *_LOOK, "people", "audit"),
        ),
        # sees no figures
        "admin": Role(
            mark("管理员"), (), frozenset({AUDIT, ACCOUNTS}), ("people", "audit")
        ),
    }
)
# Whom an office may give accounts to; all others are for the admin.
OF_THE_OFFICE = frozenset({"leader", "secretary", "township", "department"})
