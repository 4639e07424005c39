"""How do the few pages look that stand before the framework: sign-in, password?"""

from functools import cache
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from base.catalogue import catalogue
from base.settings import settings
from base.words import _


@cache
def _style() -> str:
    return (Path(__file__).parent / "plain.css").read_text(encoding="utf-8")


def page(
    title: str, body: str, status: int = 200, problem: str = "", refresh_s: int = 0
) -> HTMLResponse:
    """Return a whole page.

    Args:
        title: what the page is for.
        body: its HTML; whatever people wrote in it is escaped already.
        status: of the answer.
        problem: what went wrong, in words.
        refresh_s: after how many seconds it asks again; 0 for never.
    """
    language = "en" if settings().language == "en" else "zh-CN"
    name = escape(_("{city}村集体经济清零看板", city=catalogue().city.short_name))
    told = f'<div class="bad" role="alert">{escape(problem)}</div>' if problem else ""
    again = f'<meta http-equiv="refresh" content="{refresh_s}">' if refresh_s else ""
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'{again}<link rel="icon" href="data:,"><title>{escape(title)} · {name}</title>'
        f"<style>{_style()}</style></head><body><main>"
        f'<div class="quiet">{name}</div><h1>{escape(title)}</h1>{told}{body}'
        "</main></body></html>",
        status_code=status,
        headers={"cache-control": "no-store"},
    )


def field(
    name: str,
    label: str,
    kind: str = "text",
    value: str = "",
    autocomplete: str = "off",
    hint: str = "",
) -> str:
    """Return a labelled input, as HTML."""
    note = f'<div class="quiet">{escape(hint)}</div>' if hint else ""
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" '
        f'autocomplete="{autocomplete}" autocapitalize="none" required>{note}'
    )


def form(address: str, fields: str, label: str, second: bool = False) -> str:
    """Return a form that is sent to an address of ours, as HTML."""
    kind = ' class="second"' if second else ""
    return (
        f'<form method="post" action="{escape(address)}">{fields}'
        f"<button{kind}>{escape(label)}</button></form>"
    )


def hidden(name: str, value: str) -> str:
    """Return a value that a form carries along, as HTML."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'
