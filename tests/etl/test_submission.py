"""When is a file the one that was sent before?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.door import NO_ANSWERS, load_file
from etl.review import withdraw
from etl.submission import answers_from, answers_text, is_read_alike, known
from etl.tables.context import Answers
from store import Store
from store.vault import sha256_of
from tests.making import BY, NOW, checked, ledger, xlsx

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


def test_a_file_is_read_alike_until_something_is_learned(store: Store) -> None:
    sent(store, is_accepted=False)
    found = known(store, SHA256, NO_ANSWERS, BY)
    assert found is not None
    assert is_read_alike(store, found.submission_no, checked(CONTENT))
    too_early = checked(CONTENT, today=date(2018, 5, 31))
    assert not is_read_alike(store, found.submission_no, too_early)
