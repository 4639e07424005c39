"""Who gets which papers, under which names, and what if there are no figures yet?"""

from dataclasses import replace
from datetime import date, datetime

import pytest

from base.errors import ShownError
from base.meeting import BOOK, PAPERS, SCREEN
from base.settings import settings
from office.meetings import Plan, call, meeting_of
from reports.meeting.papers import WHOLE, Making, makes, shown
from store import Store
from tests.office.deciding import OFFICE, of
from tests.queries.asking import TOWNSHIP
from tests.reports.meeting.conftest import CITY, SECOND, Made, making_of

pytestmark = pytest.mark.xdist_group("papers")


TOWN = of("township", TOWNSHIP)


def test_names_say_what_a_paper_is_and_bear_no_odd_signs(second: Made) -> None:
    names = [paper.name for paper in second.papers.values()]
    assert [name.rpartition("-")[2] for name in names] == [
        *("幻灯片.pptx", "通报.docx", "数据表.xlsx", "打印版.pdf", "大屏.html"),
        "河顺镇.docx",
    ]
    assert not [name for name in names if set(name) & set("<>=()/\\\n ")]
    assert [*PAPERS, "township"] == list(second.papers)


def test_a_township_gets_no_papers_of_the_whole(second: Made) -> None:
    own = replace(second.making, by=TOWN)
    for kind in WHOLE:
        with pytest.raises(ShownError, match="全部材料只给看得到全部数的账号"):
            next(makes(own, [kind]))


def test_a_township_is_shown_itself_alone(second: Made) -> None:
    own = shown(replace(second.making, by=TOWN)).decode()
    assert "河顺镇：还剩 40 村" in own
    assert "开元街道" not in own
    # the fixture can fail: where it may be seen, it is there
    assert "开元街道" in shown(second.making).decode()


def test_without_a_freeze_there_are_no_papers(frozen_store: Store) -> None:
    plan = Plan(CITY, "六月会", date(2018, 6, 1))
    number = call(frozen_store, OFFICE, plan, datetime(2018, 6, 1, 9))
    held = meeting_of(frozen_store, OFFICE, number)
    with pytest.raises(ShownError, match="还没有冻结数据"):
        next(makes(Making(frozen_store, OFFICE, held, False, SECOND), WHOLE))


def test_the_first_meeting_has_nothing_to_compare_with(frozen_store: Store) -> None:
    first = making_of(frozen_store, 1)
    text = next(makes(first, [SCREEN])).content.decode()
    assert "比上月末" in text
    assert "上次数据更正" not in text


def test_a_demonstration_says_so_on_every_page(second: Made) -> None:
    text = shown(replace(second.making, is_demo=True)).decode()
    assert text.count("演示数据，全部虚构") == text.count("<section")


def test_papers_speak_the_language_of_the_installation(
    second: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_LANGUAGE", "en")
    settings.cache_clear()
    try:
        made = {one.kind: one.content for one in makes(second.making, WHOLE)}
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert b'<html lang="en">' in made[SCREEN]
    assert made[BOOK] != second.content(BOOK)
