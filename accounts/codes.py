"""What is a one-time code, and is this the one that was handed out?"""

import hashlib
import secrets
import unicodedata

# Without 0 O, 1 I L: codes are read from paper and typed on phones.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH, _GROUP = 10, 5
# A code is random (49 bits) and lives for days, so it needs no slow hash against
# guessing; these rounds cost a thief of the table years, and 589 codes half a second.
_ROUNDS = 2_000
_SALT_BYTES = 16


def new_code() -> str:
    """Make a code: ten characters in two groups, XXXXX-XXXXX."""
    text = "".join(secrets.choice(_ALPHABET) for _number in range(_LENGTH))
    return f"{text[:_GROUP]}-{text[_GROUP:]}"


def hash_of(code: str) -> str:
    """Return what is kept of a code: its salt and its hash."""
    salt = secrets.token_hex(_SALT_BYTES)
    return f"{salt}${_digest(code, salt)}"


def is_code(typed: str, kept: str) -> bool:
    """Tell whether somebody typed a code; case, blanks and hyphens do not matter.

    Args:
        typed: what was typed.
        kept: what `hash_of` gave; empty where there is no code, which takes as long.
    """
    salt, _dollar, digest = kept.partition("$")
    is_same = secrets.compare_digest(_digest(typed, salt), digest)
    return is_same and kept != ""


def _digest(code: str, salt: str) -> str:
    folded = unicodedata.normalize("NFKC", code).upper()
    plain = "".join(letter for letter in folded if letter in _ALPHABET)
    return hashlib.pbkdf2_hmac("sha256", plain.encode(), salt.encode(), _ROUNDS).hex()
