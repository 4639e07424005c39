"""Does a score follow its rule, miss what is missing, and open to its rows?"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from pydantic import ValidationError

from base.assessment import Assessment, Indicator, assessment
from base.errors import ShownError
from office.assessment import (
    Score,
    assessed,
    evidence,
    indicator_rows,
    rounded,
    scores_of,
    total,
)
from office.responsibility import COUNTED, DEPARTMENT, TOWNSHIP, Held
from tests.office.test_responsibility import made

ONE = assessment().indicators[0]
AS_OF = date(2018, 6, 30)


def indicator(zero: str = "0", full: str = "1", weight: str = "10") -> Indicator:
    bounds = {"zero_at": Decimal(zero), "full_at": Decimal(full)}
    return ONE.model_copy(update={**bounds, "weight": Decimal(weight)})


@pytest.mark.parametrize(
    ("zero", "full", "part", "whole", "marks"),
    [
        ("0", "1", 1, 3, "33.3"),
        ("0.5", "1", 3, 4, "50.0"),
        ("0.5", "1", 1, 4, "0.0"),
        ("0", "0.5", 4, 5, "100.0"),
        ("0.1", "0", 1, 20, "50.0"),
        ("0.1", "0", 1, 5, "0.0"),
    ],
)
def test_marks_are_linear_between_two_values(
    zero: str, full: str, part: int, whole: int, marks: str
) -> None:
    assert Score(indicator(zero, full), part, whole).marks == Decimal(marks)


def test_what_is_missing_has_no_marks_and_is_not_zero() -> None:
    score = Score(indicator(), 0, 0)
    assert (score.value, score.earned, score.marks) == (None, None, None)
    assert Score(indicator(), 0, 5).marks == Decimal("0.0")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(5, 100), "0.1"),
        (Fraction(1665, 20), "83.3"),
        (Fraction(2, 3), "0.7"),
        (Fraction(4449, 1000), "4.4"),
        (Fraction(100), "100"),
    ],
)
def test_a_half_goes_up(value: Fraction, shown: str) -> None:
    assert rounded(value) == Decimal(shown)


def test_weights_are_taken_as_the_whole_of_what_is_there() -> None:
    full, half = (
        Score(indicator(weight="30"), 4, 4),
        Score(indicator(weight="10"), 2, 4),
    )
    missing = Score(indicator(weight="60"), 0, 0)
    assert total([full, half, missing]) == Fraction(100 * (30 + 5), 40)
    assert total([missing]) is None
    assert total([]) is None


def scored() -> Held:
    """Two townships: 甲 with eight of ten cleared, 乙 with three of six and actions."""
    whole = made(("甲", 10, 8), ("乙", 6, 3), ("丙", 4, 4))
    places = whole.places
    names = {"village_name": places["place_code"], "village_code": places["place_code"]}
    whole.places[list(names)] = pd.DataFrame(names)
    own = places["place_code"].str.startswith("乙")
    places.loc[own, "papers_due"] = 4
    places.loc[own, "papers_filled"] = 3
    places.loc[own, "papers_on_time"] = 2
    places.loc[places["place_code"] == "乙0", "actions_judged"] = 2
    places.loc[places["place_code"] == "乙0", "actions_on_time"] = 1
    return whole


def test_each_figure_is_a_sum_of_plain_rows() -> None:
    whole = scored()
    rows = indicator_rows(whole, TOWNSHIP, "乙").set_index("indicator_id")
    assert (rows.loc["cleared", "part"], rows.loc["cleared", "whole"]) == (3, 6)
    assert rows.loc["cleared", "marks"] == Decimal("50.0")
    # 18 of 24 papers: half way from 50 % to 100 %
    assert rows.loc["papers_complete", "marks"] == Decimal("50.0")
    assert rows.loc["papers_on_time", "marks"] == Decimal("0.0")
    assert rows.loc["actions", "marks"] == Decimal("50.0")
    assert pd.isna(rows.loc["poor_cleared", "marks"])
    assert pd.isna(rows.loc["poor_cleared", "weight_used"])
    assert rows["weight_used"].sum() == pytest.approx(1)


def test_the_total_is_the_weighted_mean_of_what_is_there() -> None:
    whole = scored()
    found = assessed(whole, TOWNSHIP).set_index("unit_id")
    shares = {
        **{"cleared": Fraction(1, 2), "papers_complete": Fraction(1, 2)},
        **{"papers_on_time": Fraction(0), "inventory": Fraction(0)},
        **{"fallen": Fraction(1), "actions": Fraction(1, 2)},
        "secretaries": Fraction(0),
    }
    weights = {one.id: Fraction(one.weight) for one in assessment().indicators}
    earned = sum((weights[i] * part for i, part in shares.items()), Fraction(0))
    wanted = 100 * earned / sum((weights[i] for i in shares), Fraction(0))
    assert found.loc["乙", "total"] == rounded(wanted)
    known = len(shares)
    assert found.loc["乙", "missing_count"] == (
        len(assessment().applying("township")) - known
    )
    # the actions of 甲 are missing, and its chain of duty has the secretaries alone
    assert found.loc["甲", "duty"] == Decimal("0.0")


def test_few_villages_are_scored_and_not_ranked() -> None:
    found = assessed(scored(), TOWNSHIP).set_index("unit_id")
    assert found["score_rank"].dropna().to_dict() == {"甲": 1, "乙": 2}
    assert found.loc["丙", "total"] is not None


def test_equal_scores_share_a_rank() -> None:
    whole = made(("甲", 10, 5), ("乙", 6, 3), ("丙", 5, 1))
    found = assessed(whole, TOWNSHIP).set_index("unit_id")
    assert found["score_rank"].to_dict() == {"甲": 1, "乙": 1, "丙": 3}


def test_nobody_to_assess_gives_an_empty_answer() -> None:
    whole = made(("甲", 5, 5))
    assert assessed(whole, DEPARTMENT).empty
    assert list(assessed(whole, DEPARTMENT).columns)[:2] == ["unit_id", "unit_name"]


def test_evidence_is_what_the_figure_sums_the_lacking_first() -> None:
    whole = scored()
    rows = evidence(whole, TOWNSHIP, "乙", "cleared")
    assert (rows["part"].sum(), rows["whole"].sum()) == (3, 6)
    assert list(rows["place_code"]) == ["乙3", "乙4", "乙5", "乙0", "乙1", "乙2"]
    [action] = evidence(whole, TOWNSHIP, "乙", "actions").to_dict("records")
    assert (action["place_code"], action["part"], action["whole"]) == ("乙0", 1, 2)
    sums = whole.of_unit(TOWNSHIP, "乙")[list(COUNTED)].sum().to_dict()
    for score in scores_of(sums, TOWNSHIP):
        behind = evidence(whole, TOWNSHIP, "乙", score.indicator.id)
        assert behind["part"].sum() == score.part
        assert behind["whole"].sum() == score.whole


def test_where_less_is_better_the_fallen_come_first() -> None:
    whole = scored()
    whole.places.loc[whole.places["place_code"] == "乙2", "is_fallen"] = 1
    rows = evidence(whole, TOWNSHIP, "乙", "fallen")
    assert list(rows["place_code"])[0] == "乙2"
    assert list(rows["lack"])[:2] == [1, 0]


def test_the_shipped_rules_name_known_columns_and_confirm_nothing() -> None:
    for one in assessment().indicators:
        assert {one.part, one.whole} <= set(COUNTED), one.id
        assert not one.confirmed
    of_township = sum(one.weight for one in assessment().applying("township"))
    assert of_township == 100
    assert {one.direction for one in assessment().indicators} == {"up", "down"}
    assert assessment().indicator("nothing") is None


@pytest.mark.parametrize(
    "wrong",
    [{"chain": "other"}, {"zero_at": "1", "full_at": "1"}],
)
def test_rules_that_cannot_be_scored_are_refused(wrong: dict[str, str]) -> None:
    said = assessment().model_dump()
    said["indicators"] = [{**said["indicators"][0], **wrong}]
    with pytest.raises((ShownError, ValidationError)):
        Assessment(**said)


def test_an_indicator_stands_once() -> None:
    said = assessment().model_dump()
    said["indicators"] = [said["indicators"][0]] * 2
    with pytest.raises((ShownError, ValidationError), match="cleared"):
        Assessment(**said)
