"""Does everybody see of a shared answer what they would be told if they asked alone?"""

from pathlib import Path

import pandas as pd
import pytest

from base.catalogue import catalogue
from base.place import Scope
from base.viewer import Viewer, system_viewer
from etl.door import clock_of, opened
from queries import moment_now
from reports.tables import TABLES
from store import Store, close_all
from ui import answers, plants, way_out, year_end
from ui.looking import Looking
from ui.shared import Ask, of_all, shared
from ui.shown import answer_of

pytestmark = pytest.mark.xdist_group("demo")
CITY, TOWN, VILLAGE, FAR = "410581", "410581105", "410581105203", "410581111210"
ROLES = {
    "secretary": (VILLAGE,),
    "department": (VILLAGE, FAR),
    "township": (TOWN,),
    "leader": (CITY,),
}


def of_villages(look: Looking, code: str, name: str) -> pd.DataFrame:
    return answers.answer(look, code, name, village_code=code)


SHARED: dict[str, tuple[Ask, int]] = {
    "villages": (answers._all_villages, 6),
    "outlooks": (way_out._all_outlooks, 6),
    "sources": (way_out._all_sources, 6),
    "dues": (year_end.dues_of, 6),
    "ways": (year_end.ways_of, 6),
    "months": (plants._all_months, 6),
    "households": (plants._all_households, 6),
    "arrears": (lambda look, code: answers.answer(look, code, "solar/arrears"), 6),
    "known": (lambda look, code: answers.answer(look, code, "places/attributes"), 6),
    "alerts": (lambda look, code: answer_of(look, TABLES["alerts"], code), 6),
    "owed": (lambda look, code: of_villages(look, code, "village/owed"), 9),
    "measures": (lambda look, code: of_villages(look, code, "village/measures"), 9),
}


@pytest.fixture(scope="module")
def demo(demo_var: Path):
    yield opened(demo_var)
    close_all()


def look_of(store: Store, role: str) -> Looking:
    viewer = Viewer(role, role, Scope.of(ROLES[role]), f"u-{role}")
    moment = moment_now(store, system_viewer(), clock_of(store))
    return Looking(store, viewer, moment, moment.as_of, catalogue().headline(), True)


def ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in an order of their own, floats without their last digits."""
    told = rows.round(6).astype(str)
    return told.sort_values(list(told.columns)).reset_index(drop=True)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", SHARED)
def test_each_is_shown_what_they_would_be_told_alone(
    demo: Store, role: str, name: str
) -> None:
    ask, digits = SHARED[name]
    look = look_of(demo, role)
    for place in {VILLAGE, look.home}:
        if len(place) < digits:
            continue
        parted = shared(look, place, ask, digits)
        alone = ask(look, place)
        assert set(parted["village_code"]) <= {
            code for code in parted["village_code"] if look.viewer.scope.holds(code)
        }
        pd.testing.assert_frame_equal(ordered(parted), ordered(alone))


def test_the_whole_is_kept_for_all(demo: Store) -> None:
    asked: list[str] = []

    def ask(look: Looking, code: str) -> pd.DataFrame:
        asked.append(code)
        return pd.DataFrame({"village_code": [VILLAGE, FAR]})

    secretary, leader = look_of(demo, "secretary"), look_of(demo, "leader")
    assert list(shared(secretary, VILLAGE, ask)["village_code"]) == [VILLAGE]
    assert list(shared(leader, CITY, ask)["village_code"]) == [VILLAGE, FAR]
    assert shared(secretary, FAR, ask).empty
    assert asked == [CITY] * 3
    assert of_all(secretary, CITY).viewer.scope == Scope.of([CITY])
