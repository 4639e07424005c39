"""Does a village's page tell every step of its papers, and nobody else's?"""

from datetime import datetime

import pytest

from etl.door import load_file
from etl.review import send_back
from store import Store
from tests.accounts.people import VILLAGE
from tests.making import BY, ledger, load, xlsx
from tests.pages.sitting import sit_down
from tests.pages.test_pages import LIUQUAN, opened, words_of

SENT, DECIDED = datetime(2018, 7, 3, 9), datetime(2018, 7, 4, 10)


@pytest.fixture(autouse=True)
def signed_in_as() -> None:
    """Nobody at first: each test says who sits down."""


@pytest.fixture
def returned(store: Store) -> int:
    """A township's ledger that was sent and returned; the submission's number."""
    paper = xlsx(ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]]))
    sent = load_file(store, paper, "河顺<b>.xlsx", BY, SENT, is_accepted=False)
    assert sent.submission is not None
    number = sent.submission.submission_no
    send_back(store, number, "柳泉的数<i>不对", BY, DECIDED)
    return number


def test_each_step_is_told_in_words(
    store: Store, returned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(store, monkeypatch, "office", "410581")
    said = words_of(opened("village", place=LIUQUAN))
    steps = said.partition("v-history")[2]
    sent = f"报送第 {returned} 号 村级台账《河顺&lt;b&gt;.xlsx》"
    assert "测试（市专班，命令行）退回" in steps
    assert "原因：柳泉的数&lt;i&gt;不对" in steps
    assert sent in steps
    assert steps.index("退回第") < steps.index(sent)
    assert "2018-07-04 10:00" in steps


def test_a_secretary_reads_of_its_own_village_and_of_no_other(
    store: Store, returned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(store, monkeypatch, "secretary", VILLAGE)
    app = opened("village", place=VILLAGE)
    steps = words_of(app).partition("v-history")[2]
    assert "退回第" in steps
    # the paper is the township's, and its reason speaks of another village
    assert "柳泉的数" not in steps
    links = [one.proto.url for one in app.get("link_button")]
    assert links == ["/files/handover"]
    # another village is answered with its own
    other = opened("village", place=LIUQUAN)
    assert [one.value for one in other.title] == ["河顺镇 河顺"]


def test_without_papers_there_is_no_history(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, ledger([["河顺", 1, 2, 3]]), SENT)
    sit_down(store, monkeypatch, "office", "410581")
    said = words_of(opened("village", place=LIUQUAN))
    assert "还没有报送过，也就没有经过" in said
