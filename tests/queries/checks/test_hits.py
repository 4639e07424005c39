"""Does each rule hit what it is for, and nothing that lies just beside it?"""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from base.rules import rules
from office.hits import COLUMNS
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    end_of,
    share,
    tell,
    viewer_of,
)
from tests.queries.checks.hitting import SCENES, contract, found_by, month, plant

ELSEWHERE = "410581001001"


def hit(rule_id: str, store: Store, **said: object) -> bool:
    """Tell whether a rule hits 河顺."""
    found = found_by(rule_id, store, **said)  # type: ignore[arg-type]
    return HESHUN in set(found["village_code"])


def test_every_rule_has_a_scene() -> None:
    assert list(SCENES) == list(rules())


@pytest.mark.parametrize("rule_id", list(SCENES))
def test_a_rule_hits_and_tells_what_every_hit_tells(store: Store, rule_id: str) -> None:
    SCENES[rule_id](store, False)
    found = found_by(rule_id, store)
    own = found[found["village_code"] == HESHUN]
    assert len(own) == 1
    assert set(COLUMNS) - {"rule_id"} <= set(found.columns)
    kept = own.iloc[0]
    assert kept["subject_key"] and kept["fingerprint"] and kept["since_date"]
    assert not found.duplicated(["village_code", "subject_key"]).any()


@pytest.mark.parametrize("rule_id", list(SCENES))
def test_what_lies_just_beside_is_not_hit(store: Store, rule_id: str) -> None:
    SCENES[rule_id](store, True)
    assert not hit(rule_id, store)


@pytest.mark.parametrize("rule_id", list(SCENES))
def test_a_viewer_gets_the_hits_of_the_own_places(store: Store, rule_id: str) -> None:
    """The same as the city gets: peers are compared with everywhere."""
    SCENES[rule_id](store, False)
    columns = [*COLUMNS[1:]]
    whole = found_by(rule_id, store)
    own = found_by(rule_id, store, viewer=viewer_of(HESHUN))
    assert list(own["village_code"]) == [HESHUN]
    inside = whole[whole["village_code"] == HESHUN]
    assert own[columns].to_dict("records") == inside[columns].to_dict("records")
    assert HESHUN not in set(
        found_by(rule_id, store, viewer=viewer_of(ELSEWHERE))["village_code"]
    )
    assert found_by(rule_id, store, viewer=viewer_of()).empty


def test_the_figures_make_the_fingerprint(store: Store) -> None:
    SCENES["gap_large"](store, False)
    before = found_by("gap_large", store)
    tell(store, month(HESHUN, 7, "-1"))
    [after] = found_by("gap_large", store)["fingerprint"]
    assert [after] != list(before["fingerprint"])


def test_too_few_above_the_line_prove_nothing(store: Store) -> None:
    rows = [month(f"4105811052{n:02}", 6, 50_500) for n in range(8)]
    tell(store, *rows)
    assert found_by("above_line", store).empty
    found = found_by("above_line", store, deviations=1)
    assert set(found["above_count"]) == {8} and set(found["below_count"]) == {0}


def test_one_rent_month_after_month_is_one_number(store: Store) -> None:
    tell(store, *(month(HESHUN, n, 1_000) for n in range(1, 8)))
    assert not hit("round_numbers", store)


def test_a_series_told_month_by_month_is_compared_too(store: Store) -> None:
    for code in (HESHUN, DONGLI):
        tell(store, *(month(code, n, f"{n}.11") for n in range(1, 5)))
    [found] = found_by("same_amounts", store, viewer=viewer_of(HESHUN)).to_dict(
        "records"
    )
    assert (found["told_count"], found["other_count"]) == (4, 1)
    # the name of a village elsewhere is told to nobody
    assert pd.isna(found["other_names"])
    names = found_by("same_amounts", store)["other_names"]
    assert sorted(names) == ["东里", "河顺"]


def test_holders_of_equal_shares_are_alike_by_right(store: Store) -> None:
    for code in (HESHUN, DONGLI):
        tell(store, *(month(code, n, f"{n}.11", "joint_base") for n in range(1, 6)))
    assert not hit("same_amounts", store)


def test_a_december_like_all_others_is_usual(store: Store) -> None:
    for code in (HESHUN, LIUQUAN, DONGLI):
        tell(store, month(code, 12, 90_000, "cooperative", year=2017))
    assert not hit("december_jump", store)


@pytest.mark.parametrize(
    ("as_of", "year"), [(date(2018, 12, 30), 2017), (date(2018, 12, 31), 2018)]
)
def test_the_latest_december_that_ended_is_looked_at(
    store: Store, as_of: date, year: int
) -> None:
    for told in (2017, 2018):
        SCENES["december_jump"](store, False)
        tell(store, month(HESHUN, 12, 30_000, "cooperative", year=told))
        tell(store, month(LIUQUAN, 11, 90_000, "cooperative", year=told))
    known_at = datetime(2019, 2, 1)
    found = found_by("december_jump", store, as_of, known_at=known_at)
    assert set(found["told_year"]) == {year}


def test_a_short_past_proves_no_jump(store: Store) -> None:
    tell(store, *(month(HESHUN, n, 10) for n in range(3, 8)))
    tell(store, month(HESHUN, 8, 90_000))
    assert not hit("month_jump", store)


@pytest.mark.parametrize("other", [1, 6])
def test_a_payment_before_or_after_makes_it_a_series(store: Store, other: int) -> None:
    SCENES["split_payment"](store, False)
    tell(store, month(HESHUN, other, 777, "hometown"))
    assert not hit("split_payment", store)


def test_parts_that_are_round_themselves_are_two_payments(store: Store) -> None:
    tell(store, month(HESHUN, 3, 10_000), month(HESHUN, 4, 20_000))
    assert not hit("split_payment", store)
    tell(store, month(DONGLI, 3, "11350.50"), month(DONGLI, 4, "8649.50"))
    assert list(found_by("split_payment", store)["village_code"]) == [DONGLI]


@pytest.mark.parametrize(
    ("party", "start", "is_hit"),
    [
        ("张三", date(2018, 2, 1), True),
        ("李四", date(2018, 2, 1), False),
        ("张三", date(2018, 2, 2), False),
    ],
)
def test_two_contracts_of_one_tenant_may_be_one(
    store: Store, party: str, start: date, is_hit: bool
) -> None:
    said = {"end_date": date(2030, 1, 1)}
    rents = (
        {"rent_yuan_per_year": Decimal(4_000)},
        {"rent_yuan_per_year": Decimal(6_000)},
    )
    tell(
        store,
        contract=[
            contract(start_date=date(2018, 1, 1), **said, **rents[0]),
            contract(
                contract_id="乙",
                party_name=party,
                start_date=start,
                **said,
                **rents[1],
            ),
        ],
    )
    assert hit("split_payment", store) is is_hit


def test_solar_income_needs_a_plant(store: Store) -> None:
    tell(store, month(HESHUN, 6, 1_000), month(LIUQUAN, 6, 1_000))
    tell(store, *plant(LIUQUAN, 5, 6))
    [found] = found_by("no_project", store).to_dict("records")
    assert (found["village_code"], found["is_plant"]) == (HESHUN, True)
    capacity = {
        "village_code": HESHUN,
        "attribute_id": "solar_capacity_kw",
        "attribute_value": "100",
        "valid_from_date": date(2018, 1, 1),
    }
    tell(store, attribute=[capacity])
    assert found_by("no_project", store).empty


def test_a_share_of_another_kind_of_project_is_none(store: Store) -> None:
    tell(store, month(HESHUN, 6, 1_000, "joint_base"))
    tell(
        store,
        project=[{"project_id": "P1", "source_id": "joint_tourism"}],
        share=share("P1", date(2018, 1, 1), {HESHUN: "100"}),
    )
    assert hit("no_project", store)


def test_a_gap_counts_what_last_year_still_brought(store: Store) -> None:
    SCENES["gap_large"](store, False)
    assert hit("gap_large", store)
    assert not hit("gap_large", store, as_of=end_of(6))
    tell(store, month(HESHUN, 10, "0.01", year=2017))
    assert not hit("gap_large", store)


def test_whoever_was_over_the_line_or_told_nothing_is_not_warned(store: Store) -> None:
    tell(store, month(HESHUN, 3, 50_000, year=2017), month(HESHUN, 3, 1))
    tell(store, month(LIUQUAN, 3, 100, year=2017))
    assert found_by("gap_large", store).empty


def test_a_month_that_is_not_told_is_no_fall(store: Store) -> None:
    for number in (6, 7, 8):
        tell(store, month(HESHUN, number, 10_000, year=2017))
    tell(store, month(HESHUN, 6, 1), month(HESHUN, 7, 1))
    assert not hit("falling_months", store)
    tell(store, month(LIUQUAN, 8, 90_000, year=2017), month(LIUQUAN, 7, 1))
    assert found_by("below_last_year", store).empty


@pytest.mark.parametrize(
    ("said", "is_hit"),
    [
        ({}, True),
        ({"rent_yuan_per_year": Decimal("9999.99")}, False),
        ({"rent_yuan_per_year": None}, True),
        ({"end_date": date(2018, 11, 15)}, False),
        ({"end_date": None}, False),
    ],
)
def test_contracts_that_are_worth_a_warning(
    store: Store, said: dict[str, object], is_hit: bool
) -> None:
    tell(store, contract=[contract(**said)])
    assert hit("contract_ending", store) is is_hit


@pytest.mark.parametrize(("subject", "is_hit"), [("鱼塘", False), ("果园", True)])
def test_a_contract_for_the_time_after_settles_it(
    store: Store, subject: str, is_hit: bool
) -> None:
    later = {"start_date": date(2019, 1, 1), "end_date": date(2029, 1, 1)}
    tell(
        store,
        contract=[
            contract(),
            contract(contract_id="乙", subject_name=subject, **later),
        ],
    )
    assert hit("contract_ending", store) is is_hit


@pytest.mark.parametrize(("day", "is_hit"), [(15, False), (16, True)])
def test_a_report_has_some_days_of_grace(store: Store, day: int, is_hit: bool) -> None:
    known_at = datetime(2018, 3, day, 9)
    assert hit("no_report", store, as_of=end_of(2), known_at=known_at) is is_hit


def test_few_plants_are_no_peers(store: Store) -> None:
    for number, code in enumerate((HESHUN, LIUQUAN, DONGLI)):
        tell(store, *plant(code, 10_000 * number))
    assert found_by("plant_down", store).empty
