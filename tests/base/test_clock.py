"""What time is it in China, wherever the machine stands?"""

import time
from datetime import UTC, datetime, timedelta

import pytest

from base.clock import CHINA, FixedClock, SystemClock


def in_china() -> datetime:
    """Return the time by another way: that of Greenwich, eight hours on."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return now + timedelta(hours=8)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_the_clock_of_the_machine_reads_as_china(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before, now, after = in_china(), SystemClock().now(), in_china()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert before <= now <= after
    assert now.tzinfo is None
    assert now.microsecond == 0


def test_china_knows_no_summer_time() -> None:
    offsets = {datetime(2018, month, 1, tzinfo=CHINA).utcoffset() for month in (1, 7)}
    assert offsets == {timedelta(hours=8)}


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(datetime(2018, 11, 16, 9))
    assert clock.now() == clock.now() == datetime(2018, 11, 16, 9)
    clock.moment = datetime(2018, 11, 17)
    assert clock.now() == datetime(2018, 11, 17)
