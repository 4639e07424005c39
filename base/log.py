"""What does the log say, and of which request? One line an event, never a secret.

Whatever logs by the standard library goes the same way, the framework's own lines too.
"""

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from base.clock import CHINA
from base.log_out import Unhurried
from base.settings import settings

OWN = "village"
_EVENTS = logging.getLogger(OWN)
_SERVERS = ("uvicorn", "websockets", "streamlit")
# Of these only warnings: they write whole addresses, with what was asked.
_TALKATIVE = ("uvicorn.access", "uvicorn.error", "httpx", "httpcore")
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_QUERY = re.compile(r"\?[^\s\"']*")
# What people wrote may stand in an error's text: quoted, not in ASCII, or as a token.
_SECRET = re.compile(
    r"'[^']*'|\"[^\"]*\"|[^\x00-\x7f]+|[A-Za-z0-9_+/=-]*\d[A-Za-z0-9_+/=-]{7,}"
)
_LEAST_TOKEN = re.compile(r"[A-Za-z0-9_+/=-]{16,}")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


def new_id() -> str:
    """Return an id for a request or a run of a page."""
    return secrets.token_hex(8)


def is_well_formed(given: str) -> bool:
    """Tell whether an id that a proxy gave may be taken over."""
    return _WELL_FORMED.fullmatch(given) is not None


def request_id() -> str:
    """Return the id of what is under way here, or nothing."""
    return _request_id.get()


@contextmanager
def under(given: str) -> Iterator[None]:
    """Do something under an id, which every line of the log then bears."""
    held = _request_id.set(given)
    try:
        yield
    finally:
        _request_id.reset(held)


def event(happened: str, /, level: int = logging.INFO, **said: object) -> None:
    """Write an event down.

    Args:
        happened: what, in a few words of English.
        level: of `logging`.
        said: what there is to say of it: route, status, ms, actor and the like.
    """
    _EVENTS.log(level, happened, extra={"said": said})


def scrubbed(text: str) -> str:
    """Return the text of an error without what people may have written."""
    return _LEAST_TOKEN.sub("…", _SECRET.sub("…", text))


def trace_of(error: BaseException) -> str:
    """Return where an error came from, and of which kind, without people's words."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    cause = error.__cause__
    if cause is None and not error.__suppress_context__:
        cause = error.__context__
    before = f"{trace_of(cause)}\n\nthen\n" if cause is not None else ""
    return f"{before}{frames}{type(error).__qualname__}: {scrubbed(str(error))}"


def _told(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a line says, in its order."""
    is_own = record.name == OWN
    text = record.getMessage()
    said: Mapping[str, Any] = getattr(record, "said", {})
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, CHINA).isoformat(
            timespec="milliseconds"
        ),
        "level": record.levelname.lower(),
        "event": text if is_own else _QUERY.sub("", text),
        "request_id": said.get("request_id") or request_id() or None,
        "logger": None if is_own else record.name,
        **said,
    }
    if record.exc_info and record.exc_info[1] is not None:
        told["trace"] = trace_of(record.exc_info[1])
    return {key: value for key, value in told.items() if value is not None}


class JsonLines(logging.Formatter):
    """A line of JSON an event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(_told(record), ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """A line for eyes an event; a trace follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the trace below it."""
        told = _told(record)
        head = [told.pop("time"), told.pop("level").upper(), told.pop("event")]
        trace = told.pop("trace", "")
        more = [f"{key}={value}" for key, value in told.items()]
        return " ".join([*head, *more]) + (f"\n{trace}" if trace else "")


def set_up_logs() -> None:
    """Send all logs of this process one way; safe to repeat."""
    handler = Unhurried(sys.stderr)
    handler.setFormatter(JsonLines() if settings().log == "json" else PlainLines())
    root = logging.getLogger()
    for one in [*root.handlers]:
        if isinstance(one, Unhurried) or type(one) is logging.StreamHandler:
            root.removeHandler(one)
            one.close()
    root.addHandler(handler)
    root.setLevel(settings().log_level.upper())
    for name in list(logging.root.manager.loggerDict):
        if name.split(".", 1)[0] in _SERVERS:
            follow(logging.getLogger(name))
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def follow(logger: logging.Logger) -> None:
    """Have a logger of the framework write through ours."""
    logger.handlers.clear()
    logger.propagate = True
