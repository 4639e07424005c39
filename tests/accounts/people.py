"""Whom do the tests of accounts speak of?"""

from datetime import datetime, timedelta

from accounts.people import Given, Person, create
from accounts.sign_in import choose_password
from base.place import Scope
from base.viewer import Viewer
from store import Store

NOW = datetime(2018, 11, 16, 9)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
VILLAGE, OTHER, TOWNSHIP = "410581105200", "410581105203", "410581105"
ADMIN = Viewer("管理员", "admin", Scope(), "u0")
OFFICE = Viewer("专班", "office", Scope.of(["410581"]), "u9")
PASSWORD = "红旗渠边三棵老柿子树"


def given(store: Store, login_name: str = "wang", **said: object) -> Given:
    """Give 王五, secretary of a village, an account."""
    person = {"role": "secretary", "places": (VILLAGE,), "person_name": "王五"} | said
    return create(store, ADMIN, Person(login_name, **person), NOW)  # type: ignore[arg-type]


def signed_in(store: Store, login_name: str = "wang", **said: object) -> str:
    """Give an account and choose its password; return the session's token."""
    made = given(store, login_name, **said)
    token = choose_password(store, login_name, made.code, PASSWORD, NOW).token
    assert token
    return token


def acts(store: Store) -> list[tuple[str, str, str]]:
    """Return what the audit tells of accounts: act, by whom, on whom."""
    return store.rows(
        "select action, actor, subject from ops.audit "
        "where journal_line is null order by audit_no"
    )
