"""What happens at every backup: it is made, told in the audit, and old ones go."""

import json
from datetime import datetime
from pathlib import Path

from base.settings import settings
from base.viewer import Viewer
from store import Store
from store.audit import record
from store.backup import Backup, as_detail, back_up
from store.keeping import backups_in, drop, outlived


def back_up_and_tidy(
    store: Store, folder: Path, by: Viewer, at: datetime
) -> tuple[Backup, list[Path]]:
    """Make a backup and delete those of its folder that have outlived their use.

    Args:
        store: of the installation.
        folder: where backups are.
        by: who asks for it.
        at: now by the machine's clock, in a demonstration too.

    Returns:
        The backup, and those that were deleted.

    Raises:
        ShownError: when it cannot be made; none is deleted then.
    """
    made = back_up(store, folder, at, settings().backup_recipient)
    detail = json.dumps(as_detail(made), ensure_ascii=False)
    record(store, by, "backed_up", at, settings().city, made.path.name, detail)
    old = outlived(backups_in(folder), at, settings())
    for path in old:
        drop(path)
    return made, old
