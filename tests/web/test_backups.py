"""Is the night's backup made once, and made up for where it was missed?"""

from datetime import datetime
from pathlib import Path

import pytest

from base.settings import settings
from store import Store
from store.keeping import backups_in
from web.backups import back_up_if_due, is_due


def test_without_a_folder_none_is_made(store: Store) -> None:
    assert not back_up_if_due(store, datetime(2018, 11, 16, 3))


def test_one_is_made_each_night(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "nights"
    monkeypatch.setenv("VILLAGE_BACKUPS", str(folder))
    settings.cache_clear()
    assert back_up_if_due(store, datetime(2018, 11, 16, 1, 59))
    assert back_up_if_due(store, datetime(2018, 11, 16, 2))
    assert not back_up_if_due(store, datetime(2018, 11, 17, 1, 59))
    assert is_due(folder, datetime(2018, 11, 17, 2, 1))
    # the last of the day is kept
    assert [path.name for path in backups_in(folder)] == ["village-20181116-020000.tar"]
    assert store.value("select count(*) from ops.audit where action = 'backed_up'") == 2
