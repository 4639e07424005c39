"""Has something been asked of villages that remain, once, and is some of it late?"""

from datetime import datetime

from base.viewer import system_viewer
from etl.demo.actions import ask_for_some
from queries import Moment
from queries.actions_asked import ask_actions
from store import Store
from tests.office.test_responsibility import borne
from tests.queries.asking import DONGLI, HESHUN, give, moment, tell

NOW = datetime(2018, 11, 16, 9)
ELSEWHERE = "410581106205"


def when(store: Store) -> Moment:
    return moment(store, datetime(2018, 10, 31).date(), NOW)


def test_a_village_of_each_township_is_asked_once(store: Store) -> None:
    give(store, (HESHUN, "2018-09", "光伏", 60_000))
    tell(
        store,
        assignment=[
            borne(code, "department", "市水利局", "市水利局")
            for code in (HESHUN, DONGLI, ELSEWHERE)
        ],
    )
    assert ask_for_some(store, NOW) == 2
    found = ask_actions("actions/list", store, system_viewer(), when(store))
    assert set(found["place_code"]) == {DONGLI, ELSEWHERE}
    assert set(found["owner_name"]) == {""}
    assert set(found["owner_organisation"]) == {"市水利局"}
    assert found["is_overdue"].any()
    assert (found["begun_at"] < NOW).all()
    assert ask_for_some(store, NOW) == 0


def test_where_nobody_is_named_nothing_is_asked(store: Store) -> None:
    assert ask_for_some(store, NOW) == 0
    assert store.value("select count(*) from ops.action_step") == 0
