"""The screen of a meeting: one file that needs no network once it is opened.

One message a page, laid out in parts of the window, so that nothing scrolls; read from
ten metres and in greyscale: bars bear their values, signs go with colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from base.settings import settings
from base.words import _
from reports.meeting.deck import Bars, Deck, Grid, Lines

MEDIA_TYPE = "text/html; charset=utf-8"
# The names of the lines stand above the highest point.
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 1000, 460, 60, 70, 60
_DASHES = ("", "14 10")


@dataclass(frozen=True)
class _Bar:
    name: str
    share: float
    words: str


@dataclass(frozen=True)
class _Point:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class _Line:
    name: str
    dash: str
    points: tuple[_Point, ...]

    @property
    def way(self) -> str:
        """Return the points as a polyline has them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


def screen(deck: Deck) -> bytes:
    """Return the whole screen as one HTML file."""
    pages = [
        {
            "message": message,
            "kind": type(message.picture).__name__ if message.picture else "",
            "bars": _bars(message.picture),
            "lines": _lines(message.picture),
            "ticks": _ticks(message.picture),
            "grid": message.picture if isinstance(message.picture, Grid) else None,
        }
        for message in deck.messages
    ]
    text = _template().render(
        deck=deck,
        pages=pages,
        language="en" if settings().language == "en" else "zh-CN",
        width=_WIDTH,
        height=_HEIGHT,
        base=_HEIGHT - _BOTTOM,
        how=_("← → 翻页，Home 首页，F 全屏，B 黑屏"),
    )
    return text.encode()


@lru_cache(maxsize=1)
def script() -> bytes:
    """Return the only script of the screen, as it stands in every one."""
    text = (Path(__file__).parent / "screen.html").read_text(encoding="utf-8")
    return text.split("<script>", 1)[1].split("</script>", 1)[0].encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    room = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return room.get_template("screen.html")


def _bars(picture: object) -> Sequence[_Bar]:
    if not isinstance(picture, Bars):
        return ()
    values = next(iter(picture.series.values()))
    most = 1.0 if picture.is_share else max([*values, 0.0]) or 1.0
    return [
        _Bar(name, max(value, 0.0) / most, said(picture, value))
        for name, value in zip(picture.names, values, strict=True)
    ]


def said(bars: Bars, value: float) -> str:
    """Return a bar's value in words."""
    if bars.is_share:
        return f"{value:.0%}"
    number = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    return _("{number} {unit}", number=number, unit=bars.unit)


def _lines(picture: object) -> Sequence[_Line]:
    if not isinstance(picture, Lines):
        return ()
    counts = [one for way in picture.series.values() for one in way if one is not None]
    most = max([*counts, 1])
    span = max(len(picture.months) - 1, 1)
    made = []
    for dash, (name, way) in zip(_DASHES, picture.series.items(), strict=False):
        points = [
            _Point(
                _LEFT + place * (_WIDTH - 2 * _LEFT) / span,
                _TOP + (1 - count / most) * (_HEIGHT - _TOP - _BOTTOM),
                str(count),
            )
            for place, count in enumerate(way)
            if count is not None
        ]
        made.append(_Line(name, dash, tuple(points)))
    return made


def _ticks(picture: object) -> Sequence[_Point]:
    if not isinstance(picture, Lines):
        return ()
    span = max(len(picture.months) - 1, 1)
    return [
        _Point(_LEFT + place * (_WIDTH - 2 * _LEFT) / span, _HEIGHT - 20, name)
        for place, name in enumerate(picture.months)
    ]
