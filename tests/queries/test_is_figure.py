"""Is it known which answers move with papers that only wait?"""

import pytest

from queries import is_figure


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("places/names", True),
        ("solar/months", True),
        ("village/owed", False),
        ("review/history", False),
        ("actions/list", False),
    ],
)
def test_what_reads_papers_that_wait_is_no_figure(name: str, expected: bool) -> None:
    assert is_figure(name) is expected
