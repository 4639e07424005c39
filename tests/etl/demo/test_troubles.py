"""Do the reports go wrong in the ways and numbers that were planned?"""

import numpy as np

from etl.demo.economy import SOURCES, Economy, operating_places
from etl.demo.months import CLOSING_YEAR, at
from etl.demo.troubles import LINE_FEN, Told

OCTOBER = at(2018, 10)


def test_four_never_report_and_eight_fall_silent(told: Told) -> None:
    assert (~told.is_told.any(axis=1)).sum() == 4
    late = told.is_told[:, at(2018, 5) :]
    assert (~late.any(axis=1)).sum() == 12
    silent = ~late.any(axis=1)
    assert 0.004 < 1 - told.is_told[~silent].mean() < 0.012


def test_ledgers_know_solar_money_less_well_than_the_grid(
    economy: Economy, told: Told
) -> None:
    solar = SOURCES.index("solar")
    true = economy.received[solar][economy.solar.plants]
    said = told.stated[solar][economy.solar.plants]
    paid = true[:, at(2017, 9) :] > 0
    is_off = (true != said)[:, at(2017, 9) :] & paid
    assert 0.05 < is_off.sum() / paid.sum() < 0.2


def test_a_few_fall_back_when_they_are_put_right(told: Told) -> None:
    fallen = 0
    for (_town, month), lines in told.corrections.items():
        for village, source, fen in lines:
            start = at(CLOSING_YEAR, 1)
            stated = told.stated[operating_places(), village, start : month + 1].sum()
            excess = told.stated[source, village, month] - fen
            fallen += bool(excess > 0 and stated - excess < LINE_FEN <= stated)
    assert 1 <= fallen <= 4


def test_corrections_put_the_true_amount(economy: Economy, told: Told) -> None:
    lines = [(key, line) for key, some in told.corrections.items() for line in some]
    assert len({town for (town, _month), _line in lines}) == 6
    assert len(lines) > 30
    for (_town, month), (village, source, fen) in lines:
        assert fen == economy.received[source, village, month]
        assert at(2017, 1) <= month < OCTOBER


def test_what_is_not_corrected_and_not_solar_is_true(
    economy: Economy, told: Told
) -> None:
    wrong = np.argwhere(told.stated != economy.received)
    put_right = {
        (source, village, month)
        for (_town, month), lines in told.corrections.items()
        for village, source, _fen in lines
    }
    solar = SOURCES.index("solar")
    others = {tuple(map(int, place)) for place in wrong if place[0] != solar}
    assert others
    assert others <= put_right
