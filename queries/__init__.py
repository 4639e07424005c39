"""Queries: every read. One SQL file a question; each takes a viewer and a moment."""

from queries.moment import Moment, moment_now, version_at
from queries.run import run
from queries.targets_asked import UNREPORTED, Progress, ask, before, progress, summary

__all__ = [
    "UNREPORTED",
    "Moment",
    "Progress",
    "ask",
    "before",
    "moment_now",
    "progress",
    "run",
    "summary",
    "version_at",
]
