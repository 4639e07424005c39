"""How is a table of village attributes read: terrain, pilot level, poverty, plant?"""

from datetime import date
from decimal import Decimal

from base.formats import listed
from base.words import _
from etl.reading.text import fold
from etl.registry_rows import FOR_GOOD
from etl.statements.reports import add_reports
from etl.tables.context import Context
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import Output
from etl.tables.recognise import Table
from etl.tables.records import Records, records_of

STATEMENT = "attributes"
_SPELLED = ("terrain", "pilot_level", "poor_village")
_YEAR, _CAPACITY = "exit_year", "solar_capacity_kw"
_HOUSEHOLDS, _UNIT = "solar_households", "户"
_CHECKED = frozenset(["已核", "已核实", "已核对", "核实", "是"])
_NOTHING = frozenset(["", "-", "—", "/", "无", "未脱贫"])
_YEAR_SIGN = "年"
_FIRST_YEAR, _LAST_YEAR = 2013, 2035


def read_attributes(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read attributes into facts, one a village and attribute.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts, facts and findings.
    """
    roles = (*_SPELLED, _YEAR, _CAPACITY, _HOUSEHOLDS)
    records = records_of(table, context, job, output, roles)
    tell_of_strays(table, job, output)
    values = {role: _values(records, role) for role in roles if records.has(role)}
    from_days, to_days = records.days("valid_from"), records.days("valid_to")
    plant_days = records.days("solar_from")
    evidence, checked = records.texts("evidence"), records.texts("is_checked")
    for position in records.kept:
        start, _end = records.period(position)
        for role, column in values.items():
            value = column[position]
            if value is None:
                continue
            day = from_days[position] or start
            if role == _CAPACITY:
                day = plant_days[position] or day
            records.add_fact(
                "attribute",
                position,
                role,
                village_code=records.lines.codes[position],
                attribute_id=role,
                attribute_value=value,
                valid_from_date=day,
                valid_to_date=to_days[position],
                evidence=evidence[position],
                is_checked=fold(checked[position]) in _CHECKED,
            )
            if role == _CAPACITY:
                _expect_papers(records, position, value, day, to_days[position])
    first = next(role for role in roles if records.has(role))
    add_reports(records, STATEMENT, first)


def _values(records: Records, role: str) -> list[str | None]:
    if role == _CAPACITY:
        return [_number(n) for n in records.number(role, "kW")]
    if role == _HOUSEHOLDS:
        return _households(records)
    if role == _YEAR:
        return [_year(records, p, t) for p, t in enumerate(records.texts(role))]
    spellings = {
        fold(word): value
        for value, words in records.job.entries.attributes[role].values.items()
        for word in words
    }
    found: list[str | None] = []
    for position, text in enumerate(records.texts(role)):
        value = spellings.get(fold(text))
        if value is None and fold(text) not in _NOTHING:
            words = records.job.entries.attributes[role].names.values()
            records.refuse(
                position,
                role,
                "attribute_unknown",
                _("这个写法不认识。请填：{names}。", names=listed(words)),
            )
        found.append(value)
    return found


def _number(number: Decimal | None) -> str | None:
    return None if not number else f"{number.normalize():f}"


def _households(records: Records) -> list[str | None]:
    """Return how many households; a part of one is refused."""
    found = records.number(_HOUSEHOLDS, _UNIT)
    for position, number in enumerate(found):
        if number is not None and (number < 0 or number != int(number)):
            message = _("户数应是整数。请核对。")
            records.refuse(position, _HOUSEHOLDS, "households_not_whole", message)
    return [_number(number) for number in found]


def _year(records: Records, position: int, text: str) -> str | None:
    folded = fold(text).removesuffix(_YEAR_SIGN)
    if folded in _NOTHING:
        return None
    if (
        len(folded) == 4
        and folded.isdecimal()
        and _FIRST_YEAR <= int(folded) <= _LAST_YEAR
    ):
        return folded
    records.refuse(position, _YEAR, "year_unreadable", _("年份读不出。请写成 2017。"))
    return None


def _expect_papers(
    records: Records, position: int, capacity: str, day: date, until: date | None
) -> None:
    """Say that a village with a plant owes the papers about it from that day on."""
    if not Decimal(capacity):
        return
    code = records.lines.codes[position]
    for statement_id, statement in records.job.entries.statements.items():
        if statement.owed_by == _CAPACITY:
            first = max(day, statement.owed_from)
            records.expect(code, statement_id, first, until or FOR_GOOD)
