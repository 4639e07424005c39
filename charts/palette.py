"""Which colour, sign and word does each standing, state and pace have?

Colours never stand alone: signs differ too, and every Chinese font has them. Dark and
pale alternate, so that neighbours stay apart in greyscale and to colour-blind eyes.
"""

from dataclasses import dataclass

from base.action import WORDS
from base.words import _, mark

FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"

STANDINGS = {
    "remaining": ("●", mark("未清零"), "#9c3d22", "#ec9468"),
    "cleared": ("○", mark("已清零"), "#2a7f8e", "#6fc3cf"),
    "met_last_year": ("■", mark("上年达标"), "#8b989e", "#84929a"),
}
STATES = {
    "not_due": ("…", mark("未到期"), "#a9b4b9", "#7d8a91"),
    "not_reported": ("×", mark("未报"), "#5b2a6e", "#cfa3df"),
    "in_review": ("◎", mark("待审核"), "#b0812b", "#e0b765"),
    "reported_zero": ("□", mark("零申报"), "#5f8fa8", "#8fbdd4"),
    "reported": ("√", mark("已报"), "#1f5f6b", "#5fb0bd"),
    "returned": ("←", mark("已退回"), "#a23b2c", "#e58a76"),
}
PACES = {
    "green": ("√", mark("正常"), "#2f7d5c", "#74c29b"),
    "yellow": ("△", mark("偏慢"), "#b98a16", "#ecc95c"),
    "orange": ("▲", mark("滞后"), "#c2611b", "#f0a060"),
    "red": ("◆", mark("严重滞后"), "#9e2b25", "#ee7f74"),
    "not_due": ("…", mark("未到期"), "#a9b4b9", "#7d8a91"),
    "keep": ("→", mark("保持"), "#1f5f6b", "#5fb0bd"),
}
# Green, yellow and red of those who answer for villages; the words are of the data.
BANDS = {
    "green": ("√", mark("绿"), "#2f7d5c", "#74c29b"),
    "yellow": ("△", mark("黄"), "#b98a16", "#ecc95c"),
    "red": ("◆", mark("红"), "#9e2b25", "#ee7f74"),
}
# How far an action is; the words are of `base.action`.
_ACTION_SIGNS = {
    "open": "○",
    "doing": "◎",
    "done": "√",
    "closed": "■",
    "dropped": "×",
    "reopened": "▲",
}
# How the year may end for a village.
OUTLOOKS = {
    "done": ("○", mark("已过线"), "#2a7f8e", "#6fc3cf"),
    "likely": ("√", mark("有望过线"), "#7fa88b", "#9cc9a8"),
    "watch": ("△", mark("要盯住"), "#b98a16", "#ecc95c"),
    "at_risk": ("◆", mark("难过线"), "#8c2f24", "#ee7f74"),
    "unknown": ("…", mark("资料不足"), "#a9b4b9", "#7d8a91"),
}
# How a solar plant did in a month.
PLANTS = {
    "normal": ("√", mark("正常"), "#cfe3df", "#2d4f4d"),
    "weak": ("△", mark("偏弱"), "#e0a63c", "#d9a441"),
    "outage": ("◆", mark("疑似停机"), "#9e2b25", "#ee7f74"),
    "no_figure": ("×", mark("没有数"), "#b9a4c4", "#6d5a78"),
    "not_yet": ("…", mark("未并网"), "#eef1f2", "#20292d"),
}

# Shares of villages that remain: none, then a quarter more with each step. The pale end
# is nearest to the page, so that what is left to do stands out in both themes.
RAMP_LIGHT = ("#eaf4f3", "#f8dcbc", "#eebb84", "#d5834a", "#aa5026")
RAMP_DARK = ("#192d31", "#4b3a30", "#744b33", "#a46338", "#dd8d57")

# Of 255: from here on a ground takes dark letters.
_PALE_FROM = 140

_SERIES_LIGHT = ("#1f5f6b", "#d9b169", "#8c3b2e", "#a8c09b", "#4b507d", "#c8afc6")
_SERIES_DARK = ("#3f97a5", "#e6c681", "#b05a48", "#b4cca7", "#767bb0", "#d9c3d8")


@dataclass(frozen=True)
class Surface:
    """The colours of a page that a figure lies on, as hex."""

    page: str
    text: str
    muted: str
    grid: str
    strong: str


_LIGHT = Surface("#ffffff", "#1d2529", "#5d6a71", "#e3e9eb", "#1f5f6b")
_DARK = Surface("#12181b", "#e6edef", "#9fabb1", "#2b373c", "#6fc3cf")


def surface(is_dark: bool = False) -> Surface:
    """Return the colours of the page in the light or the dark theme."""
    return _DARK if is_dark else _LIGHT


def ramp(is_dark: bool = False) -> tuple[str, ...]:
    """Return five colours for the share that remains, from none to all, as hex."""
    return RAMP_DARK if is_dark else RAMP_LIGHT


def series(is_dark: bool = False) -> tuple[str, ...]:
    """Return six colours for sources; dark and pale ones alternate, as hex."""
    return _SERIES_DARK if is_dark else _SERIES_LIGHT


def standing_word(code: str) -> str:
    """Return sign and word of a standing: ● 未清零."""
    return _said(STANDINGS, code)


def state_word(code: str) -> str:
    """Return sign and word of a report's state: × 未报."""
    return _said(STATES, code)


def pace_word(code: str) -> str:
    """Return sign and word of a pace: √ 正常."""
    return _said(PACES, code)


def outlook_word(code: str) -> str:
    """Return sign and word of how a village's year may end: △ 要盯住."""
    return _said(OUTLOOKS, code)


def outlook_colour(code: str, is_dark: bool = False) -> str:
    """Return the colour of how a village's year may end, as hex."""
    return _colour(OUTLOOKS, code, is_dark)


def plant_word(code: str) -> str:
    """Return sign and word of a solar plant's month: ◆ 疑似停机."""
    return _said(PLANTS, code)


def plant_sign(code: str) -> str:
    """Return the sign of a solar plant's month: ◆."""
    return PLANTS[code][0]


def action_word(code: str) -> str:
    """Return sign and word of an action's state: ◎ 在办."""
    return f"{_ACTION_SIGNS[code]} {_(WORDS[code])}"


def band_word(code: str) -> str:
    """Return sign and word of a band: √ 绿; nothing where there is none."""
    return _said(BANDS, code) if code else ""


def band_sign(code: str) -> str:
    """Return the sign of a band alone, where there is no room for its word: √."""
    return BANDS[code][0] if code else ""


def band_colour(code: str, is_dark: bool = False) -> str:
    """Return the colour of a band, as hex."""
    return _colour(BANDS, code, is_dark)


def standing_colour(code: str, is_dark: bool = False) -> str:
    """Return the colour of a standing, as hex."""
    return _colour(STANDINGS, code, is_dark)


def state_colour(code: str, is_dark: bool = False) -> str:
    """Return the colour of a report's state, as hex."""
    return _colour(STATES, code, is_dark)


def pace_colour(code: str, is_dark: bool = False) -> str:
    """Return the colour of a pace, as hex."""
    return _colour(PACES, code, is_dark)


def plant_colour(code: str, is_dark: bool = False) -> str:
    """Return the ground of a solar plant's month, as hex."""
    return _colour(PLANTS, code, is_dark)


def ink_on(ground: str) -> str:
    """Return black or white, whichever is read on a colour, as hex.

    Args:
        ground: `#rrggbb`.
    """
    red, green, blue, _opacity = rgb(ground)
    is_pale = 0.299 * red + 0.587 * green + 0.114 * blue > _PALE_FROM
    return _LIGHT.text if is_pale else _LIGHT.page


def rgb(colour: str, opacity: int = 255) -> list[int]:
    """Return a hex colour as layers of a map take it.

    Args:
        colour: `#rrggbb`.
        opacity: 0 (nothing) to 255 (full).

    Returns:
        Red, green, blue and opacity, each 0 to 255.
    """
    return [*bytes.fromhex(colour.removeprefix("#")), opacity]


def _said(table: dict[str, tuple[str, str, str, str]], code: str) -> str:
    sign, word, _light, _dark = table[code]
    return f"{sign} {_(word)}"


def _colour(table: dict[str, tuple[str, str, str, str]], code: str, dark: bool) -> str:
    return table[code][3 if dark else 2]
