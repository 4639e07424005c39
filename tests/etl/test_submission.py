"""When is a file the one that was sent before?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.viewer import Viewer
from etl.door import NO_ANSWERS, load_file
from etl.review import annul, send_back, withdraw
from etl.submission import answers_from, answers_text, is_read_alike, known
from etl.tables.context import Answers
from store import Store
from store.vault import sha256_of
from tests.etl.people import HESHUN, OFFICE, TOWNSHIP, person
from tests.making import BY, NOW, Grid, checked, ledger, xlsx

CONTENT = xlsx(ledger([["河顺", 1, 2, 3]]))
SHA256 = sha256_of(CONTENT)
ANSWERS = [Answers("solar"), Answers(month=date(2018, 6, 1)), Answers(unit=10_000)]


@settings(max_examples=30, deadline=None)
@given(
    st.builds(
        Answers,
        st.none() | st.sampled_from(["solar", "cooperative"]),
        st.none() | st.dates().map(lambda day: day.replace(day=1)),
        st.none() | st.sampled_from([1, 10_000]),
    )
)
def test_answers_come_back_as_they_were(answers: Answers) -> None:
    assert answers_from(answers_text(answers)) == answers


def test_other_answers_are_other_texts() -> None:
    assert len({answers_text(answers) for answers in [Answers(), *ANSWERS]}) == 4


def sent(store: Store, answers: Answers = NO_ANSWERS, **how: bool) -> tuple[int, bool]:
    loaded = load_file(store, CONTENT, "台账.xlsx", BY, NOW, answers, **how)
    assert loaded.submission is not None
    return loaded.submission.submission_no, loaded.was_known


def test_the_same_bytes_with_the_same_answers_change_nothing(store: Store) -> None:
    number, was_known = sent(store)
    assert not was_known
    before = (store.journal.length, store.value("select version_no from ops.version"))
    assert sent(store) == (number, True)
    after = (store.journal.length, store.value("select version_no from ops.version"))
    assert before == after


@pytest.mark.parametrize("answers", ANSWERS)
def test_other_answers_make_another_submission(store: Store, answers: Answers) -> None:
    number, _ = sent(store)
    other, was_known = sent(store, answers)
    assert (other > number, was_known) == (True, False)
    assert sent(store, answers) == (other, True)
    assert sent(store) == (number, True)


def test_what_was_taken_back_does_not_stand_in_the_way(store: Store) -> None:
    number, _ = sent(store, is_accepted=False)
    found = known(store, SHA256, NO_ANSWERS, BY)
    assert found is not None
    assert (found.submission_no, found.state) == (number, "submitted")
    withdraw(store, number, BY, NOW)
    assert known(store, SHA256, NO_ANSWERS, BY) is None
    other, was_known = sent(store)
    assert (other > number, was_known) == (True, False)


def test_the_same_bytes_of_another_scope_are_another_submission(store: Store) -> None:
    number, _ = sent(store)
    loaded = load_file(store, CONTENT, "台账.xlsx", TOWNSHIP, NOW)
    assert loaded.submission is not None
    assert (loaded.submission.submission_no > number, loaded.was_known) == (True, False)
    again = load_file(store, CONTENT, "台账.xlsx", TOWNSHIP, NOW)
    assert (again.submission, again.was_known) == (loaded.submission, True)
    assert sent(store) == (number, True)


def test_what_was_sent_before_scopes_were_noted_is_the_offices(store: Store) -> None:
    number, _ = sent(store)
    with store.transaction() as cursor:
        cursor.execute("update ops.submission set sender_scope = ''")
    assert sent(store) == (number, True)
    assert known(store, SHA256, NO_ANSWERS, TOWNSHIP) is None


@pytest.mark.parametrize("kind", ["returned", "annulled"])
def test_what_was_sent_back_may_come_again(store: Store, kind: str) -> None:
    number, _ = sent(store, is_accepted=kind == "annulled")
    step = send_back if kind == "returned" else annul
    step(store, number, "错", BY, NOW)
    other, was_known = sent(store)
    assert (other > number, was_known) == (True, False)


def test_known_bytes_open_a_submission_only_when_asked_to(store: Store) -> None:
    number, _ = sent(store)
    other, was_known = sent(store, is_sent_anew=True)
    assert (other > number, was_known) == (True, False)
    assert sent(store) == (other, True)


def answers_to(store: Store, number: int) -> object:
    wanted = "select supersedes_no from ops.submission where submission_no = $no"
    return store.value(wanted, {"no": number})


def from_township(store: Store, grid: Grid, by: Viewer = TOWNSHIP) -> int:
    content = xlsx(grid)
    loaded = load_file(store, content, "台账.xlsx", by, NOW, is_accepted=False)
    assert loaded.submission is not None
    return loaded.submission.submission_no


@pytest.mark.parametrize(
    ("grid", "by", "is_answer"),
    [
        (ledger([["河顺", 9, 2, 3]]), TOWNSHIP, True),
        (ledger([["柳泉", 9, 2, 3], ["河顺", 1, "", ""]]), TOWNSHIP, True),
        (ledger([["柳泉", 9, 2, 3]]), TOWNSHIP, False),
        (ledger([["河顺", 9]], title="河顺镇2018年5月台账"), TOWNSHIP, False),
        # a secretary does not answer for its township
        (ledger([["河顺", 9, 2, 3]]), person("secretary", HESHUN), False),
        (ledger([["河顺", 9, 2, 3]]), OFFICE, True),
    ],
)
def test_what_was_returned_is_answered_by_who_may_and_names_the_same(
    store: Store, grid: Grid, by: Viewer, is_answer: bool
) -> None:
    first = from_township(store, ledger([["河顺", 1, 2, 3], ["东里", 1, 2, 3]]))
    send_back(store, first, "错", OFFICE, NOW)
    answer = from_township(store, grid, by)
    assert answers_to(store, answer) == (first if is_answer else None)


def test_what_was_answered_is_not_answered_again_unless_the_answer_is_void(
    store: Store,
) -> None:
    first = from_township(store, ledger([["河顺", 1, 2, 3]]))
    send_back(store, first, "错", OFFICE, NOW)
    second = from_township(store, ledger([["河顺", 2, 2, 3]]))
    third = from_township(store, ledger([["河顺", 3, 2, 3]]))
    assert [answers_to(store, n) for n in (second, third)] == [first, None]
    withdraw(store, second, TOWNSHIP, NOW)
    fourth = from_township(store, ledger([["河顺", 4, 2, 3]]))
    assert answers_to(store, fourth) == first


def test_a_file_is_read_alike_until_something_is_learned(store: Store) -> None:
    sent(store, is_accepted=False)
    found = known(store, SHA256, NO_ANSWERS, BY)
    assert found is not None
    assert is_read_alike(store, found.submission_no, checked(CONTENT))
    too_early = checked(CONTENT, today=date(2018, 5, 31))
    assert not is_read_alike(store, found.submission_no, too_early)
