"""Who looks and sends, and what may they?"""

import pytest

from base.place import Scope
from base.roles import DECIDE, ROLES, SEE, UPLOAD
from base.settings import settings
from base.viewer import Viewer, operator, system_viewer


def test_whoever_holds_the_machine_sees_the_city_and_no_more() -> None:
    viewer = operator()
    assert tuple(viewer.scope) == ("410581",)
    assert viewer.scope.holds("410581105203")
    assert not viewer.scope.holds("410522105203")
    assert viewer.is_deciding


def test_the_city_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_CITY", "410522")
    settings.cache_clear()
    try:
        assert system_viewer().scope == ("410522",)
    finally:
        settings.cache_clear()


def test_a_role_that_is_not_known_may_nothing() -> None:
    viewer = Viewer("某人", "mayor", Scope.of(["410581"]))
    assert not any(viewer.may(what) for role in ROLES.values() for what in role.may)


@pytest.mark.parametrize(
    ("role", "sees", "uploads", "decides"),
    [
        ("leader", True, False, False),
        ("secretary", True, True, False),
        ("township", True, True, False),
        ("department", True, False, False),
        ("office", True, True, True),
        ("admin", False, False, False),
    ],
)
def test_what_each_role_may(
    role: str, sees: bool, uploads: bool, decides: bool
) -> None:
    viewer = Viewer("某人", role, Scope(()))
    assert (viewer.may(SEE), viewer.may(UPLOAD), viewer.may(DECIDE)) == (
        sees,
        uploads,
        decides,
    )


def test_a_viewer_is_narrowed_to_a_place_inside_its_scope_only() -> None:
    viewer = Viewer("某人", "township", Scope.of(["410581105"]), actor="u3")
    assert viewer.within("410581105203").scope == ("410581105203",)
    assert viewer.within("410581").scope == ("410581105",)
    assert viewer.within("410581106").scope == ()
    assert viewer.within("410581106").signature == "u3"
