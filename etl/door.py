"""Through which door does every file come in? Check, submit, accept, in this order."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from base.catalogue import catalogue
from base.clock import Clock, FixedClock, SystemClock
from base.errors import ShownError
from base.meters import meters
from base.roles import UPLOAD
from base.settings import settings
from base.viewer import PAGE, Viewer, system_viewer
from base.words import _
from etl.accept import WAITING, accept
from etl.check import Checked, check
from etl.compare import compared
from etl.crossing import without_crossing
from etl.findings import error
from etl.handed.seal import known_key
from etl.locked import without_locked
from etl.maps.geography import publish_computed
from etl.published import publish_table
from etl.registry import Registry, registry
from etl.registry_rows import rank_rows, registry_rows
from etl.review import review, withdraw
from etl.scope import managers_of, within_scope
from etl.submission import Submission, is_read_alike, known, submit
from etl.tables.context import Answers
from etl.tables.lines import Output
from store import Store, store_at
from store.about import about
from store.vault import sha256_of

DEMO_NOW = "demo_now"
# How large a demonstration is, where it was written in bulk and no file is behind it.
DEMO_SCALE, PROVINCE_SCALE = "demo_scale", "province"
_PROVINCE_DIGITS = 2
_SHORT_BYTES = 500_000
NO_ANSWERS = Answers()
KEPT_OUT = {"out_of_scope", "month_locked"}


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


def is_province(store: Store) -> bool:
    """Tell whether the store holds an invented province, without any files."""
    return about(store, DEMO_SCALE) == PROVINCE_SCALE


def home_of(store: Store) -> str:
    """Return the code of the place that an installation serves."""
    city = settings().city
    return city[:_PROVINCE_DIGITS] if is_province(store) else city


def opened(folder: Path | None = None, at: datetime | None = None) -> Store:
    """Open an installation's store with its registry and map in force.

    Args:
        folder: where; default the setting `VILLAGE_VAR`.
        at: when the registry is published, if it is new; default now.
    """
    store = store_at(folder or settings().var)
    if is_province(store):
        # its places are more than the registry's, which would take them out
        return store
    moment, by = at or clock_of(store).now(), system_viewer()
    for statement, name, rows in (
        ("registry", "villages.csv", registry_rows(registry(), catalogue())),
        ("ranks", "statements.toml", rank_rows(catalogue())),
    ):
        content = rows.to_pandas().to_csv(index=False).encode("utf-8")
        publish_table(store, statement, content, name, rows, catalogue(), by, moment)
    publish_computed(store, registry(), catalogue(), by, moment)
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
    if len(content) > settings().largest_file_bytes:
        too_big = error("too_big", too_large())
        return Checked(file_name, sha256, (), Output().rows(), 0, [too_big], False)
    key = known_key(folder or settings().var)
    asked = _Asked(
        sha256,
        file_name,
        answers,
        clock.now().date(),
        key,
        registry(),
        catalogue().fingerprint,
        content,
    )
    # what is sent has just been looked at; long files would fill the memory
    return _read_lately(asked) if len(content) <= _SHORT_BYTES else _read(asked)


def too_large() -> str:
    """Say that a file is larger than it may be."""
    limit = settings().largest_file_mb
    return _("文件超过 {limit} MB。请只留要报的表后再交。", limit=limit)


@dataclass(frozen=True)
class _Asked:
    """What a check depends on; the hash stands for the content."""

    sha256: str
    file_name: str
    answers: Answers
    today: date
    key: bytes | None
    registry: Registry
    catalogue: str
    content: bytes = field(compare=False, repr=False)


def _read(asked: _Asked) -> Checked:
    with meters().checks.time():
        return check(
            asked.content,
            asked.file_name,
            asked.sha256,
            asked.answers,
            asked.registry,
            catalogue(),
            asked.today,
            key=asked.key,
        )


_read_lately = lru_cache(maxsize=64)(_read)


def load_file(
    store: Store,
    content: bytes,
    file_name: str,
    by: Viewer,
    at: datetime,
    answers: Answers = NO_ANSWERS,
    is_good_rows_enough: bool = False,
    is_accepted: bool = True,
    is_sent_anew: bool = False,
) -> Loaded:
    """Take a file in.

    Args:
        store: where.
        content: the file as it arrived.
        file_name: as sent.
        by: who sends; whoever decides for the city accepts as well.
        at: when, local time in China.
        answers: what was said when asked.
        is_good_rows_enough: accept the good rows of a file with errors as well.
        is_accepted: accept at all, or leave the file waiting for review.
        is_sent_anew: open a new submission even for bytes that are known.

    Returns:
        What was read and the submission; the same bytes of the same scope with the
        same answers find their submission again and change nothing, even where it has
        been replaced since. Only a file that still waits is sent anew when it is read
        better now. A file that was read, and of which nothing may come in, is no
        submission.

    Raises:
        ShownError: when the sender may not send.
    """
    may_send(by)
    meters().uploads.labels(by.way).inc()
    checked = check_file(content, file_name, answers, FixedClock(at), store.folder)
    if not checked.is_readable:
        return Loaded(checked, None, was_known=False)
    with store.writing():
        checked = held_against(store, checked, by)
        earlier = None if is_sent_anew else known(store, checked.sha256, answers, by)
        if (
            earlier
            and earlier.state == "submitted"
            and "month_locked" not in _errors(checked)
            and not is_read_alike(store, earlier.submission_no, checked)
        ):
            withdraw(store, earlier.submission_no, by, at)
            earlier = None
        if earlier is None and is_kept_out(checked):
            return Loaded(checked, None, was_known=False)
        submission = earlier or submit(
            store, content, checked, answers, catalogue(), by, at
        )
        may = is_accepted and (is_good_rows_enough or not checked.has_errors)
        if may and by.is_deciding and submission.state in WAITING:
            accept(store, submission.submission_no, by, at)
            submission = Submission(submission.submission_no, "accepted")
        elif earlier is None and by.role == "township" and by.way == PAGE:
            # what people of a township send themselves they have looked at
            review(store, submission.submission_no, by, at)
            submission = Submission(submission.submission_no, "reviewed")
    return Loaded(checked, submission, was_known=earlier is not None)


def is_kept_out(checked: Checked) -> bool:
    """Tell whether nothing of a file may come in, though all of it could be read.

    What could not be read is kept, so that it can be looked into.
    """
    is_empty = not checked.rows.num_rows and not checked.facts
    return is_empty and bool(_errors(checked)) and _errors(checked) <= KEPT_OUT


def _errors(checked: Checked) -> set[str]:
    return {finding.code for finding in checked.findings if finding.is_error}


def may_send(by: Viewer) -> None:
    """Refuse whoever may not send.

    Raises:
        ShownError: when it may not.
    """
    if not by.may(UPLOAD) or not by.scope:
        raise ShownError(_("您的账号不能报送。请与市专班联系。"))


def held_against(store: Store, checked: Checked, by: Viewer) -> Checked:
    """Hold a file as read against scope, windows and what is in force.

    Args:
        store: what is in force there.
        checked: a file as read.
        by: who sends it.

    Returns:
        The file without the lines that may not come in, and with what there is to say
        of the others.
    """
    checked = within_scope(checked, by, managers_of(store, checked))
    checked = without_locked(store, checked, by)
    checked = without_crossing(store, checked)
    return compared(store, checked, catalogue())
