"""How is a Chinese message said in the language of this installation?

Message ids are Chinese; `data/locale/<language>/messages.po` translates them. The
catalogue is read as it is, so that people can edit it without a compiler.
"""

import gettext
import io
from functools import lru_cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from base.settings import settings


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    path = settings().data / "locale" / language / "messages.po"
    if language == "zh" or not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str, **parts: object) -> str:
    """Say a message in the language of this installation.

    Args:
        message: the Chinese text, with `{name}` where a part goes.
        parts: the parts, already formatted.

    Returns:
        The text with its parts.
    """
    # gettext answers the empty message with the head of its catalogue.
    said = _catalogue(settings().language).gettext(message) if message else ""
    return said.format(**parts) if parts else said


def mark(message: str) -> str:
    """Mark a constant text for the catalogue; it is said later, with `_`."""
    return message
