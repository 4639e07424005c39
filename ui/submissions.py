"""What was sent, by whom, and what became of it?"""

import pandas as pd

from base.catalogue import catalogue
from base.words import _
from etl.published import TABLES
from etl.states import ALL, STATES
from ui.answers import answer
from ui.looking import Looking


def submissions_of(look: Looking, states: tuple[str, ...] = ALL) -> pd.DataFrame:
    """Return the submissions of the viewer's scope, the latest first."""
    return answer(
        look,
        look.home,
        "review/queue",
        states=states,
        nobody_sends=tuple(TABLES),
    )


def statement_name(statement: str) -> str:
    """Return what a kind of paper is called."""
    statements = catalogue().statements
    return statements[statement].name if statement in statements else _("多种报表")


def submissions_table(found: pd.DataFrame) -> pd.DataFrame:
    """Return the table of submissions as people read it."""
    return pd.DataFrame(
        {
            _("编号"): found["submission_no"],
            _("状态"): [_(STATES[state]) for state in found["state"]],
            _("范围"): found["place_name"].fillna(_("全市")),
            _("报表"): found["statement"].map(statement_name),
            _("文件"): found["file_name"],
            _("报送人"): found["sent_by"],
            _("报送时间"): found["submitted_at"],
            _("笔数"): found["rows_accepted"],
            _("错误"): found["error_count"],
            _("原因"): found["reason"].fillna(""),
        }
    )
