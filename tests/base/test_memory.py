"""Is an answer asked for once, kept for a while, and forgotten where there are many?"""

import threading

import pytest

from base.memory import Memory


def test_an_answer_is_asked_for_once():
    memory, asked = Memory(most=3, for_s=60), []
    for _look in range(2):
        assert memory.of(("a",), lambda: asked.append(1) or "answer") == "answer"
    assert len(asked) == 1


def test_the_longest_unused_is_forgotten():
    memory = Memory(most=2, for_s=60)
    for key in ("a", "b", "a", "c"):
        memory.of((key,), lambda key=key: key)
    assert len(memory) == 2
    assert memory.of(("a",), lambda: "anew") == "a"
    assert memory.of(("b",), lambda: "anew") == "anew"


def test_what_is_old_is_asked_for_again():
    memory = Memory(most=2, for_s=0)
    memory.of(("a",), lambda: "old")
    assert memory.of(("a",), lambda: "new") == "new"


def test_what_fails_is_asked_for_again():
    memory = Memory(most=2, for_s=60)
    with pytest.raises(ZeroDivisionError):
        memory.of(("a",), lambda: 1 // 0)
    assert memory.of(("a",), lambda: "answer") == "answer"


def test_two_who_want_the_same_ask_once() -> None:
    memory, asked = Memory(most=2, for_s=60), []
    has_begun, may_end = threading.Event(), threading.Event()

    def slow() -> str:
        asked.append(1)
        has_begun.set()
        may_end.wait(10)
        return "answer"

    told: list[str] = []
    people = [
        threading.Thread(target=lambda: told.append(memory.of(("a",), slow)))
        for _person in range(2)
    ]
    people[0].start()
    has_begun.wait(10)
    people[1].start()
    may_end.set()
    for person in people:
        person.join(10)
    assert (told, len(asked)) == (["answer", "answer"], 1)
