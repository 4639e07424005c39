"""Do edits of workstreams stand before the file, each dated, and can they be kept?"""

import tomllib
from datetime import datetime

import pytest

from base.errors import ShownError
from base.strategy import Item, Strategy, strategy
from base.viewer import Viewer
from office.strategy import ORIGIN, below, edit, exported, works
from store import Store
from tests.office.acting import ADMIN, DEPARTMENT, SECRETARY, TOWN, begun, listed
from tests.office.convening import AT, COUNTY_LEADER, LATER, NEXT
from tests.office.deciding import OFFICE

ITEM = Item(
    id="6-1",
    parent="3-1",
    name="光伏富村",
    owner="市发改局",
    note="先补贴，后分红",
    targets=("below_50k", "no_source"),
)


def item_of(
    store: Store, item_id: str, known_at: datetime = AT, by: Viewer = OFFICE
) -> Item:
    [found] = [one.item for one in works(store, by, known_at) if one.item.id == item_id]
    return found


def test_without_edits_it_is_the_file(store: Store) -> None:
    found = works(store, OFFICE, AT)
    assert [work.item for work in found] == list(strategy().items)
    assert {work.changed_at for work in found} == {None}
    assert len(found) == 18


def test_an_edit_stands_before_the_file_and_is_dated(store: Store) -> None:
    edit(store, OFFICE, ITEM, LATER)
    assert item_of(store, "6-1", LATER) == ITEM
    # as it was known before, and for all alike
    assert item_of(store, "6-1", AT).name == ""
    assert item_of(store, "6-1", LATER, SECRETARY) == ITEM
    found = {work.item.id: work.changed_at for work in works(store, OFFICE, NEXT)}
    assert {item_id for item_id, at in found.items() if at is not None} == {"6-1"}
    assert found["6-1"] == LATER
    edit(store, OFFICE, ITEM.model_copy(update={"name": " ", "targets": ()}), NEXT)
    last = item_of(store, "6-1", NEXT)
    assert (last.name, last.targets, last.owner) == ("", (), "市发改局")
    assert item_of(store, "6-1", LATER) == ITEM


def test_an_edit_moves_no_item(store: Store) -> None:
    edit(store, OFFICE, ITEM.model_copy(update={"parent": "3-3"}), AT)
    assert item_of(store, "6-1").parent == "3-1"


@pytest.mark.parametrize("by", [COUNTY_LEADER, TOWN, SECRETARY, DEPARTMENT, ADMIN])
def test_who_may_not_edit_is_told_why(store: Store, by: Viewer) -> None:
    before = store.journal.length
    with pytest.raises(ShownError, match="不能改战略工作项"):
        edit(store, by, ITEM, AT)
    assert store.journal.length == before


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"id": "6-7"}, "没有「6-7」这个工作项"),
        ({"targets": ("below_50k", "everything")}, "没有「everything」这个目标"),
        ({"name": "长" * 201}, "不超过 200 字"),
        ({"note": "长" * 201}, "不超过 200 字"),
        ({"owner": "长" * 201}, "不超过 200 字"),
    ],
)
def test_what_is_wrong_is_told(
    store: Store, said: dict[str, object], message: str
) -> None:
    with pytest.raises(ShownError, match=message):
        edit(store, OFFICE, ITEM.model_copy(update=said), AT)
    assert item_of(store, "6-1").name == ""


def test_what_is_exported_reads_back_to_the_same_items(store: Store) -> None:
    edit(store, OFFICE, ITEM, AT)
    quoted = Item(id="9-9", parent="3-3", name='"引号"与\\斜杠', note="一行\n两行")
    edit(store, OFFICE, quoted, AT)
    text = exported(store, OFFICE, LATER)
    again = Strategy(**tomllib.loads(text))
    assert list(again.items) == [work.item for work in works(store, OFFICE, LATER)]
    assert again.items[-1] == quoted
    assert (again.name, again.confirmed) == (strategy().name, strategy().confirmed)
    assert again.evidence == strategy().evidence


def test_all_that_lies_below_an_item_is_found() -> None:
    parents = {"6-1": "3-1", "9-1": "6-1", "6-2": "3-1", "9-2": "3-1", "9-3": "3-2"}
    items = [Item(id=one, parent=above) for one, above in parents.items()]
    assert [item.id for item in below(items, "3-1")] == ["6-1", "9-1", "6-2", "9-2"]
    assert below(items, "9-1") == []
    assert len(below(strategy().items, "3-1")) == 5


def test_an_action_says_to_which_workstream_it_belongs(store: Store) -> None:
    number = begun(store, origin=f"{ORIGIN}6-1")
    assert listed(store)[number]["origin"] == "369:6-1"
