"""Does the invented economy tell the story that it was made to tell?"""

from datetime import date

import pandas as pd
import pytest

from base.settings import settings
from etl.demo.economy import Reports, invent, operating_sources, report

CLOSING = date(2018, 10, 1)
BEHIND = ["石板岩镇", "任村镇", "东岗镇", "五龙镇"]
AHEAD = ["姚村镇", "陵阳镇", "开元街道", "振林街道", "龙山街道", "桂园街道"]
LINE_FEN = 5_000_000


@pytest.fixture(scope="module")
def villages() -> pd.DataFrame:
    return pd.read_csv(settings().data / "registry" / "villages.csv", dtype=str)


@pytest.fixture(scope="module")
def economy(villages: pd.DataFrame) -> pd.DataFrame:
    return invent(villages, CLOSING)


@pytest.fixture(scope="module")
def reports(villages: pd.DataFrame, economy: pd.DataFrame) -> Reports:
    return report(villages, economy)


def income(
    economy: pd.DataFrame, villages: pd.DataFrame, first: date, last: date
) -> "pd.Series[int]":
    """Operating income in fen by village, from month to month; 0 where none."""
    is_counted = economy["month"].between(first, last)
    is_counted &= economy["source_id"].isin(operating_sources())
    fen = economy[is_counted].groupby("village_code")["amount_fen"].sum()
    return fen.reindex(villages["village_code"], fill_value=0)


@pytest.fixture(scope="module")
def remaining(economy: pd.DataFrame, villages: pd.DataFrame) -> list[set[str]]:
    """The listed villages still under the line at the end of each month of 2018."""
    year = income(economy, villages, date(2017, 1, 1), date(2017, 12, 1))
    listed = year.index[year < LINE_FEN]
    ends = [
        income(economy, villages, date(2018, 1, 1), date(2018, n, 1))[listed]
        for n in range(1, 11)
    ]
    return [set(fen.index[fen < LINE_FEN]) for fen in ends]


@pytest.mark.parametrize(("year", "low", "high"), [(2016, 420, 440), (2017, 285, 310)])
def test_villages_under_the_line_in_a_full_year(
    economy: pd.DataFrame, villages: pd.DataFrame, year: int, low: int, high: int
) -> None:
    fen = income(economy, villages, date(year, 1, 1), date(year, 12, 1))
    assert low <= (fen < LINE_FEN).sum() <= high


def test_fewer_remain_every_month(remaining: list[set[str]]) -> None:
    counts = [len(codes) for codes in remaining]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == 10
    assert counts[0] >= 280
    assert 95 <= counts[-1] <= 120


def test_mountain_townships_are_behind(
    villages: pd.DataFrame, remaining: list[set[str]]
) -> None:
    is_left = villages["village_code"].isin(remaining[-1])
    share = is_left.groupby(villages["township_name"]).mean()
    assert share[BEHIND].min() > 0.4
    assert share.drop(BEHIND).max() < 0.25
    assert share[AHEAD].max() == 0


def test_a_few_villages_are_near_the_line(
    economy: pd.DataFrame, villages: pd.DataFrame
) -> None:
    fen = income(economy, villages, date(2018, 1, 1), CLOSING)
    assert 15 <= fen.between(LINE_FEN - 500_000, LINE_FEN + 500_000).sum() <= 25


def test_a_few_villages_have_nothing_or_only_one_off_money(
    economy: pd.DataFrame, villages: pd.DataFrame
) -> None:
    this_year = economy[economy["month"] >= date(2018, 1, 1)]
    total = this_year.groupby("village_code")["amount_fen"].sum()
    total = total.reindex(villages["village_code"], fill_value=0)
    assert 10 <= (total == 0).sum() <= 14
    operating = income(economy, villages, date(2018, 1, 1), CLOSING)
    assert 8 <= ((operating < LINE_FEN) & (total >= 2 * LINE_FEN)).sum() <= 16


def test_solar_begins_in_august_2017_and_brings_what_a_plant_brings(
    economy: pd.DataFrame, villages: pd.DataFrame
) -> None:
    solar = economy[economy["source_id"] == "solar"]
    assert solar["month"].min() == date(2017, 8, 1)
    assert 0.28 <= solar["village_code"].nunique() / len(villages) <= 0.38
    this_year = solar[solar["month"] >= date(2018, 1, 1)]
    until_october = this_year.groupby("village_code")["amount_fen"].sum()
    assert until_october.between(1_600_000, 9_200_000).all()
    assert (solar["amount_fen"] % 100 > 0).mean() > 0.9


@pytest.mark.parametrize(
    ("source_id", "months"),
    [
        ("cooperative", {6, 12}),
        ("kindergarten", {3, 9}),
        ("joint_tourism", {4, 5, 6, 7, 8, 9, 10}),
        ("joint_shopfront", {1, 4, 7, 10}),
        ("contracting", {1, 3, 5, 7, 9, 11}),
    ],
)
def test_sources_pay_in_their_months_and_round_sums(
    economy: pd.DataFrame, source_id: str, months: set[int]
) -> None:
    paid = economy[economy["source_id"] == source_id]
    assert {month.month for month in paid["month"]} == months
    assert (paid["amount_fen"] % 1000 == 0).all()


def test_grain_and_window(economy: pd.DataFrame, villages: pd.DataFrame) -> None:
    assert not economy.duplicated(["village_code", "month", "source_id"]).any()
    assert (economy["amount_fen"] > 0).all()
    assert economy["amount_fen"].dtype == "int64"
    assert set(economy["village_code"]) <= set(villages["village_code"])
    assert economy["month"].min() == date(2016, 1, 1)
    assert economy["month"].max() == CLOSING
    assert economy["month"].nunique() == 34


def test_the_seed_decides(economy: pd.DataFrame, villages: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(economy, invent(villages, CLOSING))
    assert not economy.equals(invent(villages, CLOSING, seed=1))


def test_an_earlier_closing_month_shortens_the_same_economy(
    economy: pd.DataFrame, villages: pd.DataFrame
) -> None:
    shorter = invent(villages, date(2018, 6, 30), months=30)
    expected = economy[economy["month"] <= date(2018, 6, 1)]
    pd.testing.assert_frame_equal(shorter, expected.reset_index(drop=True))


def test_some_lines_are_blank_and_eight_villages_fall_silent(
    villages: pd.DataFrame, reports: Reports
) -> None:
    codes = set(villages["village_code"])
    late = [date(2018, n, 1) for n in range(5, 11)]
    silent = {c for c in codes if not any((c, m) in reports.stated for m in late)}
    assert len(silent) == 8
    others = sum(code not in silent for code, _month in reports.stated)
    assert 0.004 <= 1 - others / (34 * (len(codes) - 8)) <= 0.02


def test_three_to_five_villages_fall_back_below_the_line(reports: Reports) -> None:
    operating = operating_sources()
    fallen = set()
    for (_township, month), lines in reports.corrections.items():
        for code, source, fen in lines:
            excess = reports.stated.get((code, month), {}).get(source, 0) - fen
            stated = sum(
                amount
                for n in range(1, month.month + 1)
                for one, amount in reports.stated.get(
                    (code, date(month.year, n, 1)), {}
                ).items()
                if one in operating
            )
            if excess > 0 and stated - excess < LINE_FEN <= stated:
                fallen.add(code)
                assert month in (date(2018, 7, 1), date(2018, 8, 1))
    assert 3 <= len(fallen) <= 5


def test_corrections_put_the_true_amount(
    economy: pd.DataFrame, reports: Reports
) -> None:
    keys = economy.set_index(["village_code", "month", "source_id"])["amount_fen"]
    true = keys.to_dict()
    lines = [
        (code, month, source, fen)
        for (_township, month), some in reports.corrections.items()
        for code, source, fen in some
    ]
    assert len(lines) > 30
    assert all(fen == true.get((c, m, source), 0) for c, m, source, fen in lines)


def test_six_villages_without_a_city_around_them(villages: pd.DataFrame) -> None:
    few = villages.tail(6)
    alone = invent(few, CLOSING, months=3)
    assert set(alone["village_code"]) <= set(few["village_code"])
    assert set(report(few, alone).stated) <= {
        (code, date(2018, n, 1)) for code in few["village_code"] for n in (8, 9, 10)
    }
