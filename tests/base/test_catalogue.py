"""Do statements, sources, measures and targets fit together, and are typos refused?"""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from base.catalogue import Catalogue, Measure, catalogue
from base.errors import ShownError
from base.settings import settings
from tests.making import shipped

# The worked example of the accounting rules of 2004, in ten thousands of yuan.
INCOME = {
    "business_income": 68,
    "contract_income": 35,
    "investment_income": 5,
    "subsidy_income": 30,
    "other_income": 42,
}
COSTS = {"business_cost": 45, "admin_cost": 35, "other_cost": 45}
Edit = Callable[[str, str, str], Catalogue]


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edit]:
    """A way to read the catalogue with one text of one file replaced."""
    for path in shipped("targets.toml").parent.glob("*.toml"):
        shutil.copy(path, tmp_path)
    monkeypatch.setenv("VILLAGE_DATA", str(tmp_path))

    def edit(name: str, old: str, new: str) -> Catalogue:
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        settings.cache_clear()
        catalogue.cache_clear()
        return catalogue()

    yield edit
    monkeypatch.undo()
    settings.cache_clear()
    catalogue.cache_clear()


def worth(measure: Measure) -> int:
    """Return what a measure makes of the worked example."""
    amounts = {**INCOME, **COSTS}
    return sum(amounts[c] for c in measure.plus) - sum(
        amounts[c] for c in measure.minus
    )


@pytest.mark.parametrize(
    ("measure", "worth_wan"),
    [("operating_income", 108), ("operating_profit", 28), ("year_profit", 55)],
)
def test_the_worked_example_of_the_rules(measure: str, worth_wan: int) -> None:
    assert (sum(INCOME.values()), sum(COSTS.values())) == (180, 125)
    assert worth(catalogue().measures[measure]) == worth_wan


def test_a_definition_says_what_a_measure_adds_and_takes_off() -> None:
    entries = catalogue()
    names = {measure.name: measure for measure in entries.measures.values()}
    known = {name: code for code, name in entries.categories.items()}
    for measure in entries.measures.values():
        signs: dict[str, list[str]] = {"＋": [], "－": []}
        text = "＋" + measure.definition
        for sign in "＋－":
            text = text.replace(sign, f"\n{sign}")
        for part in text.split("\n")[1:]:
            sign, name = part[0], part[1:]
            inner = names.get(name)
            signs[sign] += inner.plus if inner else [known[name]]
            signs["－"] += inner.minus if inner else []
        assert sorted(signs["＋"]) == sorted(measure.plus), measure.name
        assert sorted(signs["－"]) == sorted(measure.minus), measure.name


def test_every_category_exists() -> None:
    entries = catalogue()
    used = {line.category for line in entries.lines().values()}
    for measure in entries.measures.values():
        used |= {*measure.plus, *measure.minus}
    for rules in entries.rules.values():
        used |= {*rules.accounts.values(), *rules.names.values()}
    assert used <= entries.categories.keys()
    assert entries.categories.keys() - used == {"reserve"}


def test_costs_are_costs_and_sources_are_income() -> None:
    entries = catalogue()
    costs = set(entries.measures["year_profit"].minus)
    assert {line.category for line in entries.costs.values()} == costs
    assert costs & {source.category for source in entries.sources.values()} == set()


def test_subsidy_and_land_money_are_no_operating_income() -> None:
    entries = catalogue()
    operating = set(entries.measures["operating_income"].plus)
    not_counted = {
        source_id
        for source_id, source in entries.sources.items()
        if source.category not in operating
    }
    assert not_counted == {"farmland", "hometown", "subsidy", "other"}


def test_accounts_go_by_the_name_and_the_year_of_the_rules() -> None:
    of_2004, of_2023 = catalogue().rules["2004"], catalogue().rules["2023"]
    assert of_2004.accounts["511"] == of_2004.names["发包及上交收入"]
    assert set(of_2004.accounts.values()) == set(of_2004.names.values())
    assert "发包及上交收入" not in of_2023.names
    assert of_2023.accounts == {}
    assert (of_2004.to, of_2023.from_) == (date(2023, 12, 31), date(2024, 1, 1))


def test_no_heading_means_two_sources() -> None:
    lines = catalogue().lines()
    owners = [(word, i) for i, line in lines.items() for word in line.synonyms]
    assert len({word for word, _id in owners}) == len(owners)
    assert all(line.name in line.synonyms for line in lines.values())


def test_the_headline_is_shown_with_its_definition_until_confirmed() -> None:
    entries = catalogue()
    headline = entries.headline()
    assert headline is entries.target("below_50k")
    assert [t.id for t in entries.targets if t.is_headline] == ["below_50k"]
    assert headline.threshold_yuan == Decimal(50_000)
    assert headline.measure == "operating_income"
    assert headline.deadline_in(2018) == date(2018, 12, 31)
    assert headline.definition and not headline.confirmed


def test_names_of_sources_and_of_what_is_none() -> None:
    assert catalogue().source_name("solar") == "光伏富村"
    assert catalogue().source_name("admin_cost") == "管理费用"
    assert catalogue().source_name("gold") == "gold"


def test_the_fingerprint_tells_how_a_file_is_read(edited: Edit) -> None:
    shipped_one = catalogue().fingerprint
    assert edited("targets.toml", "50_000", "60_000").fingerprint == shipped_one
    reader = edited("sources.toml", '"光伏富村"', '"光伏强村"')
    assert reader.fingerprint != shipped_one
    assert reader.headline().threshold_yuan == 60_000


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("targets.toml", "threshold_yuan", "treshold_yuan"),
        ("targets.toml", '"last_year_path"', '"last_years_path"'),
        ("sources.toml", "usually_pays", "usualy_pays"),
        ("accounting.toml", "minus = []", ""),
    ],
)
def test_a_typo_is_refused(edited: Edit, name: str, old: str, new: str) -> None:
    with pytest.raises(ValidationError):
        edited(name, old, new)


@pytest.mark.parametrize(
    ("measure", "named"), [("operating_profit", "经营收益"), ("profit", "profit")]
)
def test_a_target_of_a_measure_that_takes_costs_off_is_refused(
    edited: Edit, measure: str, named: str
) -> None:
    with pytest.raises(ShownError, match=f"五万元以下村清零」的口径「{named}」"):
        edited("targets.toml", '"operating_income"', f'"{measure}"')


def test_five_targets_of_which_the_city_has_confirmed_none() -> None:
    targets = catalogue().targets
    ids = ["below_50k", "no_income", "no_source", "inventory_open", "unassigned"]
    assert [target.id for target in targets] == ids
    for target in targets:
        assert not target.confirmed
        assert target.definition and "未见" in target.evidence, target.id
        assert set(target.statements) <= catalogue().statements.keys()


def test_a_target_that_counts_no_money_has_no_measure() -> None:
    entries = catalogue()
    unmeasured = [target for target in entries.targets if target.measure is None]
    assert [target.id for target in unmeasured] == ["inventory_open", "unassigned"]
    assert all(target.threshold_yuan is None for target in unmeasured)
    assert entries.target("no_income").line_yuan == 0
    assert entries.target("no_source").line_yuan == 10_000
    operating = entries.measures["operating_income"]
    assert entries.measure_of(unmeasured[0]) is operating


EARLIER = """
[[targets.earlier]]
until = {until}
threshold_yuan = {yuan}
"""


def two_earlier(first: str, second: str) -> str:
    """Return the headline's last line with two readings that held before."""
    return "confirmed = false\n" + "".join(
        EARLIER.format(until=until, yuan=yuan)
        for until, yuan in ((first, 30_000), (second, 40_000))
    )


def with_earlier(edited: Edit, more: str) -> Catalogue:
    end = 'confirmed = false\n\n[[targets]]\nid = "no_income"'
    return edited("targets.toml", end, end.replace("confirmed = false\n", more, 1))


def test_a_target_is_what_it_was_on_a_day(edited: Edit) -> None:
    target = with_earlier(edited, two_earlier("2017-12-31", "2018-06-30")).headline()
    by_day = {
        date(2016, 1, 1): 30_000,
        date(2017, 12, 31): 30_000,
        date(2018, 1, 1): 40_000,
        date(2018, 6, 30): 40_000,
        date(2018, 7, 1): 50_000,
    }
    assert {day: target.on(day).threshold_yuan for day in by_day} == by_day
    then = target.on(date(2018, 6, 30))
    assert then.on(date(2019, 1, 1)) is then
    assert (then.measure, then.definition) == (target.measure, target.definition)
    changes = [date(2018, 1, 1), date(2018, 6, 30), date(2018, 7, 1), date(2019, 1, 1)]
    assert [target.changed_before(day) for day in changes] == [
        None,
        None,
        date(2018, 6, 30),
        None,
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("2018-06-30", "2017-12-31"), ("2018-06-30", "2018-06-30")],
)
def test_earlier_readings_out_of_order_are_refused(
    edited: Edit, first: str, second: str
) -> None:
    with pytest.raises(ShownError, match="五万元以下村清零.*从早到晚"):
        with_earlier(edited, two_earlier(first, second))


def test_an_earlier_measure_is_looked_at_too(edited: Edit) -> None:
    more = EARLIER.replace("threshold_yuan = {yuan}", 'measure = "year_profit"')
    with pytest.raises(ShownError, match="口径「本年收益」不能用"):
        with_earlier(edited, "confirmed = false\n" + more.format(until="2018-06-30"))


@pytest.mark.parametrize(
    "line",
    ["threshold_yuan = 50_000\n", 'measure = "operating_income"\nstatements'],
)
def test_a_headline_without_amounts_is_refused(edited: Edit, line: str) -> None:
    left = "statements" if line.endswith("statements") else ""
    with pytest.raises(ShownError, match="首要目标「五万元以下村清零」"):
        edited("targets.toml", line, left)
