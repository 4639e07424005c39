"""How fast is each page, with its caches empty and full, against its queries alone?

Pages run through `pages/shell.py`, in the framework's own harness: script, widgets and
messages as in the server, without browser and network.
"""

import logging
import statistics
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from base.clock import SystemClock
from base.settings import ROOT
from bench.ledgers import largest_township
from bench.rows import Row, Target
from bench.stores import demo_folder, installation
from bench.timing import in_turns, ratio, seconds
from store import Store
from ui import looking
from web.demo_people import demo_token

Query = tuple[str, Mapping[str, Any]]
_COLD_ROUNDS, _WARM_RUNS = 7, 20
_TIMEOUT_S = 60
# Style and ribbon stand on every page, also on one that says nothing.
_LEAST_SAID = 4
_INSIGHT = (
    *("outlook", "gaps", "sources", "solar", "joint"),
    *("actions", "alerts", "doubts", "duties", "meeting", "strategy"),
)


def main(place: Path) -> list[Row]:
    """Measure the pages against the demonstration.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures.

    Raises:
        RuntimeError: when a page shows an error.
    """
    # The harness warns at every turn that there is no server.
    logging.disable(logging.WARNING)
    village = largest_township()[0]
    visits = {
        "overview": visit("overview"),
        "map, city": visit("map"),
        "map, township": visit("map", village.township_code),
        "village": visit("village", village.village_code),
        **{name: visit(name) for name in _INSIGHT},
    }
    with installation(demo_folder(place)) as store, signed_in(store, "office"):
        measured = [_measured(name, at, store) for name, at in visits.items()]
    logging.disable(logging.NOTSET)
    return [row for rows in measured for row in rows]


@contextmanager
def signed_in(store: Store, role: str) -> Iterator[None]:
    """Sign a role of the demonstration in; the harness itself holds no cookie."""
    token = demo_token(store, role, SystemClock().now(), "")
    plain = looking.cookie_token
    setattr(looking, "cookie_token", lambda: token)  # noqa: B010
    try:
        yield
    finally:
        setattr(looking, "cookie_token", plain)  # noqa: B010


def visit(url_path: str, place_code: str = "") -> AppTest:
    """Return a page about a place, not run yet."""
    at = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=_TIMEOUT_S)
    # The harness cannot go to pages that are functions, but it hears this.
    at._page_hash = calc_hash(url_path)
    if place_code:
        at.query_params["place"] = place_code
    return at


def _measured(name: str, at: AppTest, store: Store) -> list[Row]:
    def cold() -> None:
        forget()
        run(at)

    def replay() -> None:
        for sql, params in asked:
            store.frame(sql, params)

    run(at)
    with _recorded() as asked:
        cold()
    in_rounds = in_turns({"cold": cold, "queries": replay}, _COLD_ROUNDS)
    run(at)
    warm = [seconds(lambda: run(at)) for _run_no in range(_WARM_RUNS)]
    return [
        Row(
            f"{name}: cold ÷ its queries",
            ratio(in_rounds["cold"], in_rounds["queries"]),
            "×",
            Target("at most", 3),
            {
                "cold_s": statistics.median(in_rounds["cold"]),
                "queries_s": statistics.median(in_rounds["queries"]),
                "queries": len(asked),
            },
        ),
        Row(
            f"{name}: warm",
            statistics.median(warm),
            "s",
            Target("under", 0.150),
            {"slowest_s": max(warm)},
        ),
    ]


def forget() -> None:
    """Empty the caches of all pages."""
    st.cache_resource.clear()
    st.cache_data.clear()


def run(at: AppTest) -> None:
    """Run a page once.

    Raises:
        RuntimeError: when it shows an error.
    """
    at.run()
    says = bool(at.subheader or at.title or at.info)
    says |= len(at.get("html")) >= _LEAST_SAID
    if at.exception or at.error or not says:
        said = [element.value for element in (*at.exception, *at.error)]
        raise RuntimeError(f"a page is not as it should be: {said}")


@contextmanager
def _recorded() -> Iterator[list[Query]]:
    """Write down what pages ask of the store."""
    asked: list[Query] = []
    plain = Store.frame

    def recording(store: Store, sql: str, params: Mapping[str, Any]) -> pd.DataFrame:
        asked.append((sql, dict(params)))
        return plain(store, sql, params)

    setattr(Store, "frame", recording)  # noqa: B010
    try:
        yield asked
    finally:
        setattr(Store, "frame", plain)  # noqa: B010
