"""Through which door does every file come in? Check, submit, accept, in this order."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from base.catalogue import catalogue
from base.clock import Clock, FixedClock, SystemClock
from base.settings import settings
from base.words import _
from etl.accept import accept
from etl.check import Checked, check
from etl.compare import compared
from etl.crossing import without_crossing
from etl.findings import error
from etl.handed.seal import known_key
from etl.maps.geography import publish_computed
from etl.published import publish_table
from etl.registry import registry
from etl.registry_rows import rank_rows, registry_rows
from etl.submission import Submission, is_read_alike, known, submit
from etl.tables.context import Answers
from etl.tables.lines import Output
from store import Store, store_at
from store.about import about
from store.submissions import withdraw
from store.vault import sha256_of

SYSTEM = "system"
DEMO_NOW = "demo_now"
NO_ANSWERS = Answers()


@dataclass(frozen=True)
class Loaded:
    """What became of a file: what was read, and its submission (None if no table)."""

    checked: Checked
    submission: Submission | None
    was_known: bool


def clock_of(store: Store) -> Clock:
    """Return the clock of an installation: a demonstration's stands at its own day."""
    moment = about(store, DEMO_NOW)
    return FixedClock(datetime.fromisoformat(moment)) if moment else SystemClock()


def is_demo(store: Store) -> bool:
    """Tell whether the store holds invented data."""
    return isinstance(clock_of(store), FixedClock)


def opened(folder: Path | None = None, at: datetime | None = None) -> Store:
    """Open an installation's store with its registry and map in force.

    Args:
        folder: where; default the setting `VILLAGE_VAR`.
        at: when the registry is published, if it is new; default now.
    """
    store = store_at(folder or settings().var)
    moment = at or clock_of(store).now()
    for statement, name, rows in (
        ("registry", "villages.csv", registry_rows(registry(), catalogue())),
        ("ranks", "statements.toml", rank_rows(catalogue())),
    ):
        content = rows.to_pandas().to_csv(index=False).encode("utf-8")
        publish_table(
            store, statement, content, name, rows, catalogue(), SYSTEM, moment
        )
    publish_computed(store, registry(), catalogue(), SYSTEM, moment)
    return store


def check_file(
    content: bytes,
    file_name: str,
    answers: Answers,
    clock: Clock,
    folder: Path | None = None,
) -> Checked:
    """Check one file against the registry and catalogue of this installation.

    Args:
        content: the file as it arrived.
        file_name: as sent.
        answers: what was said when asked.
        clock: says which months have begun.
        folder: where the key of the seals is; default the setting `VILLAGE_VAR`.
    """
    sha256 = sha256_of(content)
    limit = settings().largest_file_mb
    if len(content) > limit * 1_000_000:
        too_big = error(
            "too_big", _("文件超过 {limit} MB。请只留要报的表后再交。", limit=limit)
        )
        return Checked(file_name, sha256, (), Output().rows(), 0, [too_big], False)
    today = clock.now().date()
    return check(
        content,
        file_name,
        sha256,
        answers,
        registry(),
        catalogue(),
        today,
        key=known_key(folder or settings().var),
    )


def load_file(
    store: Store,
    content: bytes,
    file_name: str,
    actor: str,
    at: datetime,
    answers: Answers = NO_ANSWERS,
    is_good_rows_enough: bool = False,
    is_accepted: bool = True,
) -> Loaded:
    """Take a file in.

    Args:
        store: where.
        content: the file as it arrived.
        file_name: as sent.
        actor: who sends and accepts.
        at: when, local time in China.
        answers: what was said when asked.
        is_good_rows_enough: accept the good rows of a file with errors as well.
        is_accepted: accept at all, or leave the file waiting for review.

    Returns:
        What was read and the submission; the same bytes with the same answers find
        their submission again and change nothing, even where it has been replaced
        since. Only a file that still waits is sent anew when it is read better now.
    """
    checked = check_file(content, file_name, answers, FixedClock(at), store.folder)
    if not checked.is_readable:
        return Loaded(checked, None, was_known=False)
    with store.writing():
        checked = without_crossing(store, checked)
        checked = compared(store, checked, catalogue())
        earlier = known(store, checked.sha256, answers)
        if (
            earlier
            and earlier.state == "submitted"
            and not is_read_alike(store, earlier, checked)
        ):
            withdraw(store, earlier.submission_no, actor, at)
            earlier = None
        submission = earlier or submit(
            store, content, checked, answers, catalogue(), actor, at
        )
        may = is_accepted and (is_good_rows_enough or not checked.has_errors)
        if may and submission.state == "submitted":
            accept(store, submission.submission_no, actor, at)
            submission = Submission(submission.submission_no, "accepted")
    return Loaded(checked, submission, was_known=earlier is not None)
