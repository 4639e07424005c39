"""Is a meeting called, changed, dropped and argued with by those who may, and kept?"""

from datetime import date

import pytest

from base.errors import ShownError
from base.viewer import Viewer
from office.meetings import (
    appeal,
    call,
    change,
    code_version,
    drop,
    freeze,
    frozen_moment,
    keep_paper,
    meetings,
)
from store import Store
from tests.office.acting import ADMIN, AT, SECRETARY, TOWN
from tests.office.convening import (
    COUNTY,
    COUNTY_LEADER,
    LATER,
    OTHER_OFFICE,
    called,
    held,
    met,
    plan,
    told,
)
from tests.office.deciding import OFFICE, of
from tests.queries.asking import HESHUN, TOWNSHIP

ELSEWHERE = "410581106"
PDF = ("通报.pdf", b"%PDF-1", "application/pdf")


def test_a_meeting_is_called_and_listed(store: Store) -> None:
    number = call(store, OFFICE, plan(title=" 调度会 ", agenda=" 一、看数 "), AT)
    assert number == store.journal.length
    row = held(store, number)
    assert (row["title"], row["agenda"]) == ("调度会", "一、看数")
    assert row["state"] == "planned"
    assert (row["place_code"], row["held_date"]) == (COUNTY, date(2018, 11, 20))
    assert row[["as_of_date", "version_no", "frozen_at", "previous_no"]].isna().all()
    later = called(store, held_date=date(2018, 12, 1))
    assert list(meetings(store, OFFICE)["meeting_no"]) == [later, number]


@pytest.mark.parametrize(
    ("by", "place", "message"),
    [
        (COUNTY_LEADER, COUNTY, "不能做这件事"),
        (TOWN, TOWNSHIP, "不能做这件事"),
        (SECRETARY, HESHUN, "不能做这件事"),
        (ADMIN, COUNTY, "不能做这件事"),
        (OTHER_OFFICE, COUNTY, "不在您的范围内"),
        (OFFICE, "4105", "不在您的范围内"),
        (OFFICE, "41058", "不是行政区划代码"),
    ],
)
def test_who_may_not_call_is_told_why(
    store: Store, by: Viewer, place: str, message: str
) -> None:
    before = store.journal.length
    with pytest.raises(ShownError, match=message):
        call(store, by, plan(place), AT)
    assert store.journal.length == before


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"title": "  "}, "请写明会议名称"),
        ({"title": "长" * 61}, "请缩短会议名称或议程"),
        ({"agenda": "长" * 4001}, "请缩短会议名称或议程"),
    ],
)
def test_what_is_missing_or_too_long_is_told(
    store: Store, said: dict[str, str], message: str
) -> None:
    number = called(store)
    with pytest.raises(ShownError, match=message):
        call(store, OFFICE, plan(**said), AT)
    with pytest.raises(ShownError, match=message):
        change(store, OFFICE, number, plan(**said), AT)
    assert len(meetings(store, OFFICE)) == 1


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (COUNTY_LEADER, "不能做这件事"),
        (TOWN, "不能做这件事"),
        (SECRETARY, "不能做这件事"),
        (OTHER_OFFICE, "没有这次会议"),
        (ADMIN, "没有这次会议"),
    ],
)
def test_who_may_not_move_a_meeting_is_told_why(
    store: Store, by: Viewer, message: str
) -> None:
    number = called(store)
    with pytest.raises(ShownError, match=message):
        change(store, by, number, plan(title="别的会"), AT)
    with pytest.raises(ShownError, match=message):
        freeze(store, by, number, AT)
    with pytest.raises(ShownError, match=message):
        drop(store, by, number, "不开了", AT)
    row = held(store, number)
    assert (row["title"], row["state"]) == ("十一月调度会", "planned")


def test_the_office_of_a_county_moves_no_meeting_of_the_prefecture(
    store: Store,
) -> None:
    number = call(store, of("office", "4105"), plan("4105"), AT)
    # it is known of, and stays as it is
    assert list(meetings(store, OFFICE)["meeting_no"]) == [number]
    with pytest.raises(ShownError, match="不在您的范围内"):
        freeze(store, OFFICE, number, AT)


def test_a_change_keeps_the_place_and_the_freeze(store: Store) -> None:
    number = met(store)
    frozen = held(store, number)
    moved = plan(TOWNSHIP, title="改期的会", held_date=date(2018, 11, 22))
    change(store, OFFICE, number, moved, LATER)
    row = held(store, number)
    assert (row["title"], row["held_date"]) == ("改期的会", date(2018, 11, 22))
    kept = ["place_code", "state", "as_of_date", "version_no", "frozen_at"]
    kept += ["fingerprint", "code_version"]
    assert row[kept].equals(frozen[kept])
    assert frozen_moment(row) == frozen_moment(frozen)


def test_a_freeze_says_of_when_and_by_what_it_is(store: Store) -> None:
    number = met(store)
    row = held(store, number)
    assert (row["state"], row["as_of_date"]) == ("frozen", date(2018, 10, 31))
    assert row["version_no"] == store.value("select version_no from ops.version")
    assert row["frozen_at"] == AT
    assert (len(row["code_version"]), len(row["fingerprint"])) == (16, 16)
    assert row["code_version"] == code_version()
    early = called(store)
    freeze(store, OFFICE, early, AT, as_of=date(2018, 6, 30))
    assert held(store, early)["as_of_date"] == date(2018, 6, 30)
    assert told(store, "path", early)["remaining"].notna().sum() == 6


def test_what_is_frozen_or_dropped_is_not_frozen_again(store: Store) -> None:
    number, gone = met(store), called(store)
    with pytest.raises(ShownError, match="已经冻结"):
        freeze(store, OFFICE, number, LATER)
    drop(store, OFFICE, gone, " 不开了 ", AT)
    row = held(store, gone)
    assert (row["state"], row["reason"]) == ("dropped", "不开了")
    for fails in (
        lambda: freeze(store, OFFICE, gone, AT),
        lambda: change(store, OFFICE, gone, plan(), AT),
        lambda: drop(store, OFFICE, gone, "再取消", AT),
    ):
        with pytest.raises(ShownError, match="已取消"):
            fails()
    assert held(store, gone)["reason"] == "不开了"
    with pytest.raises(ShownError, match="没有这次会议"):
        freeze(store, OFFICE, 9999, AT)


@pytest.mark.parametrize(
    ("reason", "message"), [(" ", "请写明原因"), ("长" * 4001, "不超过 4000 字")]
)
def test_a_meeting_is_dropped_for_a_reason(
    store: Store, reason: str, message: str
) -> None:
    number = called(store)
    with pytest.raises(ShownError, match=message):
        drop(store, OFFICE, number, reason, AT)
    assert held(store, number)["state"] == "planned"


def test_a_place_without_villages_is_not_frozen(store: Store) -> None:
    office = of("office", "41")
    number = call(store, office, plan("4101"), AT)
    with pytest.raises(ShownError, match="还没有村"):
        freeze(store, office, number, AT)
    assert held(store, number, office)["state"] == "planned"


def test_a_frozen_meeting_that_is_dropped_keeps_its_figures(store: Store) -> None:
    number = met(store)
    drop(store, OFFICE, number, "雨", LATER)
    assert (held(store, number)["state"], held(store, number)["as_of_date"]) == (
        "dropped",
        date(2018, 10, 31),
    )
    assert len(told(store, "villages", number)) == 589
    # and none is compared with it
    assert held(store, met(store, LATER))[["previous_no"]].isna().all()


def test_an_appeal_stands_beside_the_line(store: Store) -> None:
    number = met(store)
    appeal(store, TOWN, number, TOWNSHIP, " 资金月底到 ", AT)
    appeal(store, OFFICE, number, ELSEWHERE, "台账补报中", AT)
    notes = told(store, "notes", number).set_index("place_code")["note"].to_dict()
    assert notes == {TOWNSHIP: "资金月底到", ELSEWHERE: "台账补报中"}
    appeal(store, TOWN, number, TOWNSHIP, "资金已到", LATER)
    appeal(store, OFFICE, number, ELSEWHERE, "", LATER)
    [(place, note, role)] = told(store, "notes", number)[
        ["place_code", "note", "role"]
    ].itertuples(index=False)
    assert (place, note, role) == (TOWNSHIP, "资金已到", "township")
    assert len(told(store, "notes", number, of("township", ELSEWHERE))) == 0


@pytest.mark.parametrize(
    ("by", "place", "message"),
    [
        (TOWN, ELSEWHERE, "不在您的范围内"),
        (COUNTY_LEADER, TOWNSHIP, "不能做这件事"),
        (SECRETARY, HESHUN, "不能做这件事"),
        (OTHER_OFFICE, "410522101", "没有这次会议"),
        (OFFICE, COUNTY, "没有这一行"),
        (OFFICE, HESHUN, "没有这一行"),
        (OFFICE, "410581999", "没有这一行"),
        (of("office", "4105"), "410522101", "没有这一行"),
    ],
)
def test_who_may_not_appeal_is_told_why(
    store: Store, by: Viewer, place: str, message: str
) -> None:
    number = met(store)
    with pytest.raises(ShownError, match=message):
        appeal(store, by, number, place, "数不对", AT)
    assert len(told(store, "notes", number)) == 0


def test_an_appeal_waits_for_the_freeze_and_is_short(store: Store) -> None:
    with pytest.raises(ShownError, match="没有这一行"):
        appeal(store, TOWN, called(store), TOWNSHIP, "数不对", AT)
    with pytest.raises(ShownError, match="不超过 4000 字"):
        appeal(store, TOWN, met(store), TOWNSHIP, "长" * 4001, AT)


def test_the_latest_paper_of_a_kind_and_place_is_kept(store: Store) -> None:
    number = met(store)
    for place in (COUNTY, TOWNSHIP):
        keep_paper(store, OFFICE, number, "pdf", place, PDF, AT)
    again = ("通报2.pdf", b"%PDF-22", "application/pdf")
    keep_paper(store, OFFICE, number, "pdf", COUNTY, again, LATER)
    papers = told(store, "papers", number).set_index("place_code")
    assert papers["file_name"].to_dict() == {COUNTY: "通报2.pdf", TOWNSHIP: "通报.pdf"}
    assert papers.loc[COUNTY, "byte_count"] == 7
    assert store.vault.original(str(papers.loc[COUNTY, "sha256"])) == b"%PDF-22"
    # who sees a part reads no paper of the whole
    assert list(told(store, "papers", number, TOWN)["place_code"]) == [TOWNSHIP]


@pytest.mark.parametrize(
    ("by", "place", "message"),
    [
        (TOWN, COUNTY, "不在您的范围内"),
        (SECRETARY, HESHUN, "不能做这件事"),
        (OTHER_OFFICE, "410522", "没有这次会议"),
        (of("office", "4105"), "410522", "没有这个地方的材料"),
    ],
)
def test_papers_are_of_the_meeting_and_of_the_own_place(
    store: Store, by: Viewer, place: str, message: str
) -> None:
    number = met(store)
    with pytest.raises(ShownError, match=message):
        keep_paper(store, by, number, "pdf", place, PDF, AT)
    assert len(told(store, "papers", number)) == 0


def test_no_paper_is_kept_before_the_freeze(store: Store) -> None:
    with pytest.raises(ShownError, match="还没有冻结"):
        keep_paper(store, OFFICE, called(store), "pdf", COUNTY, PDF, AT)
