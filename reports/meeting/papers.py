"""Which papers are made for a meeting, and what is in each? All from frozen figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.errors import ShownError
from base.meeting import BOOK, BRIEF, FROZEN, PAPERS, PDF, SCREEN, SLIDES, TOWNSHIP
from base.place import NATION
from base.viewer import Viewer
from base.words import _, mark
from office.frozen import Frozen, frozen
from office.meetings import frozen_moment
from queries.table import Asked
from reports.meeting import book, notice, printed, screen, slides
from reports.meeting.brief import brief, township_brief
from reports.meeting.messages import deck
from store import Store

WHOLE = tuple(PAPERS)
_ENDINGS = {SLIDES: "pptx", BRIEF: "docx", BOOK: "xlsx", PDF: "pdf", SCREEN: "html"}


@dataclass(frozen=True)
class Paper:
    """A paper: its kind, the place that it tells all of, and the file."""

    kind: str
    place_code: str
    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Making:
    """What papers are made of: a frozen meeting, and who has them made.

    `by` sees all of the meeting's place; `at` is now, local time in China.
    """

    store: Store
    by: Viewer
    meeting: "pd.Series[Any]"
    is_demo: bool
    at: datetime

    @property
    def place(self) -> str:
        """Return the place of the meeting."""
        return str(self.meeting["place_code"])

    @property
    def made_at(self) -> datetime:
        """Return the time of the freeze: the same figures make the same papers."""
        at: datetime = self.meeting["frozen_at"]
        return at

    def whole(self) -> Frozen:
        """Return the figures of all the meeting's place."""
        return frozen(self.store, self.by, self.meeting, self.place)

    def township(self, code: str) -> Frozen:
        """Return the figures of a township."""
        return frozen(self.store, self.by, self.meeting, code)


def makes(
    making: Making, kinds: Sequence[str], townships: Sequence[str] = ()
) -> Iterator[Paper]:
    """Make papers one after the other.

    Args:
        making: what they are made of.
        kinds: of all the meeting's place.
        townships: a page each for these besides.

    Yields:
        Each paper as soon as it is made.

    Raises:
        ShownError: when the meeting is not frozen, or one asks who does not see all of
            its place.
    """
    if making.meeting["state"] != FROZEN:
        raise ShownError(_("会议还没有冻结数据，不能出材料。"))
    if not making.by.scope.holds(making.place or NATION):
        raise ShownError(_("全部材料只给看得到全部数的账号。"))
    whole = making.whole()
    for kind in kinds:
        yield Paper(
            kind,
            making.place,
            f"{_title(making)}-{_(_SHORT[kind])}.{_ENDINGS[kind]}",
            _content(making, whole, kind),
            _MEDIA[kind],
        )
    for code in townships:
        one = making.township(code)
        paper = township_brief(one, whole.townships, making.is_demo)
        yield Paper(
            TOWNSHIP,
            code,
            f"{_title(making)}-{one.place_name}.docx",
            notice.notice(paper, making.made_at),
            notice.MEDIA_TYPE,
        )


_SHORT = {
    SLIDES: mark("幻灯片"),
    BRIEF: mark("通报"),
    BOOK: mark("数据表"),
    PDF: mark("打印版"),
    SCREEN: mark("大屏"),
}
_MEDIA = {
    SLIDES: slides.MEDIA_TYPE,
    BRIEF: notice.MEDIA_TYPE,
    BOOK: book.MEDIA_TYPE,
    PDF: printed.MEDIA_TYPE,
    SCREEN: screen.MEDIA_TYPE,
}


def _title(making: Making) -> str:
    """Return the title of a meeting as part of a file's name."""
    kept = [
        sign if sign.isalnum() or sign in "-_" else ""
        for sign in str(making.meeting["title"])
    ]
    return f"{''.join(kept)}-{making.meeting['held_date']:%Y%m%d}"


def shown(making: Making) -> bytes:
    """Return the screen of a meeting, of all that `by` may see of it."""
    return screen.screen(_deck(making, making.whole()))


def _deck(making: Making, whole: Frozen) -> Any:
    codes = whole.townships.sort_values("township_code")["township_code"]
    townships = [making.township(str(code)) for code in codes]
    return deck(whole, catalogue().city.name, townships, making.is_demo)


def _content(making: Making, whole: Frozen, kind: str) -> bytes:
    if kind == SLIDES:
        return slides.slides(_deck(making, whole), making.made_at)
    if kind == SCREEN:
        return screen.screen(_deck(making, whole))
    if kind == BOOK:
        asked = Asked(
            making.store,
            making.by.within(making.place),
            frozen_moment(making.meeting),
            catalogue().headline(),
            making.place,
            {"meeting": str(making.meeting["meeting_no"])},
        )
        about = deck(whole, catalogue().city.name, (), making.is_demo).foot
        return book.book(asked, about, making.made_at)
    told = brief(whole, making.is_demo)
    if kind == PDF:
        return printed.printed(told)
    return notice.notice(told, making.made_at)
