"""How does the invented demonstration come in? Through the same door as every file."""

from collections.abc import Callable
from datetime import date, datetime

import pandas as pd

from base.errors import ShownError
from base.month import add_months
from base.words import _
from etl.demo.economy import invent
from etl.demo.papers import papers
from etl.door import DEMO_NOW, NO_ANSWERS, is_demo, load_file, opened
from etl.published import TABLES
from etl.registry import registry
from etl.submission import known
from store import Store
from store.about import about, set_about
from store.vault import sha256_of

TO_MONTH = date(2018, 10, 1)
MONTHS = 34
# The demonstration stands at a day on which the last month has been due for a week.
_CLOSING_DAY = 16


def load_demo(
    to_month: date, tell: Callable[[str], None], store: Store | None = None
) -> int:
    """Load the demonstration up to a month; what is there already stays.

    Args:
        to_month: first day of the last month with ledgers.
        tell: takes a line of progress now and then.
        store: where; default the installation's own.

    Returns:
        How many files were new.

    Raises:
        ShownError: when the store holds files that are no demonstration.
    """
    first = add_months(to_month, -MONTHS)
    place = store or opened(at=datetime(first.year, first.month, 1, 8))
    closing = add_months(to_month, 1)
    now = datetime(closing.year, closing.month, _CLOSING_DAY, 9)
    _refuse_real_data(place)
    if about(place, DEMO_NOW) != now.isoformat():
        set_about(place, DEMO_NOW, now.isoformat(), now)
    villages = pd.DataFrame([vars(v) for v in registry().villages.values()])
    new = 0
    for number, paper in enumerate(papers(villages, invent(villages, to_month)), 1):
        if known(place, sha256_of(paper.content), NO_ANSWERS) is None:
            load_file(
                place,
                paper.content,
                paper.file_name,
                _("演示"),
                paper.sent_at,
                is_accepted=paper.is_accepted,
            )
            new += 1
        if number % 100 == 0:
            tell(_("已载入 {number} 个文件", number=number))
    return new


def _refuse_real_data(store: Store) -> None:
    count = store.value(
        "select count(*) from ops.submission "
        "where not list_contains($nobody_sends, statement)",
        {"nobody_sends": list(TABLES)},
    )
    if count and not is_demo(store):
        raise ShownError(
            _("这里已有真实数据，不能载入演示数据。请换一个 VILLAGE_VAR 文件夹。")
        )
