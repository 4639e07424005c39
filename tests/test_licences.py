"""Is every package that the dashboard runs on listed, and its licence looked at?"""

from email.message import Message

import pytest

from tests.licences import ALLOWED, PLACE, Package, licence_of, packages, required, text


def test_the_list_is_of_what_is_required_and_installed() -> None:
    found = {one.name: one for one in packages()}
    assert {n: one.version for n, one in found.items() if one.is_named} == required()
    assert PLACE.read_text(encoding="utf-8") == text()


def test_no_licence_came_in_that_nobody_looked_at() -> None:
    odd = {one.name: one.licence for one in packages() if one.licences - ALLOWED}
    assert odd == {}


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": "MIT"}, "MIT"),
        ({"License": "3-Clause BSD License"}, "BSD-3-Clause"),
        ({"License": "Copyright (c) A", "Classifier": "MIT License"}, "MIT"),
        ({"License": "GPL-3.0"}, "GPL-3.0"),
        ({}, ""),
    ],
)
def test_a_licence_is_told_as_far_as_a_package_says(
    fields: dict[str, str], licence: str
) -> None:
    said = Message()
    for name, value in fields.items():
        is_kind = name == "Classifier"
        said[name] = f"License :: OSI Approved :: {value}" if is_kind else value
    assert licence_of(said) == licence  # type: ignore[arg-type]


def test_one_of_two_that_is_not_allowed_is_seen() -> None:
    assert Package("a", "1", "MIT AND GPL-3.0", True).licences - ALLOWED == {"GPL-3.0"}
    assert Package("a", "1", "", True).licences - ALLOWED
