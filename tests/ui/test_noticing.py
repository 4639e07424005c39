"""Are changes noticed at once, and in a rush together a little later?"""

from ui.noticing import AT_ONCE, LATER_S, Noticed


def test_a_few_changes_are_noticed_at_once():
    noticed = Noticed()
    assert [noticed.of(n, 0.1 * n) for n in range(AT_ONCE)] == list(range(AT_ONCE))


def test_in_a_rush_the_rest_are_noticed_together():
    noticed = Noticed()
    for number in range(AT_ONCE):
        noticed.of(number, 0.0)
    assert noticed.of(50, LATER_S) == AT_ONCE - 1
    assert noticed.of(60, LATER_S + 0.1) == 60
    assert noticed.of(61, LATER_S + 0.2) == 60


def test_after_the_rush_changes_are_noticed_at_once_again():
    noticed = Noticed()
    for number in range(AT_ONCE):
        noticed.of(number, 0.0)
    assert noticed.of(9, 60.1) == 9
    assert noticed.of(10, 60.2) == 10


def test_what_did_not_change_takes_no_turn():
    noticed = Noticed()
    for second in range(20):
        assert noticed.of(7, float(second)) == 7
    assert noticed.of(8, 21.0) == 8


def test_another_database_in_its_place_is_noticed():
    noticed = Noticed()
    for number in (7, 8, 9, 10):
        noticed.of(number, 0.0)
    assert noticed.of(3, 0.1) == 3
