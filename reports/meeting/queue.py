"""Which papers are being made in the background, and how far are they?

One worker makes them, one after the other, so that pages stay quick meanwhile. What is
made is kept with its meeting at once; a job that ends with the process is begun anew.
"""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from base.errors import ShownError
from base.words import _, mark
from office.meetings import keep_paper
from reports.meeting.papers import Making, makes

_FAILED = mark("材料没有做成，已记入日志。请再试一次；如仍这样，请告诉管理员。")
_Key = tuple[Path, int]


@dataclass
class Job:
    """Papers that are being made: how many of how many, and what went wrong."""

    total: int
    done: int = 0
    latest: str = ""
    problem: str = ""
    is_over: bool = False


_jobs: dict[_Key, Job] = {}
_turn = threading.Lock()
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="papers")


def begin(making: Making, kinds: Sequence[str], townships: Sequence[str] = ()) -> Job:
    """Begin to make papers of a meeting; where they are being made already, go on.

    Args:
        making: of what, and who has them made.
        kinds: of all the meeting's place.
        townships: a page each for these besides.

    Returns:
        How far it is; it goes on by itself.
    """
    key = _key_of(making)
    with _turn:
        held = _jobs.get(key)
        if held is not None and not held.is_over:
            return held
        job = _jobs[key] = Job(len(kinds) + len(townships))
    _worker.submit(_run, job, making, tuple(kinds), tuple(townships))
    return job


def job_of(making: Making) -> Job | None:
    """Return the papers of a meeting that are being made, or were last."""
    return _jobs.get(_key_of(making))


def waiting() -> int:
    """Return how many papers have still to be made."""
    return sum(job.total - job.done for job in _jobs.values() if not job.is_over)


def _key_of(making: Making) -> _Key:
    return making.store.folder, int(making.meeting["meeting_no"])


def _run(
    job: Job, making: Making, kinds: tuple[str, ...], townships: tuple[str, ...]
) -> None:
    try:
        _make(job, making, kinds, townships)
    except ShownError as problem:
        job.problem = str(problem)
    except Exception:
        # nobody waits for the worker: the page says so, the log keeps what happened
        logging.getLogger(__name__).exception("papers failed")
        job.problem = _(_FAILED)
    finally:
        job.is_over = True


def _make(
    job: Job, making: Making, kinds: tuple[str, ...], townships: tuple[str, ...]
) -> None:
    for paper in makes(making, kinds, townships):
        file = (paper.name, paper.content, paper.media_type)
        keep_paper(
            making.store,
            making.by,
            int(making.meeting["meeting_no"]),
            paper.kind,
            paper.place_code,
            file,
            making.at,
        )
        job.done += 1
        job.latest = paper.name
