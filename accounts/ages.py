"""What of people is older than it may be kept? It goes when the server starts."""

from datetime import datetime, timedelta

from accounts.changes import changing
from base.settings import settings
from store import Store

_OVERDUE = {
    "delete from ops.session where expires_at < $before": "session_kept_days",
    "delete from ops.sign_in_trouble where last_failed_at < $before": (
        "trouble_kept_days"
    ),
}


def clear_overdue(store: Store, now: datetime) -> int:
    """Delete sessions that ended long ago, and failures to sign in of days ago.

    Args:
        store: where.
        now: the machine's time, local in China.

    Returns:
        How many rows were deleted.
    """
    count = 0
    with changing(store) as cursor:
        for statement, setting in _OVERDUE.items():
            kept = timedelta(days=getattr(settings(), setting))
            gone = cursor.execute(statement, {"before": now - kept}).fetchone()
            count += int(gone[0]) if gone else 0
    return count
