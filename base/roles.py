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
# What is worth a second look is for those who look after several villages.
DOUBTS = "doubts"
# To decide on doubts and warnings, and to answer a warning of an own village.
MATTERS = "matters"
ANSWER = "answer"
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


_LOOK = ("reporting", "map", "village", "outlook", "gaps", "solar")
ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "leader": Role(
            mark("领导"),
            (0, 2, 4, 6, 9),
            frozenset({SEE, DOUBTS}),
            ("overview", *_LOOK, "alerts", "doubts"),
        ),
        "secretary": Role(
            mark("第一书记"),
            (12,),
            frozenset({SEE, UPLOAD, ANSWER}),
            ("report", "village", "alerts"),
        ),
        "township": Role(
            mark("镇（街）"),
            (9,),
            frozenset({SEE, UPLOAD, REVIEW, DOUBTS, MATTERS}),
            ("overview", "report", "review", *_LOOK, "alerts", "doubts"),
        ),
        "department": Role(
            mark("市直帮扶单位"),
            (12,),
            frozenset({SEE}),
            ("overview", *_LOOK, "alerts"),
        ),
        "office": Role(
            mark("市专班"),
            (0, 2, 4, 6),
            frozenset({SEE, UPLOAD, REVIEW, DECIDE, WINDOWS, AUDIT, ACCOUNTS})
            | {DOUBTS, MATTERS},
            ("overview", "report", "review", *_LOOK, "alerts", "doubts")
            + ("people", "audit"),
        ),
        # sees no figures
        "admin": Role(
            mark("管理员"), (), frozenset({AUDIT, ACCOUNTS}), ("people", "audit")
        ),
    }
)
# Whom an office may give accounts to; all others are for the admin.
OF_THE_OFFICE = frozenset({"leader", "secretary", "township", "department"})
