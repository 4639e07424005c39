"""What does a place code say, and which codes lie inside a scope?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.errors import ShownError
from base.place import Scope, level_of, parent_of, prefix_of

CODES = st.sampled_from([2, 4, 6, 9, 12]).flatmap(
    lambda length: st.text("12", min_size=length, max_size=length)
) | st.just("CN")


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("CN", "nation", "CN"),
        ("41", "province", "CN"),
        ("4105", "prefecture", "41"),
        ("410581", "county", "4105"),
        ("410581105", "township", "410581"),
        ("410581105203", "village", "410581105"),
    ],
)
def test_codes_nest(code: str, level: str, parent: str) -> None:
    assert level_of(code) == level
    assert parent_of(code) == parent
    assert prefix_of(code) == ("" if code == "CN" else code)


@pytest.mark.parametrize("code", ["", "4", "41058", "4105811052031", "41058a", "４１"])
def test_what_is_no_code_is_refused_in_words(code: str) -> None:
    with pytest.raises(ShownError, match="不是行政区划代码"):
        prefix_of(code)


@pytest.mark.parametrize(
    ("codes", "scope"),
    [
        ([], ()),
        (["CN", "41", "410581105203"], ("",)),
        (["410581105203", "410581105", "410581"], ("410581",)),
        (["410581105", "410581104", "410581105"], ("410581104", "410581105")),
        (["410581105203", "410581104"], ("410581104", "410581105203")),
        (["41", "4105", "42"], ("41", "42")),
    ],
)
def test_nested_codes_are_dropped(codes: list[str], scope: tuple[str, ...]) -> None:
    assert Scope.of(codes) == scope


def test_a_scope_of_what_is_no_code_is_refused() -> None:
    with pytest.raises(ShownError, match="林州"):
        Scope.of(["410581", "林州"])


def test_an_empty_scope_holds_nothing_and_the_nation_everything() -> None:
    assert not Scope.of([]).holds("CN")
    assert not Scope.of([]).holds("410581105203")
    assert Scope.of(["CN"]).holds("410581105203")
    assert Scope.of(["CN"]).holds("CN")
    assert not Scope.of(["410581"]).holds("4105")


@pytest.mark.parametrize(
    ("codes", "place", "narrowed"),
    [
        (["410581"], "410581105", ("410581105",)),
        (["410581105"], "410581", ("410581105",)),
        (["410581105"], "410581104", ()),
        (["410581105203", "410581104"], "410581105", ("410581105203",)),
        (["CN"], "CN", ("",)),
        ([], "CN", ()),
    ],
)
def test_a_scope_is_narrowed_and_never_widened(
    codes: list[str], place: str, narrowed: tuple[str, ...]
) -> None:
    assert Scope.of(codes).narrowed(place) == narrowed


@settings(max_examples=60, deadline=None)
@given(st.lists(CODES, max_size=5), CODES, CODES)
def test_scopes_as_sets_of_places(codes: list[str], place: str, other: str) -> None:
    scope = Scope.of(codes)
    is_held = any(code == "CN" or other.startswith(code) for code in codes)
    assert scope.holds(other) == (is_held if other != "CN" else "CN" in codes)
    inside = Scope(scope.narrowed(place))
    is_inside = place == "CN" or other.startswith(place)
    assert inside.holds(other) == (scope.holds(other) and is_inside)
    assert Scope.of(prefix or "CN" for prefix in scope) == scope
