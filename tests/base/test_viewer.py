"""Who looks before there are accounts?"""

import pytest

from base.settings import settings
from base.viewer import city_viewer


def test_the_city_sees_itself_and_no_more() -> None:
    viewer = city_viewer()
    assert tuple(viewer.scope) == ("410581",)
    assert viewer.scope.holds("410581105203")
    assert not viewer.scope.holds("410522105203")


def test_the_city_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_CITY", "410522")
    settings.cache_clear()
    try:
        assert city_viewer().scope == ("410522",)
    finally:
        settings.cache_clear()
