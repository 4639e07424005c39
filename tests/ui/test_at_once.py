"""Do no more pages run at once than there are turns, and is each turn given back?"""

import threading

import pytest

from ui import at_once
from ui.at_once import in_turn


def test_no_more_run_at_once_than_there_are_turns(monkeypatch):
    monkeypatch.setattr(at_once, "_turns", threading.BoundedSemaphore(2))
    lock, may_end = threading.Lock(), threading.Event()
    running, most = 0, 0
    two_run = threading.Event()

    def page() -> None:
        nonlocal running, most
        with in_turn():
            with lock:
                running += 1
                most = max(most, running)
                if running == 2:
                    two_run.set()
            may_end.wait(10)
            with lock:
                running -= 1

    people = [threading.Thread(target=page) for _person in range(5)]
    for person in people:
        person.start()
    assert two_run.wait(10)
    may_end.set()
    for person in people:
        person.join(10)
    assert (running, most) == (0, 2)


def test_a_page_that_fails_gives_its_turn_back(monkeypatch):
    monkeypatch.setattr(at_once, "_turns", threading.BoundedSemaphore(1))
    with pytest.raises(ZeroDivisionError), in_turn():
        raise ZeroDivisionError
    with in_turn():
        pass
