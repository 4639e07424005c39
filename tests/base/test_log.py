"""Does a line of the log say what happened and of which request, and no secret?"""

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest

from base import log
from base.log_out import Unhurried
from base.settings import settings

TOKEN = "vt_4f9a0b1c2d3e4f5a6b7c8d9e"
SAID = f"no row for 张三 in 'secret.xlsx' by {TOKEN}, only 3 of 12"


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[str]]]:
    """Gives the lines that were logged since it was asked; settings are read anew."""
    root = logging.getLogger()
    level = root.level
    settings.cache_clear()

    def written() -> list[str]:
        for one in root.handlers:
            one.flush()
        return capsys.readouterr().err.splitlines()

    yield written
    for one in [*root.handlers]:
        if isinstance(one, Unhurried):
            root.removeHandler(one)
            one.close()
    root.setLevel(level)
    settings.cache_clear()


def last(lines: Callable[[], list[str]]) -> dict[str, object]:
    told = json.loads(lines()[-1])
    assert isinstance(told, dict)
    return told


def test_an_event_bears_the_id_of_what_is_under_way(
    lines: Callable[[], list[str]],
) -> None:
    log.set_up_logs()
    with log.under("a1b2c3d4"):
        log.event("request", route="/drafts", status=200, actor=None)
    told = last(lines)
    assert told.pop("time")
    assert told == {
        "level": "info",
        "event": "request",
        "request_id": "a1b2c3d4",
        "route": "/drafts",
        "status": 200,
    }
    log.event("later")
    assert "request_id" not in last(lines)


def test_plain_lines_are_for_eyes(
    lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_LOG", "plain")
    log.set_up_logs()
    log.event("slow query", logging.WARNING, name="progress/path", ms=1200)
    [said] = lines()
    assert said.endswith("WARNING slow query name=progress/path ms=1200")


def test_less_than_the_level_is_left_out(
    lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_LOG_LEVEL", "warning")
    log.set_up_logs()
    log.event("request")
    assert lines() == []


def fails(text: str) -> None:
    raise ValueError(text)


def test_a_trace_tells_where_and_not_what_people_wrote(
    lines: Callable[[], list[str]],
) -> None:
    log.set_up_logs()
    try:
        try:
            fails(SAID)
        except ValueError as inner:
            raise KeyError("outer") from inner
    except KeyError:
        logging.getLogger("some.module").exception("it failed")
    told = last(lines)
    trace = str(told["trace"])
    assert "in fails" in trace
    assert "ValueError: no row for … in … by …, only 3 of 12" in trace
    assert trace.endswith("KeyError: …")
    for secret in ("张三", "secret.xlsx", TOKEN):
        assert secret not in trace
    assert told["logger"] == "some.module"


def test_servers_go_the_same_way_without_queries(
    lines: Callable[[], list[str]],
) -> None:
    server = logging.getLogger("uvicorn")
    server.addHandler(logging.StreamHandler(io.StringIO()))
    server.propagate = False
    log.set_up_logs()
    assert (server.handlers, server.propagate) == ([], True)
    server.warning('"GET %s" refused', "/files?token=abc&name=x")
    assert last(lines)["event"] == '"GET /files" refused'
    logging.getLogger("uvicorn.error").info('"WebSocket /x?y=1" [accepted]')
    assert lines() == []


@pytest.mark.parametrize(
    ("given", "is_good"),
    [
        ("4bf92f3577b34da6", True),
        ("a.b-c_d.1234", True),
        ("short", False),
        ("x" * 65, False),
        ("abcd efgh", False),
        ("abcdefgh\n", False),
    ],
)
def test_only_well_formed_ids_are_taken_over(given: str, is_good: bool) -> None:
    assert log.is_well_formed(given) is is_good
    assert log.is_well_formed(log.new_id())
