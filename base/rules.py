"""By which rules is something worth a second look, or a warning? As data say.

A rule is one query and its limits; changing a limit needs no code.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict

from base.catalogue import catalogue
from base.errors import ShownError
from base.settings import settings
from base.words import _, mark

FILE = "rules.toml"
CHECK, WARNING = "check", "warning"
# How a thing stands. What is decided is one of these; `gone` shows by itself, once the
# figures no longer give a reason.
OPEN, GONE = "open", "gone"
STATES: Mapping[str, str] = MappingProxyType(
    {
        OPEN: mark("待处理"),
        "explained": mark("已说明"),
        "corrected": mark("已更正"),
        "handling": mark("处理中"),
        "closed": mark("已销号"),
        GONE: mark("已消失"),
    }
)
# Signs go with the words, as with every state.
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        OPEN: "●",
        "explained": "○",
        "corrected": "○",
        "handling": "◎",
        "closed": "○",
        GONE: "–",
    }
)
# What may be decided on each kind, in the order of work.
DECIDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CHECK: (OPEN, "explained", "corrected"),
        WARNING: (OPEN, "handling", "closed"),
    }
)
# With these nothing is left to do, and they need a reason.
SETTLED = frozenset({"explained", "corrected", "closed"})
_OWNERS: Mapping[str, str] = MappingProxyType(
    {"office": mark("市专班"), "township": mark("镇（街）")}
)


class Rule(BaseModel):
    """One rule; `params` are what its query takes, amounts in yuan.

    `evidence` tells what lies behind a hit, `days` how long after its cause it is due,
    `weight` what an open hit adds to a village's risk.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    kind: Literal["check", "warning"]
    query: str
    evidence: Literal["figures", "contracts", "papers"]
    meaning: str
    advice: str
    owner: str
    days: int
    weight: int
    confirmed: bool
    params: Mapping[str, int | Decimal | tuple[str, ...] | str] = {}

    @property
    def asked(self) -> dict[str, int | Decimal | list[str] | str]:
        """Return the limits as a query takes them: a share in quotes is a number."""
        return {key: _taken(value) for key, value in self.params.items()}

    @property
    def owner_name(self) -> str:
        """Return who is asked first: 第一书记."""
        if self.owner in _OWNERS:
            return _(_OWNERS[self.owner])
        return catalogue().duties[self.owner].name


def _taken(
    value: int | Decimal | tuple[str, ...] | str,
) -> int | Decimal | list[str] | str:
    if isinstance(value, tuple):
        return list(value)
    is_number = isinstance(value, str) and value.replace(".", "", 1).isdigit()
    return Decimal(value) if is_number else value


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Return the rules of this installation by id, read once per process.

    Raises:
        ShownError: when two rules have one id, or nobody is the owner of one.

    Source: `data/rules.toml`.
    """
    text = (settings().data / FILE).read_text(encoding="utf-8")
    read = [Rule(**entry) for entry in tomllib.loads(text)["rules"]]
    known = {*_OWNERS, *catalogue().duties}
    for place, rule in enumerate(read):
        if rule.owner not in known:
            raise ShownError(
                _(
                    "规则「{name}」的责任人（owner）「{owner}」不存在。",
                    name=rule.name,
                    owner=rule.owner,
                )
            )
        if any(rule.id == other.id for other in read[:place]):
            raise ShownError(_("有两条规则的编号都是「{id}」。", id=rule.id))
    return MappingProxyType({rule.id: rule for rule in read})


def rules_of(kind: str) -> tuple[Rule, ...]:
    """Return the rules of a kind, in the order of the file."""
    return tuple(rule for rule in rules().values() if rule.kind == kind)


def state_name(state: str) -> str:
    """Return what a state is called: 已说明."""
    return _(STATES[state]) if state in STATES else state


def state_told(state: str) -> str:
    """Return sign and word of a state: ● 待处理."""
    return f"{_SIGNS[state]} {state_name(state)}"


def rule_name(rule_id: str) -> str:
    """Return what a rule is called; one that is no more is called by its id."""
    return rules()[rule_id].name if rule_id in rules() else rule_id
