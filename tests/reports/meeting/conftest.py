"""What do tests of papers share? Two frozen meetings with odd texts, and their papers.

All is made once; a test reads bytes and never waits. The second meeting follows the
first: corrections lift 柳泉 over the line and take 东里 below it, an action is done.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from base.settings import settings
from etl.door import opened
from office.actions import Task, begin, step
from office.frozen import Frozen
from office.meetings import Plan, appeal, call, freeze, meetings
from reports.meeting.deck import Deck
from reports.meeting.messages import deck
from reports.meeting.papers import WHOLE, Making, Paper, makes
from store import Store, close_all
from tests.making import ledger, load
from tests.office.deciding import OFFICE
from tests.queries.asking import HESHUN, LIUQUAN, TARGET, TOWNSHIP

CITY = "410581"
FIRST, SECOND = datetime(2018, 7, 12, 9), datetime(2018, 8, 14, 9)
# What people write, to do harm or without meaning any; some come with control signs.
SCRIPT, IMAGE, FORMULA = "<script>alert(1)</script>", "<img src=x onerror=a()>", "=1+1"
TITLE = f"{FORMULA}\n{SCRIPT}{IMAGE}"
TASK = f"{FORMULA}{SCRIPT}\n第二行\x0b第三行\x00{IMAGE}"
LONG = "催收门面租金并逐户核对合同" * 30
APPEAL = f"{SCRIPT}\n{IMAGE}" + "因汛期停产，已另报。" * 60
AGENDA = f"{FORMULA}\n{SCRIPT}\n#set page(width: 1cm)\n听取汇报\x1f"


@dataclass(frozen=True)
class Made:
    """The papers of a meeting, made twice; and what they were made of."""

    making: Making
    said: Frozen
    deck: Deck
    papers: dict[str, Paper]
    again: dict[str, Paper]

    def content(self, kind: str) -> bytes:
        """Return the bytes of a paper."""
        return self.papers[kind].content


@pytest.fixture(scope="package")
def frozen_store(
    new_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store with two frozen meetings of the city, in July and in August."""
    var = tmp_path_factory.mktemp("papers") / "var"
    shutil.copytree(new_var, var)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_VAR", str(var))
        settings.cache_clear()
        store = opened(var)
        _july(store)
        _august(store)
        yield store
        close_all()
    settings.cache_clear()


def _july(store: Store) -> None:
    june = [["河顺", 10, "无", 0], ["柳泉", 12000.5, 300, ""], ["东里", 70000, 0, 0]]
    load(store, ledger(june), FIRST)
    _ask(store, HESHUN, TASK, date(2018, 7, 20))
    _ask(store, TOWNSHIP, LONG, date(2018, 8, 30))
    done = _ask(store, LIUQUAN, "落实项目", date(2018, 7, 30))
    number = call(store, OFFICE, Plan(CITY, "七月会", date(2018, 7, 13)), FIRST)
    freeze(store, OFFICE, number, FIRST, date(2018, 6, 30))
    step(store, OFFICE, done, "done", datetime(2018, 8, 1, 9), "已收")


def _august(store: Store) -> None:
    june = [["河顺", 10, "无", 0], ["柳泉", 62000.5, 300, ""], ["东里", 20000, 0, 0]]
    load(store, ledger(june), SECOND)
    plan = Plan(CITY, TITLE, date(2018, 8, 15), AGENDA)
    number = call(store, OFFICE, plan, SECOND)
    freeze(store, OFFICE, number, SECOND, date(2018, 7, 31))
    appeal(store, OFFICE, number, TOWNSHIP, APPEAL, SECOND)


def _ask(store: Store, code: str, what: str, due: date) -> int:
    task = Task(code, what, f"张某某{IMAGE}", "市水利局", due, TARGET.id)
    return begin(store, OFFICE, task, FIRST)


def making_of(store: Store, place: int = 0) -> Making:
    """Return what the papers of a meeting are made of, the latest first."""
    return Making(store, OFFICE, meetings(store, OFFICE).iloc[place], False, SECOND)


def made(making: Making) -> Made:
    """Make all papers of a meeting, and of one township, twice."""

    def once() -> dict[str, Paper]:
        return {paper.kind: paper for paper in makes(making, WHOLE, [TOWNSHIP])}

    said = making.whole()
    codes = sorted(map(str, said.townships["township_code"]))
    townships = [making.township(code) for code in codes]
    told = deck(said, "林州市", townships, making.is_demo)
    return Made(making, said, told, once(), once())


@pytest.fixture(scope="package")
def second(frozen_store: Store) -> Made:
    """The papers of the meeting in August, in which all odd texts are."""
    return made(making_of(frozen_store))
