"""What do tests of the server share? Those that run, each started once per worker."""

import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts import sessions, tokens
from accounts.people import set_enabled
from base.clock import SystemClock
from base.meeting import BRIEF, PDF
from etl.door import load_file, opened
from office.actions import Task, begin
from office.meetings import Plan, call, freeze, keep_paper, meeting_of
from reports.meeting.papers import Making, makes
from store import Store, close_all
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import BY, ledger, load, xlsx
from tests.signing import ADMIN, signed_in
from tests.web.running import Dashboard, started, wait_until_it_answers

HESHUN_TOWN, CITY = "410581105", "410581"
HOST, PROXY = "kanban.example.org", "127.0.0.1"
# The city's figures, and one that nobody but its village and the city may see.
SECRET_YUAN = "76567"
SENT_NAME = "河顺镇六月.xlsx"
PEOPLE = {
    "office": (CITY,),
    "leader": (CITY,),
    "township": (HESHUN_TOWN,),
    "secretary": (LIUQUAN,),
    "department": (LIUQUAN,),
    "admin": (),
}


@pytest.fixture(scope="session")
def dashboard(
    new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboard]:
    """A dashboard over a new installation; whoever uses it is of its xdist group."""
    var = tmp_path_factory.mktemp("dashboard") / "var"
    shutil.copytree(new_var, var)
    office = signed_in(opened(var), "office", CITY)
    close_all()
    with started(var) as found:
        wait_until_it_answers(found)
        found.sessions["office"] = office
        yield found


@pytest.fixture(scope="session")
def bare(
    new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboard]:
    """One that nobody has set up yet, behind a proxy that ends TLS."""
    var = tmp_path_factory.mktemp("bare") / "var"
    shutil.copytree(new_var, var)
    more = {"hosts": f'["{HOST}"]', "proxies": f'["{PROXY}"]'}
    with started(var, **more) as found:
        wait_until_it_answers(found)
        yield found


@pytest.fixture(scope="session")
def city(
    new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Dashboard]:
    """One at work: people of each role, programs, papers of two villages."""
    var = tmp_path_factory.mktemp("city") / "var"
    shutil.copytree(new_var, var)
    store = opened(var)
    who = _people(store) | _programs(store)
    grid = ledger([["柳泉", 12321, "", ""], ["东里", int(SECRET_YUAN), "", ""]])
    sent = {"office": load(store, grid)}
    sent |= {by: _send_as(store, who[by]) for by in ("neighbour", "secretary")}
    sent |= {f"action {code}": _asked_of(store, code) for code in (LIUQUAN, DONGLI)}
    sent |= _meetings(store, var)
    _put_into_the_inbox(var)
    close_all()
    with started(var) as found:
        wait_until_it_answers(found)
        found.sessions.update(who)
        found.sent.update(sent)
        yield found


def _people(store: Store) -> dict[str, str]:
    """Sign people in; some of their sessions hold no longer."""
    now = SystemClock().now()
    who = {role: signed_in(store, role, *codes) for role, codes in PEOPLE.items()}
    who["neighbour"] = signed_in(store, "secretary", DONGLI)
    who["other township"] = signed_in(store, "township", "410581106")
    who["expired"] = signed_in(store, "office", CITY, at=now - timedelta(hours=13))
    who["leaving"] = signed_in(store, "secretary", LIUQUAN)
    who["ended"] = signed_in(store, "office", CITY)
    sessions.end(store, who["ended"], now)
    who["disabled"] = signed_in(store, "office", CITY, name="off")
    set_enabled(store, ADMIN, "off", False, now)
    return who


def _send_as(store: Store, token: str) -> int:
    """Send a file of two villages, of which the sender may report one."""
    now = SystemClock().now()
    by = sessions.find(store, token, now)
    assert by is not None
    grid = ledger([["柳泉", 12321, "", ""], ["东里", int(SECRET_YUAN), "", ""]])
    loaded = load_file(store, xlsx(grid), SENT_NAME, by, now)
    assert loaded.submission is not None
    return loaded.submission.submission_no


def _asked_of(store: Store, code: str) -> int:
    """Ask something of a village; return the number of the action."""
    now = SystemClock().now()
    due = now.date() + timedelta(days=14)
    return begin(store, BY, Task(code, "催收租金", "", "市水利局", due), now)


def _meetings(store: Store, var: Path) -> dict[str, int]:
    """Freeze a meeting with some papers, one of them lost; and call another."""
    now = SystemClock().now()
    planned, number = (
        call(store, BY, Plan(CITY, title, now.date()), now)
        for title in ("筹备会", "六月会")
    )
    freeze(store, BY, number, now, date(2018, 6, 30))
    making = Making(store, BY, meeting_of(store, BY, number), False, now)
    for paper in makes(making, [BRIEF], [HESHUN_TOWN]):
        file = (paper.name, paper.content, paper.media_type)
        keep_paper(store, BY, number, paper.kind, paper.place_code, file, now)
    lost = b"%PDF-lost"
    keep_paper(store, BY, number, PDF, CITY, ("lost.pdf", lost, "application/pdf"), now)
    for path in (var / "vault").rglob("*"):
        if path.is_file() and path.read_bytes() == lost:
            path.unlink()
    return {"planned": planned, "meeting": number}


def _programs(store: Store) -> dict[str, str]:
    now = SystemClock().now()
    made = {
        "program": ("secretary", (LIUQUAN,), now),
        "looking program": ("leader", (CITY,), now),
        "old program": ("secretary", (LIUQUAN,), now - timedelta(days=2)),
        "ended program": ("secretary", (LIUQUAN,), now),
    }
    secrets = {
        name: tokens.make(store, ADMIN, name, role, codes, 1, at)
        for name, (role, codes, at) in made.items()
    }
    tokens.end(store, ADMIN, secrets["ended program"][0].token_no, now)
    return {name: secret for name, (_token, secret) in secrets.items()}


def _put_into_the_inbox(var: Path) -> None:
    folder = var / "inbox" / HESHUN_TOWN
    folder.mkdir(parents=True)
    path = folder / "五月.xlsx"
    title = "林州市河顺镇2018年5月村级集体经济收入台账"
    path.write_bytes(xlsx(ledger([["河顺", 5, "", ""]], title=title)))
    os.utime(path, (0, 0))
