"""Are files taken from the inbox once, whole, and for their own place alone?"""

import os
from pathlib import Path

import pytest

from etl.inbox import take_inbox
from store import Store
from tests.etl.statements.grids import LIUQUAN
from tests.making import NOW, ledger, xlsx

HESHUN_TOWN, CITY = "410581105", "410581"
CONTENT = xlsx(ledger([["柳泉", 10, "", ""]]))


def put(
    store: Store, code: str, name: str = "六月.xlsx", data: bytes = CONTENT
) -> Path:
    """Put a file that has rested into the inbox of a place."""
    path = store.folder / "inbox" / code / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (0, 0))
    return path


def told_beside(path: Path) -> str:
    return path.with_name(f"{path.name}.txt").read_text("utf-8")


def sent(store: Store) -> list[tuple[str, str, str]]:
    """Return actor, role and state of each submission of the inbox."""
    rows = store.rows(
        """
        select s.actor, a.role, s.state
        from ops.submission as s
        inner join ops.audit as a on s.submission_no = a.submission_no
        where a.way = 'inbox' and a.action = 'submitted'
        order by s.submission_no
        """
    )
    return [(str(actor), str(role), str(state)) for actor, role, state in rows]


def test_without_an_inbox_nothing_is_taken(store: Store) -> None:
    assert take_inbox(store, NOW) == []


@pytest.mark.parametrize(
    ("code", "role"),
    [(LIUQUAN, "secretary"), (HESHUN_TOWN, "township"), (CITY, "office")],
)
def test_a_file_is_sent_in_the_name_of_its_place(
    store: Store, code: str, role: str
) -> None:
    """Not even the city's own is accepted without a look."""
    path = put(store, code)
    [moved] = take_inbox(store, NOW)
    assert moved == path.parent / "taken" / path.name
    assert moved.read_bytes() == CONTENT
    assert not path.exists()
    assert "等待审核" in told_beside(moved)
    assert sent(store) == [(f"inbox:{code}", role, "submitted")]
    assert take_inbox(store, NOW) == []


def test_lines_of_other_places_are_not_taken(store: Store) -> None:
    grid = ledger([["柳泉", 10, "", ""], ["东里", 20, "", ""]])
    put(store, LIUQUAN, data=xlsx(grid))
    [moved] = take_inbox(store, NOW)
    assert "不在您的报送范围内" in told_beside(moved)
    rows = store.rows("select distinct village_code from core.income")
    assert rows == [(LIUQUAN,)]


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 photo", b"PK\x03\x04 torn"])
def test_what_is_no_table_is_put_aside_with_the_reason(
    store: Store, data: bytes
) -> None:
    path = put(store, LIUQUAN, data=data)
    [moved] = take_inbox(store, NOW)
    assert moved == path.parent / "refused" / path.name
    assert told_beside(moved).strip()
    assert "Traceback" not in told_beside(moved)
    assert sent(store) == []


def test_a_file_that_still_grows_is_left(store: Store) -> None:
    path = put(store, LIUQUAN)
    os.utime(path)
    assert take_inbox(store, NOW, quiet_s=60) == []
    assert path.exists()
    assert take_inbox(store, NOW, quiet_s=0) != []


@pytest.mark.parametrize("name", [".六月.xlsx", "~$六月.xlsx"])
def test_what_programs_write_beside_a_file_is_left(store: Store, name: str) -> None:
    path = put(store, LIUQUAN, name)
    assert take_inbox(store, NOW) == []
    assert path.exists()


def test_links_and_odd_folders_are_left(store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(CONTENT)
    os.utime(secret, (0, 0))
    put(store, LIUQUAN, "a.xlsx").unlink()
    (store.folder / "inbox" / LIUQUAN / "link.xlsx").symlink_to(secret)
    outside = tmp_path / HESHUN_TOWN
    outside.mkdir()
    (outside / "a.xlsx").write_bytes(CONTENT)
    os.utime(outside / "a.xlsx", (0, 0))
    (store.folder / "inbox" / HESHUN_TOWN).symlink_to(outside)
    odd = put(store, "somebody")
    assert take_inbox(store, NOW) == []
    assert odd.exists()
    assert secret.exists()


def test_a_second_file_of_the_same_name_overwrites_nothing(store: Store) -> None:
    put(store, LIUQUAN)
    [first] = take_inbox(store, NOW)
    other = xlsx(ledger([["柳泉", 11, "", ""]]))
    put(store, LIUQUAN, data=other)
    [second] = take_inbox(store, NOW)
    assert second.name == "六月(1).xlsx"
    assert (first.read_bytes(), second.read_bytes()) == (CONTENT, other)
    assert sent(store) == [(f"inbox:{LIUQUAN}", "secretary", "submitted")] * 2


def test_one_that_fails_stops_no_other(store: Store) -> None:
    put(store, LIUQUAN, "a.xlsx", b"\x00")
    put(store, LIUQUAN, "b.xlsx")
    folders = [moved.parent.name for moved in take_inbox(store, NOW)]
    assert folders == ["refused", "taken"]
