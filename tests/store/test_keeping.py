"""Which backups stay, and is it known which was proved?"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from base.settings import Settings
from store.keeping import (
    backups_in,
    drop,
    last_check,
    made_at,
    name_at,
    note_checked,
    outlived,
)

NOW = datetime(2018, 11, 15, 12)
RULE = Settings(backup_days=3, backup_weeks=2, backup_months=2)


def at(*days_ago: float) -> list[Path]:
    return [Path(name_at(NOW - timedelta(days=days))) for days in days_ago]


def test_the_last_of_each_day_week_and_month_stays() -> None:
    # 2018-11-15 is a Thursday
    kept = at(0, 1, 2, 5, 40)
    gone = at(0.1, 1.2, 2.3, 6, 7, 41, 100)
    assert set(outlived([*gone, *kept], NOW, RULE)) == set(gone)


def test_the_newest_stays_however_old_it_is() -> None:
    old, older = at(900, 901)
    assert outlived([older, old], NOW, RULE) == [older]
    assert outlived([], NOW, RULE) == []


@pytest.mark.parametrize(
    "name",
    ["village-20181115.tar", "notes.txt", "village-20181115-120000.tar.1.part"],
)
def test_what_is_no_backup_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    [real] = at(900)
    for backup in (real, Path(f"{name_at(NOW)}.age")):
        (tmp_path / backup).write_bytes(b"")
    assert [path.name for path in backups_in(tmp_path)] == [
        real.name,
        f"{name_at(NOW)}.age",
    ]
    assert made_at(tmp_path / name) is None


def test_a_proof_is_noted_beside_the_backup_and_goes_with_it(tmp_path: Path) -> None:
    assert last_check(tmp_path) is None
    first, second = (tmp_path / path for path in at(2, 1))
    for path in (first, second):
        path.write_bytes(b"")
    note_checked(second, NOW - timedelta(hours=1), is_whole=True)
    note_checked(first, NOW, is_whole=False)
    assert last_check(tmp_path) == (NOW, False)
    drop(first)
    assert last_check(tmp_path) == (NOW - timedelta(hours=1), True)
    assert list(tmp_path.glob(f"{first.name}*")) == []
