"""Queries: every read. One SQL file a question; each takes a viewer and a moment."""

from queries.moment import Moment, default_day, moment_now, version_at
from queries.run import run
from queries.statement import is_figure
from queries.targets_asked import (
    UNREPORTED,
    Progress,
    Restated,
    ask,
    before,
    progress,
    restated,
    summary,
)

__all__ = [
    "UNREPORTED",
    "Moment",
    "Progress",
    "Restated",
    "ask",
    "before",
    "default_day",
    "moment_now",
    "progress",
    "restated",
    "is_figure",
    "run",
    "summary",
    "version_at",
]
