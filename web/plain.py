"""How do the few pages look that stand before the framework: sign-in, password?"""

from html import escape

from starlette.responses import HTMLResponse

from base.catalogue import catalogue
from base.settings import settings
from base.words import _

_STYLE = """
:root { color-scheme: light dark; --line: #d3dcdf; --ink: #1d2529; --paper: #fff;
  --field: #f2f5f6; --main: #1f5f6b; --bad: #a3362b; }
@media (prefers-color-scheme: dark) { :root { --line: #334046; --ink: #e6edef;
  --paper: #12181b; --field: #1b2428; --main: #2f8794; --bad: #e0796a; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--field); color: var(--ink); line-height: 1.6;
  font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
main { width: min(26rem, 100%); background: var(--paper); border: 1px solid var(--line);
  border-radius: 10px; padding: 1.6rem 1.6rem 1.4rem; }
h1 { font-size: 1.25rem; margin: 0 0 .2rem; }
h2 { font-size: 1rem; margin: 1.2rem 0 .5rem; }
p { margin: .3rem 0 .8rem; } .quiet { opacity: .75; font-size: .88rem; }
label { display: block; font-weight: 600; font-size: .92rem; margin: .7rem 0 .2rem; }
input { width: 100%; font: inherit; color: inherit; padding: .55rem .7rem; min-height: 44px;
  border: 1px solid var(--line); border-radius: 6px; background: var(--field); }
button, .button { font: inherit; font-weight: 600; width: 100%; min-height: 44px; margin-top: 1rem;
  border: 0; border-radius: 6px; color: #fff; background: var(--main); cursor: pointer;
  display: block; text-align: center; text-decoration: none; padding: .55rem .7rem; }
button.second { color: inherit; background: var(--field); border: 1px solid var(--line);
  margin-top: .5rem; font-weight: 500; }
:focus-visible { outline: 3px solid color-mix(in srgb, var(--main) 55%, transparent); outline-offset: 2px; }
.bad { border-left: 4px solid var(--bad); padding: .4rem .7rem; margin: .6rem 0;
  background: color-mix(in srgb, var(--bad) 10%, transparent); }
.demo { border: 1px dashed #b7791f; border-radius: 8px; padding: .7rem .9rem .9rem; margin-top: 1.2rem;
  background: color-mix(in srgb, #d69e2e 12%, transparent); }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 .6rem; }
a { color: var(--main); }
"""


def page(title: str, body: str, status: int = 200, problem: str = "") -> HTMLResponse:
    """Return a whole page.

    Args:
        title: what the page is for.
        body: its HTML; whatever people wrote in it is escaped already.
        status: of the answer.
        problem: what went wrong, in words.
    """
    language = "en" if settings().language == "en" else "zh-CN"
    name = escape(_("{city}村集体经济清零看板", city=catalogue().city.short_name))
    told = f'<div class="bad" role="alert">{escape(problem)}</div>' if problem else ""
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(title)} · {name}</title>'
        f"<style>{_STYLE}</style></head><body><main>"
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
