"""Do people of a list get accounts, all of them or nobody, and twice the same?"""

import io

import openpyxl
import pytest

from accounts.account import account_of, accounts
from accounts.people import Person, set_enabled, succeed
from accounts.place_names import places_in
from accounts.roster import codes_workbook, import_roster
from accounts.roster_file import RosterProblems
from accounts.sign_in import sign_in
from base.place import Scope
from base.viewer import Viewer
from store import Store
from tests.accounts.people import ADMIN, DAY, NOW, OFFICE, OTHER, TOWNSHIP, VILLAGE
from tests.making import Grid, xlsx

HEAD = ["姓名", "登录名", "角色", "负责村", "单位", "手机"]
LIST: Grid = [
    ["名单"],
    HEAD,
    ["王五", "", "第一书记", "河顺镇河顺、410581105203", "水利局", 138],
    ["李四", "", "镇（街）", "河顺镇", "", ""],
    ["赵六", "zhao", "市直帮扶单位", "河顺镇柳泉", "", ""],
    ["孙七", "", "乡镇", "河顺镇", "", ""],
]


def told(store: Store, *rows: list[object], by: Viewer = ADMIN) -> list[str]:
    """Import rows that are wrong; return what is said of which cell."""
    before = len(accounts(store, ADMIN))
    with pytest.raises(RosterProblems) as raised:
        import_roster(store, xlsx([HEAD, *map(list, rows)]), by, NOW)
    assert len(accounts(store, ADMIN)) == before
    return [f"{p.cell} {p.message}" for p in raised.value.problems]


def test_everybody_gets_an_account_and_a_code(store: Store) -> None:
    made = import_roster(store, xlsx(LIST), OFFICE, NOW)
    assert [
        (row.account.login_name, row.account.role, row.account.places) for row in made
    ] == [
        (VILLAGE, "secretary", (VILLAGE, OTHER)),
        (TOWNSHIP, "township", (TOWNSHIP,)),
        ("zhao", "department", made[2].account.places),
        (f"{TOWNSHIP}-2", "township", (TOWNSHIP,)),
    ]
    assert made[0].place_names[0] == "河顺镇河顺"
    first = made[0].account
    assert (first.organisation_name, first.phone) == ("水利局", "138")
    assert all(
        sign_in(store, row.account.login_name, row.code, NOW).must_set_password
        for row in made
    )
    told_acts = store.rows("select action from ops.audit where journal_line is null")
    assert told_acts == [("account_added",)] * 4


def test_twice_is_once(store: Store) -> None:
    first = import_roster(store, xlsx(LIST), ADMIN, NOW)
    second = import_roster(store, xlsx(LIST), ADMIN, NOW + DAY)
    assert [row.account for row in second] == [row.account for row in first]
    assert [row.code for row in second] == [""] * 4
    assert len(store.rows("select place_code from ops.account_scope")) == 5


def test_a_new_list_moves_places(store: Store) -> None:
    import_roster(store, xlsx(LIST), ADMIN, NOW)
    rows: Grid = [
        HEAD,
        ["王五", "", "", OTHER, "", ""],
        ["赵六", "zhao", "单位", VILLAGE],
    ]
    made = import_roster(store, xlsx(rows), ADMIN, NOW + DAY)
    assert [(row.account.login_name, row.code) for row in made] == [
        (VILLAGE, ""),
        ("zhao", ""),
    ]
    wang, zhao = account_of(store, VILLAGE), account_of(store, "zhao")
    assert wang is not None
    assert zhao is not None
    assert (wang.places, zhao.places) == ((OTHER,), (VILLAGE,))


def test_all_589_secretaries_come_in_at_once(store: Store) -> None:
    with store.transaction() as cursor:
        names = places_in(cursor).names
    villages = [name for code, name in names.items() if len(code) == 12]
    rows = [[f"书记{n}", "", "", name] for n, name in enumerate(villages)]
    made = import_roster(store, xlsx([HEAD, *rows]), ADMIN, NOW)
    assert len({row.code for row in made}) == 589
    assert {row.account.places for row in made} == {
        (code,) for code in names if len(code) == 12
    }


def test_every_wrong_cell_is_told_and_nothing_is_changed(store: Store) -> None:
    assert told(
        store,
        ["王五", "", "第一书记", "河顺镇河顺", "", ""],
        ["", "", "", "柳泉", "", ""],
        ["甲", "", "大王", "柳泉", "", ""],
        ["乙", "", "", "上庄", "", ""],
        ["丙", "", "", "", "", ""],
        ["丁", "a b", "", "河顺镇东里", "", ""],
        ["王五", "", "", "410581105200", "", ""],
    ) == [
        "A3 没有姓名。请填写。",
        "C4 没有这个角色。"
        "可填：领导、第一书记、镇（街）、市直帮扶单位、市专班、管理员。",
        "D5 叫「上庄」的村不止一个（"
        "龙山街道、合涧镇、东姚镇、五龙镇）。请写成「乡镇＋村」或代码。",
        "D6 第一书记要有负责的村、镇或市的代码。",
        "B7 登录名「a b」不行：2 到 64 个字母、数字或汉字，中间没有空格。",
        "D8 和 A2 是同一个登录名「410581105200」。请合并成一行，几个村之间用顿号隔开。",
    ]


def test_another_person_does_not_come_in_on_an_old_account(store: Store) -> None:
    import_roster(store, xlsx(LIST), ADMIN, NOW)
    assert told(
        store,
        ["新人", "", "", VILLAGE, "", ""],
        ["新人", "zhao", "单位", VILLAGE, "", ""],
        ["赵六", "zhao", "第一书记", VILLAGE, "", ""],
    ) == [
        "D2 「河顺镇河顺」已有王五的账号。换人请先交接，或另填登录名。",
        "B3 登录名「zhao」是赵六的。换人请先交接，或另填登录名。",
        "C4 这个账号的角色是市直帮扶单位，不能改。",
    ]
    set_enabled(store, ADMIN, "zhao", False, NOW)
    [said] = told(store, ["赵六", "zhao", "单位", VILLAGE, "", ""])
    assert said.startswith("B2 这个账号已停用")


def test_who_comes_after_an_ended_account_gets_one_of_their_own(store: Store) -> None:
    import_roster(store, xlsx(LIST), ADMIN, NOW)
    succeed(store, ADMIN, VILLAGE, Person("heir", "", (), "后任"), NOW)
    set_enabled(store, ADMIN, "heir", False, NOW)
    rows: Grid = [HEAD, ["新人", "", "", VILLAGE, "", ""]]
    [row] = import_roster(store, xlsx(rows), ADMIN, NOW)
    assert row.account.login_name == f"{VILLAGE}-2"


def test_an_office_imports_its_own_alone(store: Store) -> None:
    elsewhere = Viewer("外县", "office", Scope.of(["410582"]), "u8")
    [said] = told(store, ["王五", "", "", VILLAGE, "", ""], by=elsewhere)
    assert "不能管理" in said
    [said] = told(store, ["王五", "", "市专班", "410581", "", ""], by=OFFICE)
    assert "不能管理" in said


def test_codes_are_printed_for_new_accounts_alone(store: Store) -> None:
    import_roster(store, xlsx(LIST[:3]), ADMIN, NOW)
    rows = import_roster(store, xlsx([*LIST, ["＝1+1", "eq", "", OTHER]]), ADMIN, NOW)
    content = codes_workbook(rows, "https://example.cn")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    printed = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert printed[0] == ["姓名", "登录名", "一次性口令", "负责范围", "怎样登录"]
    assert [row[0] for row in printed[1:]] == ["李四", "赵六", "孙七", "=1+1"]
    assert printed[1][1:4] == [TOWNSHIP, rows[1].code, "河顺镇"]
    assert printed[1][4].startswith("https://example.cn  打开看板")
    assert sheet["A5"].data_type == "s"
