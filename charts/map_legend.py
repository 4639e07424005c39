"""What do the colours, shapes and strokes of the map mean?"""

from base.words import _
from charts.palette import ramp, standing_colour, standing_word, surface

_CITY_DIGITS = 6


def legend_entries(focus: str = "", is_dark: bool = False) -> list[tuple[str, str]]:
    """Return the signs of the map and their words.

    Signs are styled spans and no pictures, because pages filter pictures out.

    Args:
        focus: the place code in focus; a city shows fewer signs. Empty: all signs.
        is_dark: whether the page is dark.

    Returns:
        Pairs of a sign of 16 by 16 pixels, as HTML, and its word.
    """
    page = surface(is_dark)
    words = [_("全部清零")] + [
        _("未清零占 {low}–{high}%", low=low, high=low + 24) for low in (1, 26, 51, 76)
    ]
    signs = [
        (_sign(f"background:{colour};border:1px solid {page.muted}"), word)
        for colour, word in zip(ramp(is_dark), words, strict=True)
    ]
    lines = f"repeating-linear-gradient(135deg,{page.text} 0 1px,transparent 1px 5px)"
    hatched = _sign(f"background:{lines};border:1px solid {page.muted}")
    red, blue, grey = (
        standing_colour(code, is_dark)
        for code in ("remaining", "cleared", "met_last_year")
    )
    disc = f"background:{red};border-radius:50%;transform:scale(.8)"
    signs += [(hatched, _("四分之一以上的村未报")), (_sign(disc), _word("remaining"))]
    if 0 < len(focus) <= _CITY_DIGITS:
        return signs
    ring = f"border:3px solid {blue};border-radius:50%;transform:scale(.8)"
    square = f"background:{grey};transform:scale(.55)"
    stroke = (
        f"linear-gradient(135deg,transparent 46%,{page.text} 46% 54%,transparent 54%)"
    )
    return [
        *signs,
        (_sign(ring), _word("cleared")),
        (_sign(square), _word("met_last_year")),
        (_sign(f"background:{stroke}"), _("有应报未报")),
    ]


def _word(code: str) -> str:
    return standing_word(code).split(" ", 1)[1]


def _sign(style: str) -> str:
    size = "display:inline-block;width:16px;height:16px;box-sizing:border-box"
    return f'<span aria-hidden="true" style="{size};{style}"></span>'
