"""Which village does a book speak of, where only its title, sheet or file says so?"""

import re
from collections.abc import Callable

from etl.reading.text import fold
from etl.registry import Registry
from etl.resolve import Named, Unresolved, resolve
from etl.tables.context import Context
from etl.tables.headings import stated_unit
from etl.tables.job import Job
from etl.tables.recognise import Table

_LABEL = re.compile(r"^(?:村名|村|行政村|单位|填报单位|单位名称):(?P<name>.*)$")
_PLACE = r"^(?:.*?市)?(?P<township>[^年]*?(?:镇|街道|乡))?"
_TITLE = re.compile(_PLACE + r"(?P<name>[^年\d]+?)(?=(?:19|20)\d\d年)")
# A title whose year stands before or after: 柳泉村集体经济收入台账（2018年）.
_UNDATED_TITLE = re.compile(_PLACE + r"(?P<name>[^年\d]{1,8}?(?:社区|村))")
_DATED = re.compile(r"(?:19|20)\d\d年?度?")


def village_of_title(table: Table, context: Context, job: Job) -> Callable[[str], str]:
    """Return what names the village of a line, where only the title of a book does.

    Args:
        table: as recognised; where it has a column of villages, that one names them.
        context: what holds for all its lines.
        job: for the registry and the day.
    """
    if any(table.first(role) is not None for role in ("village_name", "village_code")):
        return str
    for candidate in [
        *names_in_title(table, context, job.registry),
        *hints_of(table, context),
    ]:
        try:
            found = resolve(candidate, job.registry, job.today)
        except Unresolved:
            continue
        name = found.township_name + found.short_name
        return lambda _text: name
    return str


def names_in_title(table: Table, context: Context, registry: Registry) -> list[Named]:
    """Return the villages that the lines above a table may speak of."""
    texts = [fold(text) for text in (*table.said_above, *table.said_on_top)]
    found = []
    for text, following in zip(texts, [*texts[1:], ""], strict=False):
        label = _LABEL.match(text)
        name = (label["name"] or following) if label else ""
        if name and not stated_unit(text) and not _is_township(name, registry):
            found.append(Named("", "", name, context.township_code))
        undated = _DATED.sub("", text)
        for title in (_TITLE.match(text), _UNDATED_TITLE.match(undated)):
            if title is not None and not label:
                found += _from_title(title, context, registry)
    return found


def _from_title(
    title: re.Match[str], context: Context, registry: Registry
) -> list[Named]:
    name, township = title["name"], title["township"] or ""
    if township and registry.township_code(township) is None:
        name, township = township + name, ""
    if _is_township(name, registry):
        return []
    return [Named("", township, name, context.township_code)]


def _is_township(name: str, registry: Registry) -> bool:
    return fold(name) in map(fold, registry.townships.values())


def hints_of(table: Table, context: Context) -> list[Named]:
    """Return what the names of sheet and file may say of the village."""
    file_name = fold(context.file_name.rsplit(".", 1)[0])
    names = [table.sheet.name, _DATED.split(file_name)[0]]
    return [Named("", "", name, context.township_code) for name in names if fold(name)]
