"""Are the rules data that people can edit, and is a mistake in them told in words?"""

from decimal import Decimal
from pathlib import Path

import pytest

from base.errors import ShownError
from base.rules import (
    CHECK,
    DECIDED,
    SETTLED,
    STATES,
    WARNING,
    rules,
    rules_of,
    state_name,
)
from queries.statement import parameters

# What every rule is told without its own limits.
COMMON = {"scope", "version_no", "as_of_date", "today", "known_at", "statements"}
TOLD = {"threshold_yuan", "categories"}


def edit(data: Path, old: str, new: str) -> None:
    file = data / "rules.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("rule_id", list(rules()))
def test_a_rule_names_just_the_limits_that_its_query_takes(rule_id: str) -> None:
    rule = rules()[rule_id]
    taken = parameters(rule.query) - COMMON - TOLD
    assert taken | {"statements"} == rule.params.keys() | {"statements"}
    assert not rule.confirmed
    assert rule.name and rule.meaning.endswith("。") and rule.advice.endswith("。")
    assert rule.owner_name


def test_each_kind_has_rules_and_states_that_can_be_said() -> None:
    assert {rule.kind for rule in rules().values()} == {CHECK, WARNING}
    assert len(rules_of(CHECK)) == 8 and len(rules_of(WARNING)) == 6
    for states in DECIDED.values():
        assert set(states) <= set(STATES)
        assert set(states) & SETTLED
    assert state_name("closed") == "已销号"
    assert state_name("unheard") == "unheard"


def test_a_limit_is_changed_without_code(own_data: Path) -> None:
    edit(own_data, "band_yuan = 2_000", "band_yuan = 500")
    edit(own_data, 'times_usual = "1.2"', 'times_usual = "1.25"')
    assert rules()["above_line"].asked["band_yuan"] == 500
    assert rules()["december_jump"].asked["times_usual"] == Decimal("1.25")
    assert rules()["no_project"].asked["plant_source"] == "solar"
    assert rules()["no_report"].asked["statements"] == ["ledger", "inventory"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('owner = "office"', 'owner = "mayor"', "「扎堆在线上」的责任人.*「mayor」"),
        ('id = "round_numbers"', 'id = "above_line"', "编号都是「above_line」"),
    ],
)
def test_a_mistake_is_told_in_words(
    own_data: Path, old: str, new: str, said: str
) -> None:
    edit(own_data, old, new)
    with pytest.raises(ShownError, match=said):
        rules()
