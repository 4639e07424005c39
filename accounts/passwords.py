"""Is this the password, and may it be one? Kept as argon2id, with its parameters."""

import os
import secrets
import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from base.errors import ShownError
from base.settings import settings
from base.words import _

# OWASP's choice for argon2id: 19 MiB, two passes, one lane.
_PASSES, _MEMORY_KIB, _LANES = 2, 19_456, 1
_SHORTEST, _LONGEST = 10, 128
# What counts as a hint in a password: 张三 does, 王 does not.
_SHORTEST_HINT = 2


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES
    )


@lru_cache(maxsize=1)
def _turns() -> threading.BoundedSemaphore:
    """Return as many turns as there are cores: a rush must not take all memory."""
    return threading.BoundedSemaphore(os.cpu_count() or 1)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hash_of(secrets.token_urlsafe())


def _normal(password: str) -> str:
    """Write a password as one keyboard or another would give it."""
    return unicodedata.normalize("NFKC", password)


def hash_of(password: str) -> str:
    """Return what is kept of a password."""
    with _turns():
        return _hasher().hash(_normal(password))


def is_password(typed: str, kept: str) -> bool:
    """Tell whether somebody typed the password.

    Args:
        typed: what was typed.
        kept: what `hash_of` gave; empty where there is no password or no account,
            which takes as long.
    """
    # before its turn: it takes one of its own the first time
    against = kept or _nobodys_hash()
    with _turns():
        try:
            _hasher().verify(against, _normal(typed[:_LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return kept != ""


def is_outdated(kept: str) -> bool:
    """Tell whether a hash was made with other parameters than those of today."""
    return _hasher().check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    text = (settings().data / "common_passwords.txt").read_text(encoding="utf-8")
    lines = (line.strip().casefold() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def require_good(password: str, hints: tuple[str, ...] = ()) -> None:
    """Refuse a password that others would guess; length counts, not the kinds of signs.

    Args:
        password: as chosen.
        hints: what others know: login name, the person's name, phone.

    Raises:
        ShownError: with what is wrong and how to do better.
    """
    normal = _normal(password)
    folded = normal.casefold()
    if len(normal) < _SHORTEST:
        raise ShownError(
            _("密码至少 {count} 个字符。可以用一句好记的话。", count=_SHORTEST)
        )
    if len(normal) > _LONGEST:
        raise ShownError(_("密码最多 {count} 个字符。", count=_LONGEST))
    known = (_normal(hint).casefold().strip() for hint in hints)
    if any(len(hint) >= _SHORTEST_HINT and hint in folded for hint in known):
        raise ShownError(
            _("密码里不能有登录名、姓名或手机号。请换一句别人猜不到的话。")
        )
    if folded in _common() or _is_repeated(folded) or _is_sequence(folded):
        raise ShownError(_("这个密码太常见，容易被猜到。请换一句别人猜不到的话。"))


def _is_repeated(text: str) -> bool:
    """Tell whether a text says a short part over and over: aaaaaaaaaa, 1212121212."""
    return any(
        text == (text[:length] * len(text))[: len(text)] for length in range(1, 4)
    )


def _is_sequence(text: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in zip(text, text[1:], strict=False)}
    around = {(ord(b) - ord(a)) % 10 for a, b in zip(text, text[1:], strict=False)}
    return (
        steps <= {1}
        or steps <= {-1}
        or (text.isdigit() and (around <= {1} or around <= {9}))
    )
