"""Which server do bad files go to? One of its own, with a person and a program."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from accounts import tokens
from base.clock import SystemClock
from etl.door import opened
from store import close_all
from tests.corpus.bad import REFUSED, Bad
from tests.corpus.outcome import Answer, by_page, by_program, wrong_with
from tests.signing import ADMIN, signed_in
from tests.web.running import Dashboard, started, wait_until_it_answers

TOWNSHIP = "410581105"
_ZIP = ".zip"


@dataclass(frozen=True)
class Serving:
    """A running server, the session of a township, and the secret of its program."""

    server: Dashboard
    session: str
    secret: str


@contextmanager
def serving(var: Path, new_var: Path | None = None) -> Iterator[Serving]:
    """Start a server in a folder, over a copy of a new installation if there is one."""
    if new_var is not None:
        shutil.copytree(new_var, var)
    store, now = opened(var), SystemClock().now()
    session = signed_in(store, "township", TOWNSHIP)
    how = ("语料", "township", (TOWNSHIP,), 1, now)
    _token, secret = tokens.make(store, ADMIN, *how)
    close_all()
    with started(var) as server:
        wait_until_it_answers(server)
        yield Serving(server, session, secret)


def sent(bad: Bad, at: Serving) -> tuple[Answer, Answer]:
    """Send a file by the page and by a program."""
    content = bad.make()
    return (
        by_page(bad, content, at.server, at.session),
        by_program(bad, content, at.server, at.secret),
    )


def wrong_when_sent(bad: Bad, answers: tuple[Answer, Answer]) -> list[str]:
    """Say what is wrong with the answers to a file that was sent."""
    paged, programmed = answers
    of_program = replace(bad, code=REFUSED, words="") if _is_bundle(bad) else bad
    wrong = {
        "page": wrong_with(bad, paged, is_alone=False),
        "program": wrong_with(of_program, programmed, is_alone=False),
    }
    return [f"{bad.name} by {way}: {what}" for way, what in wrong.items() if what]


def _is_bundle(bad: Bad) -> bool:
    return bad.name.endswith(_ZIP)
