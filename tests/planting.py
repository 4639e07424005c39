"""What does an attacker write wherever people may? Markup, script and formulas."""

from datetime import date, datetime, timedelta

from accounts.people import Person, create
from base.strategy import strategy
from base.viewer import Viewer
from etl import drafts
from etl.door import load_file
from etl.evidence import attach
from etl.review import send_back
from office import actions
from office import strategy as edited
from office.actions import Task, begin
from office.meetings import Plan, appeal, call, freeze
from store import Store
from tests.etl.statements.grids import (
    ATTRIBUTES,
    CONTRACT,
    DONGLI,
    JOINT,
    LIUQUAN,
    SHARES,
)
from tests.making import BY, Grid, ledger, load, xlsx
from tests.signing import ADMIN

IMAGE = '<img src=x onerror="window.__pwned=1">'
SCRIPT = "<script>window.__pwned=2</script>"
# Streamlit and plotly read marks of their own; a link leads away from the dashboard.
LINK = "[进](javascript:window.__pwned=3)![图](http://evil.example/x.png)"
ANCHOR = '<a href="http://evil.example/">这里</a>'
MARKUP = f"{IMAGE}{SCRIPT}{LINK}{ANCHOR}"
# No sheet may have a longer name, or one with brackets.
SHEET = "<img src=x onerror=__pwned=4>"
FORMULA = '=HYPERLINK("http://evil.example/","x")'


def _with(grid: Grid, old: str, new: str) -> Grid:
    return [[new if cell == old else cell for cell in line] for line in grid]


def plant(store: Store, now: datetime) -> int:
    """Write markup into every text that somebody may give; return a meeting's number.

    Args:
        store: a new one.
        now: local time in China.
    """
    secretary = Viewer(f"李{MARKUP}", "secretary", BY.scope.narrowed(LIUQUAN), "测试")
    person = Person("planted", "secretary", (DONGLI,), f"王{IMAGE}", f"局{SCRIPT}", "1")
    create(store, ADMIN, person, now)
    load(store, ledger([["柳泉", 12321, "", ""], ["东里", 76567, "", ""]]))
    load(store, _with(SHARES, "食用菌园", f"食用菌园{MARKUP}"))
    load(store, _with(JOINT, "食用菌园", f"食用菌园{MARKUP}"))
    load(store, _with(_with(CONTRACT, "张某", f"张某{MARKUP}"), "HT-1", FORMULA))
    load(store, _with(ATTRIBUTES, "市扶贫办", f"市扶贫办{MARKUP}"))
    _send(store, secretary, now)
    due = now.date() + timedelta(days=9)
    task = Task(LIUQUAN, f"{FORMULA}{MARKUP}", f"张{MARKUP}", f"市局{MARKUP}", due)
    number = begin(store, BY, task, now, f"按{MARKUP}")
    actions.step(store, BY, number, "doing", now, f"已{FORMULA}{MARKUP}")
    for item in strategy().items:
        if item.group and not item.name:
            said = item.model_copy(
                update={"name": f"事{MARKUP}", "owner": MARKUP, "note": MARKUP}
            )
            edited.edit(store, BY, said, now)
            break
    title = f"会{IMAGE}"[:60]
    meeting = call(store, BY, Plan("410581", title, now.date(), MARKUP), now)
    freeze(store, BY, meeting, now, date(2018, 6, 30))
    appeal(store, BY, meeting, "410581105", MARKUP, now)
    return meeting


def _send(store: Store, by: Viewer, now: datetime) -> None:
    """Send papers whose names, sheets and cells are markup; one is sent back."""
    name = f"{MARKUP}.xlsx"[-115:]
    content = xlsx(
        ledger([["柳泉", MARKUP, 1, ""], [f"{MARKUP}村", 5, FORMULA, ""]]), SHEET
    )
    drafts.keep_file(store, by, content, name, now)
    sent = load_file(store, content, name, by, now, is_accepted=False)
    assert sent.submission is not None
    number = sent.submission.submission_no
    attach(store, number, b"\xff\xd8\xffx", f"{IMAGE}.jpg", by, now)
    send_back(store, number, MARKUP, BY, now)
