"""Do papers come by themselves, and does a job that fails say so in words?"""

import threading
import time
from dataclasses import replace

import pytest

import queries
from base.meeting import BOOK, BRIEF
from reports.meeting import queue
from reports.meeting.papers import Making
from reports.meeting.queue import Job, begin, job_of
from store import Store
from tests.office.deciding import OFFICE, of
from tests.queries.asking import TOWNSHIP
from tests.reports.meeting.conftest import making_of

pytestmark = pytest.mark.xdist_group("papers")


def wait(job: Job) -> Job:
    """Wait until a job is over; it is a matter of a second."""
    for _attempt in range(600):
        if job.is_over:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


@pytest.fixture
def held_up() -> threading.Event:
    """An event for which the one worker waits before it makes anything else."""
    go_on = threading.Event()
    queue._worker.submit(go_on.wait, 60)
    return go_on


@pytest.fixture
def making(frozen_store: Store) -> Making:
    return making_of(frozen_store)


def test_what_is_made_is_kept_with_the_meeting(
    making: Making, held_up: threading.Event
) -> None:
    job = begin(making, [BRIEF], [TOWNSHIP])
    assert (job.done, job.total, job.is_over) == (0, 2, False)
    assert begin(making, [BOOK]) is job
    assert job_of(making) is job
    held_up.set()
    wait(job)
    assert (job.done, job.problem) == (2, "")
    assert job.latest.endswith("河顺镇.docx")
    number = int(making.meeting["meeting_no"])
    found = queries.run("meetings/papers", OFFICE, making.store, meeting_no=number)
    assert set(found["kind"]) == {"brief", "township"}
    kept = {making.store.vault.original(one)[:2] for one in found["sha256"]}
    assert kept == {b"PK"}


def test_who_begins_after_the_end_begins_anew(making: Making) -> None:
    first = wait(begin(making, [BOOK]))
    second = wait(begin(making, [BOOK]))
    assert second is not first
    assert second.done == 1


def test_the_own_township_alone_sees_its_page(making: Making) -> None:
    wait(begin(making, [BRIEF], [TOWNSHIP]))
    number = int(making.meeting["meeting_no"])

    def kinds(*codes: str) -> set[str]:
        by = of("township", *codes)
        found = queries.run("meetings/papers", by, making.store, meeting_no=number)
        return set(found["kind"])

    assert kinds(TOWNSHIP) == {"township"}
    assert kinds("410581106") == set()


def test_what_goes_wrong_is_said_in_words(making: Making) -> None:
    refused = wait(begin(replace(making, by=of("township", TOWNSHIP)), [BRIEF]))
    assert refused.problem == "全部材料只给看得到全部数的账号。"
    broken = wait(begin(making, ["no such paper"]))
    assert broken.problem.startswith("材料没有做成，已记入日志")
    assert (broken.done, broken.is_over) == (0, True)
