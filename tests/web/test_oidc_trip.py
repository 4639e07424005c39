"""Does a sealed trip open once, in time, with its own key and state?"""

import time
from pathlib import Path

import pytest

from web import oidc_trip
from web.oidc_trip import Trip, Trips, trips

TRIP = Trip("http://127.0.0.1/oidc/return", "/a")


def test_a_trip_opens_once() -> None:
    some = Trips(b"k" * 32)
    cookie = some.sealed(TRIP)
    assert some.opened(cookie, TRIP.state) == TRIP
    assert some.opened(cookie, TRIP.state) is None


@pytest.mark.parametrize(
    ("cookie", "state"),
    [("", "x"), ("a.b.c", "x"), ("é", "é"), (Trips(b"o" * 32).sealed(TRIP), "")],
)
def test_what_is_no_trip_does_not_open(cookie: str, state: str) -> None:
    assert Trips(b"k" * 32).opened(cookie, state or TRIP.state) is None


def test_a_wrong_state_uses_nothing_up() -> None:
    some = Trips(b"k" * 32)
    cookie = some.sealed(TRIP)
    assert some.opened(cookie, "another") is None
    assert some.opened(cookie, TRIP.state) == TRIP


def test_a_trip_that_took_too_long_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    some = Trips(b"k" * 32)
    cookie = some.sealed(TRIP)
    monkeypatch.setattr(oidc_trip, "LASTS_S", -1)
    assert some.opened(cookie, TRIP.state) is None


def test_what_was_used_is_forgotten_once_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = Trips(b"k" * 32)
    for _number in range(3):
        trip = Trip("", "/")
        assert some.opened(some.sealed(trip), trip.state) == trip
    assert len(some._used) == 3
    monkeypatch.setattr(time, "monotonic", lambda: 1e12)
    assert some.opened(some.sealed(TRIP), TRIP.state) == TRIP
    assert list(some._used) == [TRIP.state]


def test_no_two_trips_are_alike() -> None:
    some = [Trip("", "/") for _number in range(3)]
    secrets = {secret for trip in some for secret in (trip.state, trip.nonce)}
    assert len(secrets | {trip.verifier for trip in some}) == 9


def test_the_key_stays(var: Path) -> None:
    key = var / "run" / "oidc.key"
    cookie = trips().sealed(TRIP)
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key.parent.iterdir()] == ["oidc.key"]
    assert Trips(key.read_bytes()).opened(cookie, TRIP.state) == TRIP
    assert trips() is trips()
