"""From which sign-in does a browser come back? A signed cookie knows it, once."""

import hashlib
import hmac
import os
import secrets
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from base.settings import settings

COOKIE = "village_oidc"
COOKIE_PATH = "/oidc/"
LASTS_S = 600
_KEY_BYTES = 32
# A cookie holds 4 KB; whoever asked for a longer address starts at the first page.
_LONGEST_NEXT = 1_000
_TURN = threading.Lock()


@dataclass(frozen=True)
class Trip:
    """What a browser takes along to the provider and back.

    `state` ties the way back to this browser, `nonce` the ID token to this trip, and
    `verifier` the code to whoever asked for it; `to` is the page to go to then.
    """

    redirect: str
    to: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(_KEY_BYTES))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(_KEY_BYTES))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(_KEY_BYTES))


class Trips:
    """Seals trips into cookies, and opens each once.

    Args:
        key: of this installation.
    """

    def __init__(self, key: bytes) -> None:
        self._seal = URLSafeTimedSerializer(
            key, salt="oidc", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._used: dict[str, float] = {}

    def sealed(self, trip: Trip) -> str:
        """Return a trip as a cookie keeps it."""
        to = trip.to if len(trip.to) <= _LONGEST_NEXT else "/"
        return str(self._seal.dumps({**asdict(trip), "to": to}))

    def opened(self, cookie: str, state: str) -> Trip | None:
        """Return the trip of a cookie, or None where it is not this one, or is over.

        Args:
            cookie: as the browser sends it.
            state: as the provider sends it back.
        """
        try:
            trip = Trip(**self._seal.loads(cookie, max_age=LASTS_S))
        except BadSignature:
            return None
        if not hmac.compare_digest(trip.state.encode(), state.encode()):
            return None
        with _TURN:
            now = time.monotonic()
            self._used = {used: over for used, over in self._used.items() if over > now}
            if trip.state in self._used:
                return None
            # signatures count whole seconds
            self._used[trip.state] = now + LASTS_S + 1
        return trip


_known: dict[Path, Trips] = {}


def trips() -> Trips:
    """Return the trips of this installation; its key is made when first needed."""
    path = settings().var / "run" / "oidc.key"
    with _TURN:
        if path not in _known:
            _known[path] = Trips(_key(path))
        return _known[path]


def _key(path: Path) -> bytes:
    """Return the key in a file; two processes that make it at once keep one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # a temporary file is its owner's alone; a link never replaces what is there
        number, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(number, "wb") as out:
            out.write(secrets.token_bytes(_KEY_BYTES))
        new = Path(name)
        try:
            path.hardlink_to(new)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_bytes()
