"""Is what somebody has begun kept for them alone, until it is sent or forgotten?"""

from datetime import date, timedelta

import pytest

from base.errors import ShownError
from base.place import Scope
from base.viewer import Viewer
from etl import drafts
from etl.tables.context import Answers
from store import Store
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import NOW, ledger, xlsx

GONE = "这份草稿已经报送或删除。"
ME = Viewer("李某", "secretary", Scope.of([LIUQUAN]), "u1")
OTHER = Viewer("王某", "secretary", Scope.of([DONGLI]), "u2")
LOOKER = Viewer("赵某", "leader", Scope.of(["410581"]), "u3")
CONTENT = xlsx(ledger([["柳泉", 10, "", ""]]))


def test_a_file_waits_until_it_is_sent(store: Store) -> None:
    draft = drafts.keep_file(store, ME, CONTENT, "六月.xlsx", NOW)
    assert drafts.drafts_of(store, ME) == [draft]
    assert drafts.content_of(store, draft) == CONTENT
    loaded = drafts.send(store, ME, draft, NOW)
    assert loaded.submission is not None
    assert loaded.submission.state == "submitted"
    assert drafts.drafts_of(store, ME) == []
    # as where a backup was made before it was sent: the vault has its bytes
    assert drafts.content_of(store, draft) == CONTENT


def test_bytes_that_are_gone_are_asked_for_again(store: Store) -> None:
    draft = drafts.keep_file(store, ME, CONTENT, "六月.xlsx", NOW)
    [path] = (store.folder / "drafts").iterdir()
    path.unlink()
    with pytest.raises(ShownError, match="请重新上传"):
        drafts.content_of(store, draft)


def test_the_same_bytes_and_name_are_the_same_draft(store: Store) -> None:
    first = drafts.keep_file(store, ME, CONTENT, "六月.xlsx", NOW)
    drafts.answer(store, ME, first, Answers(month=date(2018, 6, 1)), NOW)
    drafts.keep_file(store, ME, CONTENT, "六月.xlsx", NOW)
    drafts.keep_file(store, ME, CONTENT, "又一份.xlsx", NOW)
    names = [draft.file_name for draft in drafts.drafts_of(store, ME)]
    assert sorted(names) == ["六月.xlsx", "又一份.xlsx"]


def test_what_was_answered_goes_along(store: Store) -> None:
    grid = ledger([["柳泉", 3, "", ""]], title="台账", unit="")
    draft = drafts.keep_file(store, ME, xlsx(grid), "台账.xlsx", NOW)
    answers = Answers(None, date(2018, 6, 1), 10_000)
    answered = drafts.answer(store, ME, draft, answers, NOW)
    assert drafts.draft_of(store, ME, draft.draft_id) == answered
    assert answered.answers == answers
    loaded = drafts.send(store, ME, answered, NOW)
    assert str(loaded.checked.rows["amount_received_yuan"][0]) == "30000.00"


def test_another_never_reaches_a_draft(store: Store) -> None:
    draft = drafts.keep_file(store, ME, CONTENT, "六月.xlsx", NOW)
    assert drafts.drafts_of(store, OTHER) == []
    with pytest.raises(ShownError, match=GONE):
        drafts.draft_of(store, OTHER, draft.draft_id)
    drafts.throw_away(store, OTHER, draft.draft_id)
    assert drafts.drafts_of(store, ME) == [draft]
    assert drafts.content_of(store, draft) == CONTENT


def test_a_form_is_kept_by_village_and_month(store: Store) -> None:
    said = {"solar": {"how": "number", "amount": "12.50"}}
    kept = drafts.keep_form(store, ME, LIUQUAN, "2018-06", said, NOW)
    assert drafts.form_of(store, ME, LIUQUAN, "2018-06") == kept
    assert kept.said == said
    assert drafts.form_of(store, ME, LIUQUAN, "2018-07") is None
    assert drafts.form_of(store, OTHER, LIUQUAN, "2018-06") is None
    # a form is no file that waits
    assert drafts.drafts_of(store, ME) == []
    drafts.keep_form(store, ME, LIUQUAN, "2018-06", {}, NOW)
    assert len(drafts.drafts_of(store, ME, drafts.FORM)) == 1


def test_who_may_not_report_begins_nothing(store: Store) -> None:
    with pytest.raises(ShownError, match="不能报送"):
        drafts.keep_file(store, LOOKER, CONTENT, "六月.xlsx", NOW)
    with pytest.raises(ShownError, match="不能报送"):
        drafts.keep_form(store, LOOKER, LIUQUAN, "2018-06", {}, NOW)
    with pytest.raises(ShownError, match="不在您的报送范围内"):
        drafts.keep_form(store, ME, DONGLI, "2018-06", {}, NOW)
    assert store.value("select count(*) from ops.draft") == 0


def test_a_month_later_it_is_forgotten(store: Store) -> None:
    old = drafts.keep_file(store, ME, CONTENT, "旧.xlsx", NOW - timedelta(days=31))
    new = drafts.keep_file(store, ME, CONTENT, "新.xlsx", NOW - timedelta(days=29))
    folder = store.folder / "drafts"
    (folder / "bytes-of-no-draft").write_bytes(b"x")
    drafts.clear_old(store, NOW)
    assert drafts.drafts_of(store, ME) == [new]
    assert [path.name for path in folder.iterdir()] == [new.draft_id]
    with pytest.raises(ShownError, match=GONE):
        drafts.draft_of(store, ME, old.draft_id)
