"""Who may ask for what? A row per address and thing; whom it does not name is refused.

The command writes the table for people: python -m tests.web.access
"""

import ast
from dataclasses import dataclass
from pathlib import Path

from base.roles import ACCOUNTS, AUDIT, MEETINGS, ROLES, SEE, UPLOAD
from reports.tables import TABLES
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.web.doors import ALL, FAR, NOBODY, PEOPLE, PICTURE, PROGRAM, TOWN, june

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "docs" / "access.md"

SIGNED_IN = tuple(PEOPLE)
OPEN = ALL
NONE: tuple[str, ...] = ()
# Whose places hold 柳泉, a village of 河顺镇.
CITY_WIDE = ("leader", "office")
OF_TOWN = ("township", "town leader", *CITY_WIDE)
OF_FAR_TOWN = ("far township", "far leader", *CITY_WIDE)
OF_LIUQUAN = ("secretary", "department", *OF_TOWN)
OF_DONGLI = ("neighbour", *OF_TOWN)
OF_FAR = ("far secretary", "far department", *OF_FAR_TOWN)
SEEING = tuple(name for name in PEOPLE if name != "admin")
# Secretaries and departments neither call nor see meetings.
MEETING = ("township", "far township", "town leader", "far leader", *CITY_WIDE)
SENDING = (
    *("secretary", "neighbour", "far secretary", "township", "far township", "office"),
)
DUTIFUL = ("department", "far department", *MEETING)
REVIEWED = ("doubts", "spot-checks")


@dataclass(frozen=True)
class Row:
    """An address of the server, the thing asked for, and whom it lets in.

    `good` is what whoever is let in is answered; everybody else is refused, or led to
    the first page where `is_led`.
    """

    method: str
    route: str
    thing: str
    path: str
    allowed: tuple[str, ...]
    content: bytes = b""
    good: int = 200
    is_led: bool = False

    @property
    def key(self) -> str:
        """Return what the row is called in tests."""
        return f"{self.method} {self.route} {self.thing}".strip()


def pages() -> list[str]:
    """Return the names of all pages, as the shell lists them."""
    tree = ast.parse((ROOT / "pages" / "shell.py").read_text(encoding="utf-8"))
    listed = next(
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Assign)
        and isinstance(one.value, ast.Dict)
        and "known" in ast.unparse(one.targets[0])
    )
    return [str(ast.literal_eval(key)) for key in listed.keys if key is not None]


def who_is_offered(page: str) -> tuple[str, ...]:
    """Return who is offered a page under its own address; a first page is the root."""
    return tuple(
        name for name, (role, _codes) in PEOPLE.items() if page in ROLES[role].pages[1:]
    )


# What nobody lists falls to no one; these pages were agreed with the city.
PAGES = {
    "report": ("township", "far township", "office"),
    "review": ("township", "far township", "office"),
    "alerts": SEEING,
    "actions": SEEING,
    "village": SEEING,
    **dict.fromkeys(
        ("map", "reporting", "outlook", "gaps", "sources", "solar", "joint"),
        ("department", "far department", *MEETING),
    ),
    "doubts": MEETING,
    "meeting": MEETING,
    "strategy": MEETING,
    "duties": ("department", "far department", *MEETING),
    "people": ("office",),
    "audit": ("office", "admin"),
    "system": ("admin",),
    # the first page of whoever is offered it
    "overview": NONE,
}


def rows() -> list[Row]:
    """Return the table: deep links first, and last what ends the session."""
    return [*_pages(), *_framework(), *_open(), *_files(), *_tables(), *_sending()]


def _pages() -> list[Row]:
    told = [
        Row("GET", f"/{page}", "", f"/{page}?place={LIUQUAN}", allowed, is_led=True)
        for page, allowed in PAGES.items()
    ]
    # while there is no figure yet it is what the first page shows
    welcome = Row("GET", "/welcome", "", "/welcome", NONE, is_led=True)
    return [*told, welcome, Row("GET", "/", "", "/", SIGNED_IN)]


def _framework() -> list[Row]:
    seen = [("/_stcore/health", "/_stcore/health")]
    seen += [("/_stcore/host-config", "/_stcore/host-config")]
    # without a socket it is an address as any other
    seen += [("/_stcore/stream", "/_stcore/stream")]
    seen += [("", "/favicon.png"), ("", "/no/such/page")]
    closed = [("/_stcore/metrics", "/_stcore/metrics")]
    closed += [("/_stcore/agent/openapi.json", "/_stcore/agent/openapi.json")]
    closed += [("/auth/login", "/auth/login"), ("/auth/logout", "/auth/logout")]
    closed += [("/oauth2callback", "/oauth2callback?code=x&state=x")]
    closed += [("/component/{path:path}", "/component/x/index.html")]
    closed += [("/media/{file_id:path}", "/media/x.png")]
    closed += [("/_stcore/bidi-components/{path:path}", "/_stcore/bidi-components/x")]
    programs = ("/_stcore/agent/interact", "/_stcore/agent/mcp")
    upload = "/_stcore/upload_file/{session_id}/{file_id}"
    return [
        *(Row("GET", route, "", path, SIGNED_IN) for route, path in seen),
        *(Row("GET", route, "", path, NONE) for route, path in closed),
        *(Row("POST", route, "", route, NONE, b"{}") for route in programs),
        *(
            Row(method, upload, "", "/_stcore/upload_file/a/b", NONE, b"x")
            for method in ("PUT", "DELETE")
        ),
    ]


def _open() -> list[Row]:
    wrong = b"form:name=office.1&secret=wrong&password=wrong&again=wrong"
    under = ("/api/v1/{rest:path}", "/oidc/{rest:path}")
    exact = (
        *("/commands", "/healthz", "/metrics", "/password", "/readyz", "/set-up"),
        *("/sign-in", "/sign-out"),
    )
    return [
        Row("GET", "/healthz", "", "/healthz", OPEN),
        Row("GET", "/readyz", "", "/readyz", OPEN),
        # a token of the API is not the one of the metrics
        Row("GET", "/metrics", "from this machine", "/metrics", (NOBODY, *SIGNED_IN)),
        Row("GET", "/sign-in", "", "/sign-in", OPEN),
        Row("GET", "/password", "", "/password", OPEN),
        Row("GET", "/set-up", "once there is an admin", "/set-up", NONE),
        Row("GET", "/oidc/start", "without a provider", "/oidc/start", NONE),
        Row("GET", "/oidc/return", "without a trip", "/oidc/return?state=x", NONE),
        Row("GET", "/account", "", "/account", SIGNED_IN),
        Row("POST", "/sign-in", "a wrong secret", "/sign-in", NONE, wrong),
        Row("POST", "/password", "a wrong secret", "/password", NONE, wrong),
        Row("POST", "/set-up", "once there is an admin", "/set-up", NONE, wrong),
        Row("POST", "/commands", "without its token", "/commands", NONE, b"{}"),
        *(Row("DELETE", route, "", route, NONE) for route in exact),
        *(
            Row(method, route, "", route.replace("{rest:path}", "x"), NONE)
            for route in under
            for method in ("GET", "PUT")
        ),
    ]


def _files() -> list[Row]:
    template, month = "/files/template/{place}/{month}", "2018-06"
    blanks = (
        (LIUQUAN, "own village", ("secretary", "township", "office")),
        (
            DONGLI,
            "another village of the township",
            ("neighbour", "township", "office"),
        ),
        (FAR, "another township's", ("far secretary", "far township", "office")),
        (TOWN, "the township", ("township", "office")),
    )
    papers = (
        ("secretary paper", OF_LIUQUAN),
        ("neighbour paper", OF_DONGLI),
        ("far secretary paper", OF_FAR),
        ("township paper", OF_TOWN),
        ("city paper", CITY_WIDE),
    )
    line, meeting = "{line:int}", "/files/meeting/{number:int}/{kind}"
    managing = ("office", "admin")
    return [
        *(
            Row("GET", template, thing, f"/files/template/{code}/{month}", allowed)
            for code, thing, allowed in blanks
        ),
        *(
            Row("GET", route, thing, f"{start}[{thing}]", allowed)
            for route, start in (
                ("/files/original/{number:int}", "/files/original/"),
                ("/files/marked/{which}", "/files/marked/sent-"),
            )
            for thing, allowed in papers
        ),
        Row(
            *("GET", "/files/marked/{which}", "a draft", "/files/marked/[draft]"),
            ("secretary",),
        ),
        Row(
            "GET",
            f"/files/evidence/{line}",
            "",
            "/files/evidence/[evidence]",
            OF_LIUQUAN,
        ),
        Row("GET", f"/files/action/{line}", "", "/files/action/[step]", OF_LIUQUAN),
        Row(
            "GET",
            "/meetings/{number:int}/screen",
            "",
            "/meetings/[meeting]/screen",
            MEETING,
        ),
        Row(
            "GET", meeting, "of the city", "/files/meeting/[meeting]/[kind]", CITY_WIDE
        ),
        Row(
            *("GET", f"{meeting}/{{place}}", "of the township"),
            *(f"/files/meeting/[meeting]/[town kind]/{TOWN}", OF_TOWN),
        ),
        Row(
            *(
                "GET",
                "/files/accounts-template.xlsx",
                "",
                "/files/accounts-template.xlsx",
            ),
            managing,
        ),
        Row("GET", "/files/codes/{handle}", "nobody's", "/files/codes/x", NONE),
        Row("GET", "/files/handover", "own", "/files/handover", SEEING),
        Row(
            *(
                "GET",
                "/files/handover/{login_name}",
                "柳泉's",
                "/files/handover/[login]",
            ),
            ("secretary", "office"),
        ),
        Row("GET", "/files/personal-data", "own", "/files/personal-data", SIGNED_IN),
        Row(
            *(
                "GET",
                "/files/personal-data/{login_name}",
                "of the first secretary of 柳泉",
                "/files/personal-data/[login]",
            ),
            ("secretary", "admin"),
        ),
        Row("GET", "/files/audit.xlsx", "", "/files/audit.xlsx", managing),
    ]


def _tables() -> list[Row]:
    route, end = "/files/table/{which}", "?meeting=[meeting]&target=below_50k"
    return [
        Row("GET", route, table, f"/files/table/{table}.csv{end}", who_gets(table))
        for table in TABLES
    ]


def who_gets(table: str) -> tuple[str, ...]:
    """Return who gets lines of a table; each those of the own places alone."""
    if table.startswith("meeting-") or table in REVIEWED:
        return MEETING
    if table.startswith(("duties-", "assessment-")):
        return DUTIFUL
    return SEEING


def _sending() -> list[Row]:
    api, own = "/api/v1/submissions", june(LIUQUAN)
    evidence, proof = "/evidence/{number:int}", "/actions/{number:int}/evidence"
    paper = "/evidence/[secretary paper]"
    answering = ("secretary", "department", "township", "office")
    return [
        Row("POST", "/drafts", "a ledger", "/drafts?name=a.xlsx", SENDING, own),
        Row(
            *("POST", "/drafts/{draft_id}/send", "secretary's", "/drafts/[draft]/send"),
            ("secretary",),
        ),
        Row(
            "POST",
            evidence,
            "secretary's",
            paper,
            ("secretary", "township", "office"),
            PICTURE,
        ),
        Row("POST", proof, "柳泉's", "/actions/[action]/evidence", answering, PICTURE),
        Row(
            "POST",
            "/people/import",
            "no list",
            "/people/import",
            ("office", "admin"),
            b"x",
            422,
        ),
        Row("POST", api, "a ledger", f"{api}?name=a.xlsx", (PROGRAM,), own),
        Row("POST", "/sign-out", "", "/sign-out", OPEN, good=303),
    ]


def text() -> str:
    """Return the table as people read it."""
    head = [
        "# Who may ask for what",
        "",
        "Written by `python -m tests.web.access`; not edited by hand. Each cell is",
        "held by real requests against a freshly started server, deep links first",
        "(`tests/web/test_access.py`): an address without a row fails there.",
        "",
        "The things asked for lie in 柳泉, a village of 河顺镇, unless the row says",
        "otherwise. ● is let in, ↩ is led to the own first page, a blank is refused.",
        "Whoever is let in is answered from the own places alone. `nobody` has no",
        "session, `program` a token of the API for 柳泉; `neighbour` is the first",
        "secretary of another village of the township, `far` somebody of another",
        "township, `leader` one of the city.",
        "",
        "| | " + " | ".join(ALL) + " |",
        "|---|" + "---|" * len(ALL),
    ]
    lines = [f"| {_called(row)} | " + " | ".join(_signs(row)) + " |" for row in rows()]
    return "\n".join([*head, *lines, ""])


def _called(row: Row) -> str:
    route = row.route or row.path
    return f"`{row.method} {route}`" + (f" {row.thing}" if row.thing else "")


def _signs(row: Row) -> list[str]:
    return [
        "●"
        if who in row.allowed
        else ("↩" if row.is_led and who not in (NOBODY, PROGRAM) else "")
        for who in ALL
    ]


def agreed() -> dict[str, bool]:
    """Return whether the table says what the roles say, by page and by right."""
    by_right = {
        SEE: SEEING,
        UPLOAD: SENDING,
        MEETINGS: MEETING,
        ACCOUNTS: ("office", "admin"),
        AUDIT: ("office", "admin"),
    }
    said = {
        right: set(names)
        == {n for n, (r, _c) in PEOPLE.items() if right in ROLES[r].may}
        for right, names in by_right.items()
    }
    return said | {p: set(who_is_offered(p)) == set(a) for p, a in PAGES.items()}


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
