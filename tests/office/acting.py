"""What is asked for in the tests of actions, by whom, of whom, and when?"""

from datetime import date, datetime
from typing import Any

from base.viewer import Viewer
from office.actions import Task, begin
from queries.actions_asked import ask_actions
from store import Store
from tests.office.deciding import OFFICE, of
from tests.queries.asking import HESHUN, TARGET, TOWNSHIP, moment

AT = datetime(2018, 11, 16, 9)
LEADER, ADMIN = of("leader", "410581"), of("admin")
TOWN, SECRETARY = of("township", TOWNSHIP), of("secretary", HESHUN)
DEPARTMENT = of("department", HESHUN)


def task(place_code: str = HESHUN, **said: Any) -> Task:
    """Return what is to be done: 河顺's rent, by the end of November."""
    return Task(
        **{
            "place_code": place_code,
            "what": "催收门面租金",
            "owner_name": "张某某",
            "owner_organisation": "市水利局",
            "due_date": date(2018, 11, 30),
            "target_id": TARGET.id,
            "origin": "gap:rent",
            **said,
        }
    )


def begun(store: Store, by: Viewer = OFFICE, at: datetime = AT, **said: Any) -> int:
    """Begin an action and return its number."""
    return begin(store, by, task(**said), at)


def listed(store: Store, by: Viewer = OFFICE, at: datetime = AT) -> dict[int, Any]:
    """Return the actions that somebody sees, as rows by number."""
    when = moment(store, date(2018, 10, 31), at)
    found = ask_actions("actions/list", store, by, when)
    return {int(row["action_no"]): row for _n, row in found.iterrows()}
