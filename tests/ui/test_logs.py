"""Do the framework's loggers write through ours, those made later too?"""

import logging

import pytest
import streamlit.logger

from ui.logs import take_over_logs


def test_a_logger_made_later_has_no_handler_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        streamlit.logger, "setup_formatter", streamlit.logger.setup_formatter
    )
    root = logging.getLogger()
    level, held = root.level, root.handlers[:]
    take_over_logs()
    made = streamlit.logger.get_logger("streamlit.made_later")
    root.setLevel(level)
    root.handlers[:] = held
    assert (made.handlers, made.propagate) == ([], True)
