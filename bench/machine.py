"""On what was it measured? Cores, versions and date, without the machine's name."""

import os
import platform
from datetime import datetime
from importlib.metadata import version
from typing import Any

from base.clock import CHINA

# What the figures depend on most, the ordinary way's libraries included.
_LIBRARIES = (
    "streamlit",
    "pandas",
    "pyarrow",
    "duckdb",
    "python-calamine",
    "plotly",
    "pydeck",
    "openpyxl",
    "SQLAlchemy",
    "playwright",
)


def described() -> dict[str, Any]:
    """Return date, cores and versions, as `results.json` opens."""
    return {
        "measured_on": datetime.now(CHINA).date().isoformat(),
        "cores": cores(),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def load_average() -> float:
    """Return how many processes wanted a core in the last minute."""
    return round(os.getloadavg()[0], 2)
