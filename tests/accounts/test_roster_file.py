"""Is a list of people read as it was written, with the address of each cell?"""

import pytest

from accounts.roster_file import Problem, RosterProblems, read_roster
from base.errors import ShownError
from base.settings import settings
from tests.making import text, xls, xlsx


@pytest.mark.parametrize("make", [xlsx, xls])
def test_titles_and_other_columns_do_not_matter(make) -> None:
    content = make(
        [
            ["林州市驻村第一书记名单"],
            [],
            ["序号", "姓 名", "性别", "负责村（镇）名称或代码", "手机"],
            [1, " 王五 ", "男", 410581105200, 13800000000],
            ["", "", "", "", ""],
            [2, "李四", "女", "河顺镇 柳泉、东里；\n上庄", ""],
        ]
    )
    first, second = read_roster(content)
    assert (first.text("name"), first.places) == ("王五", ["410581105200"])
    assert (first.text("phone"), first.text("role")) == ("13800000000", "")
    assert first.cells == {"name": "B4", "places": "D4", "phone": "E4"}
    assert second.places == ["河顺镇 柳泉", "东里", "上庄"]
    assert second.cells["name"] == "B6"


@pytest.mark.parametrize(
    "content",
    [
        xlsx([["姓名", "手机"], ["王五", "138"]]),
        xlsx([["姓名", "负责村"]]),
        xlsx([]),
    ],
)
def test_a_workbook_without_a_list_is_told(content: bytes) -> None:
    with pytest.raises(ShownError, match="没有找到名单"):
        read_roster(content)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", text([["姓名", "负责村"], ["王五", "柳泉"]])]
)
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    with pytest.raises(ShownError, match="打不开"):
        read_roster(content)


def test_what_is_too_big_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "largest_file_mb", 0)
    with pytest.raises(ShownError, match="超过 0 MB"):
        read_roster(b"PK")


def test_twenty_problems_are_shown_and_all_are_kept() -> None:
    problems = [Problem("名单", f"B{n}", "不对") for n in range(25)]
    told = RosterProblems(problems)
    assert str(told).splitlines()[0] == "名单，B0：不对"
    assert "还有 5 处" in str(told)
    assert len(str(told).splitlines()) == 22
    assert told.problems == problems


def test_a_line_without_a_name_of_its_place_may_give_its_code() -> None:
    grid = [["姓名", "负责村", "村代码"], ["张一", "", "410581105200"]]
    (line,) = read_roster(xlsx(grid))
    assert (line.text("places"), line.cells["places"]) == ("410581105200", "C2")
