"""Who is looking at which installation, at which moment? Asked once a run of a page."""

import threading
import time
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

import queries
from accounts import COOKIE, sessions
from base.catalogue import Target, catalogue
from base.clock import FixedClock, SystemClock
from base.errors import ShownError
from base.month import last_day
from base.place import LENGTHS
from base.roles import SEE
from base.settings import settings
from base.viewer import Viewer, system_viewer
from base.words import _
from etl.door import clock_of, opened
from queries import Moment
from store import Store
from ui.noticing import Noticed

# A run asks twice who is there, at its start and by its page.
_MOMENT_S = 1.0
_just_now = threading.local()


@dataclass(frozen=True)
class Looking:
    """What every page needs: store, viewer, moment, target, and if all is invented.

    `latest` is the day that is shown when none is asked for.
    """

    store: Store
    viewer: Viewer
    moment: Moment
    latest: date
    target: Target
    is_demo: bool

    @property
    def reading(self) -> Target:
        """Return the target as it is defined on the day that is looked at."""
        return self.target.on(self.moment.as_of)

    @property
    def home(self) -> str:
        """Return the smallest place that holds all that the viewer may see."""
        return self.viewer.scope.common

    def at_target(self, target: Target) -> "Looking":
        """Return the same look at another target."""
        return replace(self, target=target)

    def within(self, place_code: str) -> Viewer:
        """Return this viewer, narrowed to a place."""
        return self.viewer.within(place_code)


def cookie_token() -> str:
    """Return the token of the session that the browser sends along."""
    return st.context.cookies.get(COOKIE, "")


def session_key() -> str:
    """Return what is kept of the token: by it the session's own things are found."""
    return sessions.token_hash(cookie_token())


def signed_in() -> Viewer | None:
    """Return who is signed in, asked anew at every run of a page."""
    token = cookie_token()
    viewer = sessions.find(opened_store(), token, SystemClock().now())
    _just_now.asked = (token, time.monotonic(), viewer)
    return viewer


def _still_signed_in() -> Viewer | None:
    """Return who is signed in; the same run has asked a moment ago."""
    token, at, viewer = getattr(_just_now, "asked", ("", 0.0, None))
    if token == cookie_token() and time.monotonic() - at < _MOMENT_S:
        return viewer
    return signed_in()


def looking(as_of: date | None = None, may: str = SEE) -> Looking:
    """Return who looks at what, now.

    Args:
        as_of: the day asked for; default the one in the address (`?as_of=2018-09`),
            else the latest for which there is enough.
        may: what the page is for; whoever may not is refused.

    Raises:
        ShownError: when nobody is signed in, or somebody who may not.
    """
    store = opened_store()
    viewer = _still_signed_in()
    if viewer is None:
        raise ShownError(_("登录已过期，请重新登录。"))
    if not viewer.may(may):
        raise ShownError(_("您的账号不能看这一页。"))
    clock = clock_of(store)
    now = queries.moment_now(store, viewer, clock, ask_day=_default_day)
    now = replace(now, activity_no=_noticed(store, viewer, now))
    moment = now.no_later(as_of or asked_day())
    is_demo = isinstance(clock, FixedClock)
    return Looking(store, viewer, moment, now.as_of, asked_target(), is_demo)


def _default_day(store: Store, viewer: Viewer, head: Moment) -> date:
    """Return the day that is shown when none is asked for, asked once a change."""
    activity_no = _noticed(store, viewer, head)
    key = (str(store.folder), head.version_no, activity_no, head.today)
    return _day_of(key, store, viewer, head)


def _noticed(store: Store, viewer: Viewer, moment: Moment) -> int:
    """Return the number of changes that a viewer's pages know of."""
    known = _noticing(str(store.folder)).of(moment.activity_no, time.monotonic())
    return max(known, store.changed_by(viewer.signature))


@st.cache_resource(show_spinner=False, max_entries=8)
def _noticing(folder: str) -> Noticed:
    return Noticed()


@st.cache_resource(show_spinner=False, max_entries=32, ttl=3600)
def _day_of(
    key: tuple[object, ...], _store: Store, _viewer: Viewer, _head: Moment
) -> date:
    return queries.default_day(_store, _viewer, _head)


def opened_store() -> Store:
    """Return the store of this installation."""
    return _opened(str(settings().var))


@st.cache_resource(show_spinner=False, max_entries=8)
def _opened(folder: str) -> Store:
    return opened()


def asked_day() -> date | None:
    """Return the month end that the address names (`?as_of=2018-09`), or None."""
    try:
        return last_day(date.fromisoformat(f"{st.query_params['as_of']}-01"))
    except (KeyError, ValueError):
        return None


def asked_target() -> Target:
    """Return the target that the address names (`?target=…`), else the headline."""
    asked = st.query_params.get("target")
    fitting = [target for target in catalogue().targets if target.id == asked]
    return fitting[0] if fitting else catalogue().headline()


def asked_place(viewer: Viewer) -> str:
    """Return the place that the address names, where the viewer may see it.

    Anything else, unknown or outside the scope, is answered with the smallest place
    that holds all that the viewer may see.
    """
    code = str(st.query_params.get("place", ""))
    is_code = code.isascii() and code.isdecimal() and len(code) in LENGTHS.values()
    return code if is_code and viewer.scope.holds(code) else viewer.scope.common


def is_dark() -> bool:
    """Tell whether the browser shows the dark theme."""
    return st.context.theme.type == "dark"


def has_ledgers(store: Store) -> bool:
    """Tell whether any ledger has come in yet, from whatever place."""
    folder = str(store.folder)
    if folder not in _with_ledgers():
        found = queries.run("time/has_ledgers", system_viewer(), store)
        if not found["has_ledgers"].iloc[0]:
            return False
        _with_ledgers().add(folder)
    return True


@st.cache_resource(show_spinner=False, ttl=60)
def _with_ledgers() -> set[str]:
    return set()
