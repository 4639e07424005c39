"""What time is it? Every dated decision asks a clock that can be injected."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

# China has one zone without daylight saving; a fixed offset needs no zone database.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """Whatever can say what time it is in China."""

    def now(self) -> datetime:
        """Return the local time in China, without a zone, to the second."""
        ...


class SystemClock:
    """The clock of the machine, read as local time in China."""

    def now(self) -> datetime:
        """Return the local time in China, without a zone, to the second."""
        return datetime.now(CHINA).replace(tzinfo=None, microsecond=0)


@dataclass
class FixedClock:
    """A clock that stands still until it is moved: demonstrations and tests."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self.moment
