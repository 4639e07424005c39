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
# To decide on doubts and warnings.
MATTERS = "matters"
# To answer warnings and actions of the own villages.
ANSWER = "answer"
AUDIT = "audit"
# How the installation itself stands: room, queues, backups, what is slow.
SYSTEM = "system"
ACCOUNTS = "accounts"
# To read the telephone numbers of people of the own places.
PHONES = "phones"
# To hand out or erase all that is held about a person.
ERASE = "erase"
# To begin, change, close and drop actions.
ASSIGN = "assign"
# How townships, departments and first secretaries compare.
DUTIES = "duties"
# To see meetings: what they were frozen with, and what came of them.
MEETINGS = "meetings"
# To call a meeting, freeze its figures, and say what the strategy is.
CONVENE = "convene"
# To put a word beside the own line of a ranking.
APPEAL = "appeal"


@dataclass(frozen=True)
class Role:
    """A role: its name, how many digits its scope's codes have, what it may do.

    `pages` are the pages that it is offered; the first has the address of the whole.
    """

    name: str
    digits: tuple[int, ...]
    may: frozenset[str]
    pages: tuple[str, ...]


_INSIGHT = ("outlook", "gaps", "sources", "solar", "joint")
_LOOK = ("reporting", "map", "village", *_INSIGHT)
_MEET = ("meeting", "strategy")
_CHASE = ("actions", "alerts", "doubts", "duties")
ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "leader": Role(
            mark("领导"),
            (0, 2, 4, 6, 9),
            frozenset({SEE, DOUBTS, DUTIES, MEETINGS}),
            ("overview", *_LOOK, *_CHASE, *_MEET),
        ),
        "secretary": Role(
            mark("第一书记"),
            (12,),
            frozenset({SEE, UPLOAD, ANSWER}),
            ("report", "village", "actions", "alerts"),
        ),
        "township": Role(
            mark("镇（街）"),
            (9,),
            frozenset({SEE, UPLOAD, REVIEW, ASSIGN, DUTIES, DOUBTS, MATTERS})
            | {MEETINGS, APPEAL, PHONES},
            ("overview", "report", "review", *_LOOK, *_CHASE, *_MEET),
        ),
        "department": Role(
            mark("市直帮扶单位"),
            (12,),
            frozenset({SEE, ANSWER, DUTIES}),
            ("overview", *_LOOK, "actions", "alerts", "duties"),
        ),
        "office": Role(
            mark("市专班"),
            (0, 2, 4, 6),
            frozenset({SEE, UPLOAD, REVIEW, DECIDE, WINDOWS, AUDIT, ACCOUNTS})
            | {ASSIGN, DUTIES, DOUBTS, MATTERS, MEETINGS, CONVENE, APPEAL, PHONES},
            (
                *("overview", "report", "review", *_LOOK, *_CHASE, *_MEET),
                *("people", "audit"),
            ),
        ),
        # sees no figures
        "admin": Role(
            mark("管理员"),
            (),
            frozenset({AUDIT, ACCOUNTS, SYSTEM, PHONES, ERASE}),
            ("people", "audit", "system"),
        ),
    }
)
# Whom an office may give accounts to; all others are for the admin.
OF_THE_OFFICE = frozenset({"leader", "secretary", "township", "department"})
