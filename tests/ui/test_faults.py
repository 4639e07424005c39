"""Does a page that fails say so in words, with the id under which the log tells why?"""

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from ui.faults import BROKEN

SECRET = "柳泉村的数"
NUMBER = re.compile(r"编号：([0-9a-f]{16})$")


def _guarded() -> None:
    import streamlit as st

    from base.errors import ShownError
    from store import StoreError
    from ui.frame import guarded

    kinds = {"shown": ShownError, "store": StoreError, "value": ValueError}

    def page() -> None:
        st.title("before")
        raise kinds[st.query_params["kind"]](st.query_params["text"])

    guarded(page)


def run(kind: str) -> AppTest:
    app = AppTest.from_function(_guarded, default_timeout=30)
    app.query_params["kind"] = kind
    app.query_params["text"] = SECRET
    return app.run()


def test_an_unexpected_error_is_told_with_its_id(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ids: list[str] = []

    class Ids(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            from base.log import request_id

            ids.append(request_id())
            return True

    with caplog.at_level(logging.INFO, "village"):
        caplog.handler.addFilter(seen := Ids())
        app = run("value")
        caplog.handler.removeFilter(seen)
    [told] = [one.value for one in app.error]
    assert told.startswith(BROKEN)
    found = NUMBER.search(told)
    assert found is not None
    # the line is written under the id that the page shows
    assert found[1] in ids
    assert SECRET not in told
    assert not app.exception
    [record] = [one for one in caplog.records if one.name == "village"]
    assert record.getMessage() == "page failed"
    assert record.exc_info is not None
    assert record.exc_info[0] is ValueError


def test_each_run_has_an_id_of_its_own() -> None:
    first, second = (run("value").error[0].value for _ in range(2))
    assert first != second


def test_what_is_meant_for_people_is_told_as_it_is() -> None:
    assert [one.value for one in run("shown").error] == [SECRET]


def test_a_busy_store_asks_for_patience(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "village"):
        told = run("store").error[0].value
    assert "请稍等片刻" in told
    own = [one.levelname for one in caplog.records if one.name == "village"]
    assert own == ["WARNING"]


def test_what_fails_apart_from_a_page_is_told_too() -> None:
    script = (
        "from ui.faults import script_failed\n"
        f"assert script_failed(ValueError('{SECRET}')) is True\n"
    )
    app = AppTest.from_string(script, default_timeout=30).run()
    assert NUMBER.search(app.error[0].value)
    assert not app.exception
