"""Do lists, codes, handovers and the audit come only to whoever may have them?"""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest

from accounts import COOKIE, sessions
from accounts.people import Person, create
from base.clock import SystemClock
from etl.door import opened
from store import Store, close_all
from tests.accounts.people import ADMIN, OTHER, TOWNSHIP, VILLAGE
from tests.making import xlsx
from tests.web.running import Dashboard, started, wait_until_it_answers

pytestmark = pytest.mark.xdist_group("dashboard")

PEOPLE = {
    "admin": (),
    "office": ("410581",),
    "township": (TOWNSHIP,),
    "secretary": (VILLAGE,),
    "leader": ("410581",),
}
PHONES = {role: f"1380372000{number}" for number, role in enumerate(PEOPLE)}
HEAD = ["姓名", "负责村"]


class Signed:
    """A dashboard, and the session of an account of each role."""

    def __init__(self, dashboard: Dashboard, tokens: dict[str, str]) -> None:
        self.dashboard, self.tokens = dashboard, tokens

    def ask(self, role: str, path: str, method: str = "GET") -> httpx.Response:
        headers = {"cookie": f"{COOKIE}={self.tokens[role]}"} if role else {}
        return httpx.request(
            method, self.dashboard.address + path, headers=headers, trust_env=False
        )

    def send(self, role: str, content: bytes) -> httpx.Response:
        headers = {"origin": self.dashboard.address}
        if role:
            headers["cookie"] = f"{COOKIE}={self.tokens[role]}"
        address = f"{self.dashboard.address}/people/import?name=a.xlsx"
        return httpx.post(address, content=content, headers=headers, trust_env=False)


def session_of(store: Store, role: str) -> str:
    now = SystemClock().now()
    person = Person(f"the.{role}", role, PEOPLE[role], f"=某{role}", "", PHONES[role])
    return sessions.begin(store, create(store, ADMIN, person, now).account, now)


@pytest.fixture(scope="module")
def signed(new_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    """A dashboard of this module, with an account of each role signed in."""
    var = tmp_path_factory.mktemp("people") / "var"
    shutil.copytree(new_var, var)
    store = opened(var)
    tokens = {role: session_of(store, role) for role in PEOPLE}
    close_all()
    with started(var) as dashboard:
        wait_until_it_answers(dashboard)
        yield Signed(dashboard, tokens)


def rows_of(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"].startswith("attachment;")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    "path",
    [
        "/files/accounts-template.xlsx",
        "/files/handover/the.secretary",
        "/files/handover",
        "/files/audit.xlsx",
        "/files/codes/x",
        "/files/personal-data/the.secretary",
    ],
)
def test_nobody_gets_a_file_without_signing_in(signed: Signed, path: str) -> None:
    assert signed.ask("", path).status_code == 401


def test_the_blank_list_is_for_who_gives_accounts(signed: Signed) -> None:
    for role in ("admin", "office"):
        told = rows_of(signed.ask(role, "/files/accounts-template.xlsx"))
        assert len(told) == 2 + 589
    for role in ("township", "secretary", "leader"):
        answer = signed.ask(role, "/files/accounts-template.xlsx")
        assert (answer.status_code, answer.text) == (404, "您不能管理账号。")


def test_what_is_wrong_in_a_list_is_told_by_cell(signed: Signed) -> None:
    answer = signed.send("office", xlsx([HEAD, ["甲", "没有村"], ["", "柳泉"]]))
    assert answer.status_code == 422
    assert answer.text.splitlines() == [
        "Sheet1，B2：名录里没有村「没有村」。请按名录填写村名或代码。",
        "Sheet1，A3：没有姓名。请填写。",
        "名单没有导入。请改好后再导入一次。",
    ]
    assert signed.send("office", b"no workbook").status_code == 422


@pytest.mark.parametrize("role", ["township", "secretary", "leader", ""])
def test_nobody_else_imports(signed: Signed, role: str) -> None:
    answer = signed.send(role, xlsx([HEAD, ["甲", "河顺镇柳泉"]]))
    assert answer.status_code == (403 if role else 401)


def test_a_foreign_page_imports_nothing(signed: Signed) -> None:
    answer = signed.ask("office", "/people/import", "POST")
    assert answer.status_code == 403


def test_codes_are_fetched_once_and_by_the_importer_alone(signed: Signed) -> None:
    # full-width, else the grid makes a formula of it
    grid = [HEAD, ["＝1+1", "河顺镇柳泉"], ["乙", OTHER]]
    answer = signed.send("office", xlsx(grid))
    assert answer.status_code == 200
    said = answer.json()
    assert (said["new"], said["known"]) == (2, 0)
    assert signed.ask("admin", said["codes"]).status_code == 404
    # a look ahead does not use them up
    assert signed.ask("office", said["codes"], "HEAD").status_code == 405
    told = rows_of(signed.ask("office", said["codes"]))
    assert [row[0] for row in told[1:]] == ["=1+1", "乙"]
    assert told[1][4].startswith(signed.dashboard.address)
    again = signed.ask("office", said["codes"])
    assert again.status_code == 404
    assert "只能下载一次" in again.text
    second = signed.send("office", xlsx(grid)).json()
    assert second == {"new": 0, "known": 2, "codes": None}


def test_a_handover_comes_to_the_post_and_to_the_office(signed: Signed) -> None:
    for role, path in [
        ("office", "/files/handover/the.secretary"),
        ("secretary", "/files/handover/the.secretary"),
        ("secretary", "/files/handover"),
    ]:
        assert rows_of(signed.ask(role, path))[0][0] == "编号"
    for role in ("admin", "township", "leader"):
        answer = signed.ask(role, "/files/handover/the.secretary")
        assert (answer.status_code, "没有您能下载的" in answer.text) == (404, True)


def test_a_handover_tells_whole_numbers_to_who_needs_them(signed: Signed) -> None:
    for role, is_whole in (("office", True), ("secretary", False)):
        answer = signed.ask(role, "/files/handover/the.secretary")
        assert answer.status_code == 200
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        phones = [str(row[3].value) for row in book["联系"].iter_rows(min_row=2)]
        for whose in ("township", "office"):
            phone = PHONES[whose]
            shown = phone if is_whole else f"{phone[:3]}****{phone[-4:]}"
            assert shown in phones


def test_personal_data_come_to_admin_and_person_alone(signed: Signed) -> None:
    path = "/files/personal-data/the.secretary"
    for role in ("admin", "secretary"):
        answer = signed.ask(role, path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.json()["账号"]["手机"] == PHONES["secretary"]
    for role in ("office", "township", "leader"):
        answer = signed.ask(role, path)
        assert (answer.status_code, answer.text[:6]) == (404, "只有管理员能")
    assert signed.ask("admin", "/files/personal-data/nobody").status_code == 404
    for role in PEOPLE:
        told = signed.ask(role, "/files/personal-data").json()
        assert told["账号"]["登录名"] == f"the.{role}"
        assert "/files/personal-data" in signed.ask(role, "/account").text


def test_no_download_tells_a_whole_number_to_others(signed: Signed) -> None:
    for role in ("leader", "secretary", "township"):
        for path in ("/files/handover", "/files/audit.xlsx", "/files/personal-data/x"):
            answer = signed.ask(role, path)
            content = answer.content
            if answer.status_code == 200:
                book = openpyxl.load_workbook(io.BytesIO(content))
                rows = [row for sheet in book for row in sheet.iter_rows()]
                content = str([[cell.value for cell in row] for row in rows]).encode()
            others = (
                set(PHONES) - {role} - ({"secretary"} if role == "township" else set())
            )
            assert not [one for one in others if PHONES[one].encode() in content]


def test_the_audit_is_for_office_and_admin(signed: Signed) -> None:
    for role in ("admin", "office"):
        told = rows_of(signed.ask(role, f"/files/audit.xlsx?village={VILLAGE}"))
        assert told[0][:5] == ["编号", "时间", "谁", "角色", "做了什么"]
        assert "=某secretary" in {row[6] for row in told[1:]}
        assert signed.ask(role, "/files/audit.xlsx?since=x").status_code == 400
    nobody = signed.ask("admin", "/files/audit.xlsx?person=nobody&since=2099-01-01")
    assert len(rows_of(nobody)) == 1
    for role in ("township", "secretary", "leader"):
        answer = signed.ask(role, "/files/audit.xlsx")
        assert (answer.status_code, answer.text) == (404, "您不能查看操作记录。")


def test_an_audit_of_formulas_is_text(signed: Signed) -> None:
    answer = signed.ask("admin", "/files/audit.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    kinds = {
        cell.data_type
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    }
    assert kinds == {"s"}


def test_who_fetches_the_audit_is_in_the_audit(signed: Signed) -> None:
    for _time in range(2):
        told = rows_of(signed.ask("admin", "/files/audit.xlsx"))
    assert ["下载", "操作记录"] in [[row[4], row[6][:4]] for row in told[1:]]
