"""Is a password kept as promised, and are those refused that others would guess?"""

import threading

import pytest
from argon2 import PasswordHasher

from accounts.passwords import hash_of, is_outdated, is_password, require_good
from base.errors import ShownError
from tests.accounts.people import PASSWORD


def test_a_password_is_kept_with_its_parameters() -> None:
    kept = hash_of(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_password(PASSWORD, kept)
    assert not is_password(PASSWORD + "。", kept)
    assert not is_outdated(kept)


def test_width_does_not_matter() -> None:
    assert is_password("ａbc１２３４５６７８９", hash_of("abc123456789"))


@pytest.mark.parametrize("kept", ["", "no hash at all"])
def test_where_there_is_no_password_nothing_fits(kept: str) -> None:
    assert not is_password("", kept)
    assert not is_password(PASSWORD, kept)


def test_hashes_of_other_parameters_are_outdated() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    assert is_password(PASSWORD, old)
    assert is_outdated(old)


def test_many_at_once_end() -> None:
    kept = hash_of(PASSWORD)
    found: list[bool] = []
    threads = [
        threading.Thread(target=lambda: found.append(is_password(PASSWORD, kept)))
        for _number in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 6


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("短密码", "至少 10 个字符"),
        ("长" * 129, "最多 128 个字符"),
        ("我是王五不是别人真的", "登录名、姓名或手机号"),
        ("my WANG-five password", "登录名、姓名或手机号"),
        ("tel13800000000", "登录名、姓名或手机号"),
        ("Password1234", "太常见"),
        ("1Q2W3E4R5T", "太常见"),
        ("aaaaaaaaaaaa", "太常见"),
        ("12121212121", "太常见"),
        ("abcabcabcabc", "太常见"),
        ("2345678901", "太常见"),
        ("zyxwvutsrqp", "太常见"),
    ],
)
def test_what_others_would_guess_is_refused(password: str, message: str) -> None:
    with pytest.raises(ShownError, match=message):
        require_good(password, ("wang-five", "王五", "13800000000"))


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "abcdefghij!"])
def test_length_is_enough(password: str) -> None:
    require_good(password, ("wang-five", "王五", "", "1"))
    assert len(password) >= 10
