"""How do small pieces look: a badge, a bar, an amount, a year, a definition?"""

from decimal import Decimal
from html import escape

import pandas as pd

from base.catalogue import Target, catalogue
from base.formats import month, month_name, wan, yuan
from base.words import _
from charts.palette import pace_colour, pace_word, state_colour, state_word
from ui.looking import is_dark


def badge(words: str, hex_colour: str) -> str:
    """Return a word with its icon in a rounded frame, as HTML."""
    return f'<span class="v-badge" style="color:{hex_colour}">{escape(words)}</span>'


def pace_badge(state: str) -> str:
    """Return the word for a pace, as HTML; colour never stands alone."""
    return badge(pace_word(state), pace_colour(state, is_dark()))


def state_badge(state: str) -> str:
    """Return the word for a state of reporting, as HTML."""
    return badge(state_word(state), state_colour(state, is_dark()))


def bar(part: int, whole: int) -> str:
    """Return a bar filled by the share of a part in a whole, as HTML."""
    width = round(100 * part / whole) if whole else 0
    return f'<div class="v-bar"><i style="width:{width}%"></i></div>'


def yuan_or_dash(amount: Decimal | None) -> str:
    """Return yuan, or a dash where no amount is stated."""
    return "–" if pd.isna(amount) else yuan(amount)


def definition(target: Target) -> str:
    """Return what a target counts, and that nobody has confirmed it, as HTML."""
    parts = [_("定义：{text}。", text=target.definition)]
    if target.measure and target.threshold_yuan:
        measure = catalogue().measures[target.measure]
        parts.append(
            _(
                "{name}＝{formula}，按到账计；线是 {line}。",
                name=measure.name,
                formula=measure.definition,
                line=wan(target.threshold_yuan),
            )
        )
    if not target.confirmed:
        parts.append(_("口径待确认：{evidence}", evidence=target.evidence))
    return f'<div class="v-quiet">{"<br>".join(map(escape, parts))}</div>'


def months_strip(months: pd.DataFrame) -> str:
    """Return the months of a year with their states, as HTML.

    Args:
        months: period_start and state, one row a month.
    """
    dark = is_dark()
    cells = [
        f'<div class="v-month" style="border-color:{state_colour(row.state, dark)}" '
        f'title="{escape(month(row.period_start))}">'
        f"<b>{escape(month_name(row.period_start.month))}</b>"
        f"{escape(state_word(row.state))}</div>"
        for row in months.itertuples()
    ]
    return f'<div class="v-months">{"".join(cells)}</div>'
