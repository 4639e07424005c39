"""What does Prometheus read? What this process counts, and how the store stands.

Labels have few values: route templates, states and names of pages, never of people or
places.
"""

from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import (
    GaugeMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from accounts.system_read import BACKED_UP, FAILED, LOCKED, RESTORE_CHECKED
from base.clock import CHINA, SystemClock
from base.meters import meters
from base.place import Scope
from base.settings import settings
from base.viewer import SYSTEM, Viewer
from etl.door import clock_of
from reports.system import WEEK, Standing, standing
from store import store_at
from store.ready import OK

METRICS_TYPE = CONTENT_TYPE_LATEST
_BY = Viewer("metrics", "admin", Scope(), way=SYSTEM)


def exposed() -> bytes:
    """Return all figures as Prometheus reads them."""
    store = store_at(settings().var)
    found = standing(store, _BY, SystemClock().now(), clock_of(store).now())
    registry = CollectorRegistry()
    registry.register(_OfStore(found))
    return generate_latest(meters().registry) + generate_latest(registry)


class _OfStore(Collector):
    """How the store stands, read once for one answer."""

    def __init__(self, found: Standing) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Yield each figure."""
        found, room = self._found, self._found.room
        yield _gauge("database_bytes", "size of the database", room.database_bytes)
        yield _gauge("vault_bytes", "size of the originals", room.vault_bytes)
        yield _gauge("journal_bytes", "size of the journal", room.journal_bytes)
        yield _gauge("journal_lines", "lines of the journal", room.journal_lines)
        yield _gauge("disk_free_bytes", "room left on the disk", room.free_bytes)
        yield _gauge("inbox_files", "files that wait in the inbox", found.inbox)
        yield _gauge("papers_waiting", "papers still to be made", found.papers)
        yield _gauge("drafts", "drafts that nobody has sent", found.drafts)
        states = GaugeMetricFamily(
            "village_submissions", "submissions by state", labels=["state"]
        )
        for row in found.submissions.itertuples():
            states.add_metric([row.state], int(row.submission_count))
        yield states
        ready = GaugeMetricFamily(
            "village_ready", "whether a check of /readyz holds", labels=["check"]
        )
        for name, word in found.checks.items():
            ready.add_metric([name], int(word == OK))
        yield ready
        yield from self._failures()
        yield from self._done()

    def _failures(self) -> Iterator[Metric]:
        """Yield the failures of seven days, which outlive the process."""
        family = GaugeMetricFamily(
            "village_sign_in_failures_7d", "in the last seven days", labels=["kind"]
        )
        for kind, action in (("failed", FAILED), ("locked", LOCKED)):
            family.add_metric([kind], self._found.failed(action, WEEK))
        yield family

    def _done(self) -> Iterator[Metric]:
        """Yield when a backup was made and tried; what never was is not there."""
        for name, action in (("backup", BACKED_UP), ("restore_check", RESTORE_CHECKED)):
            done = self._found.done.get(action)
            if done is not None and done.is_ok:
                at = done.acted_at.replace(tzinfo=CHINA).timestamp()
                yield _gauge(f"last_{name}_timestamp_seconds", "when it was done", at)


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"village_{name}", what, value=value)
