"""Do telephone and card numbers of a file or a form reach no table, page or finding?"""

from datetime import date

import pytest

import queries
from base.place import Scope
from base.viewer import Viewer
from etl.findings import Finding, error
from office.actions import Task, begin
from store import Store
from tests.accounts.people import VILLAGE
from tests.etl.leaving import AT, roster, sent
from tests.etl.people import OFFICE
from tests.making import BY, VILLAGES, checked, ledger, load, xlsx

CARD, PHONE = "410581199001011234", "13803720001"
SHOWN = "410****1234", "138****0001"
READERS = ["leader", "office", "township", "secretary", "department"]


def test_a_finding_masks_what_it_found() -> None:
    found = error("x", f"「{CARD}」不是金额。", "Sheet1", "B2", PHONE)
    assert (found.found, found.message) == (SHOWN[1], f"「{SHOWN[0]}」不是金额。")
    # what was written down before is masked when it is read
    assert Finding(**vars(found)).found == SHOWN[1]


@pytest.mark.parametrize("number", [CARD, PHONE])
def test_a_cell_is_not_told_as_it_stands(number: str) -> None:
    told = checked(xlsx(ledger([[VILLAGES[0], f"见 {number}"]]))).findings
    assert told
    assert number not in str(told)


def test_a_roster_keeps_no_number(store: Store) -> None:
    sent(store, BY, roster(f"王五 {PHONE} {CARD}"), "名册.xlsx")
    held = store.value(
        "select holder_name from core.assignment where duty_id = 'first_secretary'"
    )
    assert held == f"王五 {SHOWN[1]} {SHOWN[0]}"
    rows = store.vault.rows(store.vault.with_facts("assignment")[0], kind="assignment")
    assert PHONE not in str(rows.to_pylist())
    assert CARD not in str(rows.to_pylist())


@pytest.mark.parametrize("role", READERS)
def test_what_people_wrote_is_masked_for_every_role(store: Store, role: str) -> None:
    task = Task(VILLAGE, f"打 {PHONE}", f"王五{PHONE}", "市林业局", date(2018, 12, 1))
    begin(store, OFFICE, task, AT, CARD)
    by = Viewer(role, role, Scope.of([VILLAGE]), f"u{role}")
    line = store.journal.length
    steps = queries.run("actions/steps", by, store, action_no=line, known_at=AT)
    assert len(steps) == 1
    assert steps["owner_name"].tolist() == [f"王五{SHOWN[1]}"]
    said = str(steps.to_dict("records"))
    assert PHONE not in said
    assert CARD not in said


@pytest.mark.parametrize("has_figures", [True, False])
def test_a_column_without_any_text_stays_one_of_texts(
    store: Store, has_figures: bool
) -> None:
    if has_figures:
        load(store, ledger([[VILLAGES[0], 10]]))
    found = queries.run(
        "village/figures",
        OFFICE,
        store,
        village_code=VILLAGE,
        version_no=store.value("select version_no from ops.version"),
        as_of_date=date(2018, 11, 15),
    )
    assert len(found) == has_figures
    assert list(found["remark"].fillna("")) == [""] * has_figures
    # as of a column that nobody writes in
    assert found["remark"].dtype == found["sheet"].dtype
