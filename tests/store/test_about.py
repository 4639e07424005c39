"""Are facts about the installation kept, the last word counting?"""

from pathlib import Path

from store import Store
from store.about import about, set_about
from tests.making import NOW


def test_a_fact_is_the_last_that_the_journal_tells(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for value in ("one", "two"):
        set_about(store, "key", value, NOW)
    with store.transaction() as cursor:
        # as after a fall before the note: what was not done is not in the audit
        cursor.execute("update ops.about set about_value = 'one'")
        cursor.execute("delete from ops.audit")
    store.close()
    again = Store(tmp_path)
    assert about(again, "key") == "two"
    assert about(again, "other") is None
    again.close()
