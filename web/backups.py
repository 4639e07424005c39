"""When is the night's backup made while the server runs?"""

from datetime import datetime, timedelta
from pathlib import Path

from base.clock import SystemClock
from base.settings import settings
from base.viewer import system_viewer
from etl.backup import back_up_and_tidy
from store import Store
from store.keeping import backups_in, made_at
from web.recurring import Recurring

_EVERY_S = 60.0


def nightly(store: Store) -> Recurring:
    """Return what makes a backup every night, once it is started."""
    return Recurring(lambda: back_up_if_due(store, SystemClock().now()), _EVERY_S)


def back_up_if_due(store: Store, now: datetime) -> bool:
    """Make the night's backup where one is wanted and there is none yet.

    A night that was missed, because nothing ran, is made up for at once.

    Args:
        store: of the installation.
        now: by the machine's clock, local time in China.

    Returns:
        Whether one was made.

    Raises:
        ShownError: when it could not be made.
    """
    folder = settings().backups
    if folder is None or not is_due(folder, now):
        return False
    back_up_and_tidy(store, folder, system_viewer(), now)
    return True


def is_due(folder: Path, now: datetime) -> bool:
    """Tell whether no backup was made since the last time for one."""
    due = now.replace(hour=settings().backup_hour, minute=0, second=0)
    due = due if due <= now else due - timedelta(days=1)
    made = [made_at(path) for path in backups_in(folder)]
    return not any(at >= due for at in made if at)
