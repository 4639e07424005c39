"""What stands behind the doors? People of each role, near and far, and their papers."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import httpx

from accounts import sessions, tokens
from base.clock import SystemClock
from base.meeting import BRIEF
from base.viewer import Viewer
from etl import drafts
from etl.door import load_file, opened
from etl.evidence import attach, attach_to_action
from office.actions import Task, begin
from office.meetings import Plan, call, freeze, keep_paper, meeting_of
from reports.meeting.papers import Making, makes
from store import Store, close_all
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import BY, ledger, xlsx
from tests.signing import ADMIN, signed_in
from tests.web.running import Dashboard, started, wait_until_it_answers

CITY, TOWN, FAR_TOWN, FAR = "410581", "410581105", "410581106", "410581106205"
# Who asks: the role, and the places. The place asked about is 柳泉 of 河顺镇.
PEOPLE = {
    "secretary": ("secretary", (LIUQUAN,)),
    "neighbour": ("secretary", (DONGLI,)),
    "far secretary": ("secretary", (FAR,)),
    "department": ("department", (LIUQUAN,)),
    "far department": ("department", (FAR,)),
    "township": ("township", (TOWN,)),
    "far township": ("township", (FAR_TOWN,)),
    "town leader": ("leader", (TOWN,)),
    "far leader": ("leader", (FAR_TOWN,)),
    "leader": ("leader", (CITY,)),
    "office": ("office", (CITY,)),
    "admin": ("admin", ()),
}
NOBODY, PROGRAM = "nobody", "program"
ALL = (NOBODY, PROGRAM, *PEOPLE)
# June's amount of each village, which is found nowhere else.
AMOUNTS = {LIUQUAN: "12321", DONGLI: "76567", FAR: "54345"}
PICTURE = b"\xff\xd8\xffpicture"
# A ledger that holds lines of two townships is a paper of the city.
_BOTH = ["乡镇", "村名", "光伏"]


@dataclass
class Doors:
    """A freshly started dashboard, and the numbers of what lies behind it."""

    dashboard: Dashboard
    things: dict[str, str] = field(default_factory=dict)

    def ask(
        self, who: str, method: str, path: str, content: bytes = b""
    ) -> httpx.Response:
        """Ask as somebody, as a page of the dashboard would."""
        headers = {"origin": self.dashboard.address}
        if method == "GET":
            headers = {"accept": "text/html"}
        if who == PROGRAM:
            headers["authorization"] = f"Bearer {self.dashboard.sessions[PROGRAM]}"
        if method == "POST" and content.startswith(b"form:"):
            headers["content-type"] = "application/x-www-form-urlencoded"
            content = content.removeprefix(b"form:")
        by = who if who in PEOPLE else ""
        return self.dashboard.ask(method, path, by, content, **headers)


@contextmanager
def doors(new_var: Path, folder: Path) -> Iterator[Doors]:
    """Start a dashboard at work, of which nobody has opened a page yet."""
    var = folder / "var"
    shutil.copytree(new_var, var)
    store = opened(var)
    now = SystemClock().now()
    who = {
        name: signed_in(store, role, *codes) for name, (role, codes) in PEOPLE.items()
    }
    secret = tokens.make(store, ADMIN, PROGRAM, "secretary", (LIUQUAN,), 9, now)[1]
    by = {name: sessions.find(store, token, now) for name, token in who.items()}
    things = _things(store, {name: one for name, one in by.items() if one is not None})
    close_all()
    with started(var) as found:
        wait_until_it_answers(found)
        found.sessions.update(who | {PROGRAM: secret})
        yield Doors(found, things)


def june(*villages: str) -> bytes:
    """Make June's ledger of villages of 河顺镇, or of 任村镇 where the far one is."""
    names = {LIUQUAN: "柳泉", DONGLI: "东里", FAR: "豹台"}
    if FAR in villages:
        title = "林州市2018年6月村级集体经济收入台账"
        towns = {LIUQUAN: "河顺镇", DONGLI: "河顺镇", FAR: "任村镇"}
        rows = [[towns[code], names[code], int(AMOUNTS[code])] for code in villages]
        return xlsx(ledger(rows, _BOTH, title=title))
    rows = [[names[code], int(AMOUNTS[code]), "", ""] for code in villages]
    return xlsx(ledger(rows))


def _things(store: Store, by: dict[str, Viewer]) -> dict[str, str]:
    now = SystemClock().now()
    loaded = load_file(store, june(LIUQUAN, DONGLI, FAR), "全市.xlsx", BY, now)
    assert loaded.submission is not None
    papers = {"city paper": loaded.submission.submission_no}
    for name, villages in (
        ("secretary", (LIUQUAN,)),
        ("neighbour", (DONGLI,)),
        ("far secretary", (FAR,)),
        ("township", (LIUQUAN, DONGLI)),
    ):
        sent = load_file(store, june(*villages), f"{name}.xlsx", by[name], now)
        assert sent.submission is not None
        papers[f"{name} paper"] = sent.submission.submission_no
    numbers = {name: str(number) for name, number in papers.items()}
    own = papers["secretary paper"]
    attach(store, own, PICTURE, "票据.jpg", by["secretary"], now)
    numbers["evidence"] = str(store.value("select max(journal_line) from ops.evidence"))
    due = now.date() + timedelta(days=14)
    action = begin(store, BY, Task(LIUQUAN, "催收租金", "", "市水利局", due), now)
    attach_to_action(store, action, PICTURE, "现场.jpg", by["secretary"], now)
    numbers["action"] = str(action)
    numbers["step"] = str(
        store.value(
            "select max(journal_line) from ops.action_step where evidence_sha256 <> ''"
        )
    )
    draft = drafts.keep_file(store, by["secretary"], june(LIUQUAN), "草稿.xlsx", now)
    numbers["draft"] = draft.draft_id
    numbers["login"] = str(
        store.value(
            "select login_name from ops.account where account_no = $no",
            {"no": int(by["secretary"].actor[1:])},
        )
    )
    return numbers | _meeting(store)


def _meeting(store: Store) -> dict[str, str]:
    now = SystemClock().now()
    number = call(store, BY, Plan(CITY, "六月会", now.date()), now)
    freeze(store, BY, number, now, date(2018, 6, 30))
    making = Making(store, BY, meeting_of(store, BY, number), False, now)
    for paper in makes(making, [BRIEF], [TOWN]):
        file = (paper.name, paper.content, paper.media_type)
        keep_paper(store, BY, number, paper.kind, paper.place_code, file, now)
    kinds = store.rows("select kind, place_code from ops.meeting_paper")
    of_town = [kind for kind, place in kinds if place == TOWN]
    return {"meeting": str(number), "kind": BRIEF, "town kind": str(of_town[0])}
