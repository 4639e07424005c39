"""How is a share table read: who holds how much of which project, from which day?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from base.words import _
from etl.joint import STATEMENT
from etl.reading.text import fold
from etl.resolve import Named, Unresolved, resolve
from etl.statements.joint_income import project_ids, sources_of
from etl.tables.context import Context
from etl.tables.job import Job, tell_of_strays
from etl.tables.lines import Kind, Output
from etl.tables.recognise import Table
from etl.tables.records import Records, records_of

_HUNDRED, _TWO, _ONE = Decimal(100), Decimal(2), Decimal(1)
_MOST_DIGITS = 6
_PLACES = Decimal("0.000001")
Group = tuple[str, date]


@dataclass(frozen=True)
class Parts:
    """What each line says of a share: per cent, and yuan paid in (None: not told)."""

    shares: list[Decimal]
    invested: list[Decimal | None]


def read_joint_shares(table: Table, context: Context, job: Job, output: Output) -> None:
    """Read share tables; one whose shares are not 100 % is held back as a whole.

    Args:
        table: as recognised.
        context: what holds for all its lines.
        job: registry, catalogue, day and answers.
        output: takes rows, counts, facts and findings.
    """
    records = records_of(table, context, job, output, ("share",))
    tell_of_strays(table, job, output)
    projects = project_ids(records)
    sources = sources_of(records)
    managers = _managers(records)
    shares = _shares(records)
    invested = records.money("invested")
    from_days = [
        day or (records.period(p)[0] if records.lines.arrays.is_placed[p] else None)
        for p, day in enumerate(records.days("valid_from"))
    ]
    groups: dict[Group, list[int]] = {}
    for position, (project, day) in enumerate(zip(projects, from_days, strict=True)):
        if day is not None:
            groups.setdefault((project, day), []).append(position)
    for group, positions in groups.items():
        if _is_whole(records, positions, shares):
            parts = Parts(shares, invested)
            _add_facts(records, group, positions, parts, sources, managers)
    kind = Kind("joint_shares", "", "report", projects=projects)
    records.add_lines("share", sources, kind)


def _managers(records: Records) -> list[str | None]:
    """Return who manages each line's project; None where it is not told."""
    found: list[str | None] = []
    names = zip(
        records.texts("manager_township"), records.texts("manager_name"), strict=True
    )
    for position, (township, name) in enumerate(names):
        if not name:
            found.append(None)
            continue
        try:
            named = Named("", township, name, None)
            village = resolve(named, records.job.registry, records.job.today)
            found.append(village.village_code)
        except Unresolved as problem:
            found.append(None)
            records.refuse(position, "manager_name", problem.code, problem.cure)
    return found


def _shares(records: Records) -> list[Decimal]:
    column = records.table.first("share")
    assert column is not None
    found = []
    for position, row in enumerate(records.lines.rows):
        try:
            found.append(_share(records.table.sheet.rows[row][column]))
        except ValueError:
            found.append(Decimal(0))
            message = _("份额读不出。请填百分数，如 12.5%。")
            records.refuse(position, "share", "share_unreadable", message)
    return found


def _share(value: object) -> Decimal:
    """Return a share as it stands: 12.5%, 12.5 or 0.125.

    Raises:
        ValueError: when it is no number.
    """
    written = f"{value:.15g}" if isinstance(value, float) else fold(str(value))
    try:
        share = Decimal(written.removesuffix("%"))
    except InvalidOperation as problem:
        raise ValueError(value) from problem
    # NaN, Infinity and 1e999999 are decimals, too
    if not share.is_finite() or share.adjusted() > _MOST_DIGITS:
        raise ValueError(value)
    return share


def _is_whole(records: Records, positions: list[int], shares: list[Decimal]) -> bool:
    """Tell whether the shares of one table sum to 100 %; make them per cent."""
    codes = Counter(records.lines.codes[p] for p in positions)
    doubled = [p for p in positions if codes[records.lines.codes[p]] > 1]
    total = sum((shares[p] for p in positions), Decimal(0))
    if any(records.is_bad[p] or records.lines.codes[p] is None for p in positions):
        records.is_bad[positions] = True
        return False
    if doubled:
        records.is_bad[positions] = True
        message = _("同一个村在一张份额表里出现两次。请合成一行。")
        records.refuse(doubled[-1], "village_name", "holder_twice", message)
        return False
    if total == _ONE:
        for position in positions:
            shares[position] *= _HUNDRED
        total = _HUNDRED
    # Cells formatted as per cent hold fractions.
    shown = total * _HUNDRED if total < _TWO else total
    if total != _HUNDRED or any(shares[p] <= 0 for p in positions):
        records.is_bad[positions] = True
        records.refuse(
            positions[0],
            "share",
            "shares_not_100",
            _(
                "这个项目的份额合计是 {total}%，应为 100%，每村应大于 0。请核对。",
                total=f"{shown.normalize():f}",
            ),
        )
        return False
    return True


def _add_facts(
    records: Records,
    group: Group,
    positions: list[int],
    parts: Parts,
    sources: list[str | None],
    managers: list[str | None],
) -> None:
    project, day = group
    first = positions[0]
    manager = next((managers[p] for p in positions if managers[p]), None)
    if manager is None:
        records.is_bad[positions] = True
        message = _("没有写项目由哪个村承办。请填「承办镇」「承办村」。")
        records.refuse(first, "project_name", "manager_missing", message)
        return
    records.add_fact(
        "project",
        first,
        "project_name",
        project_id=project,
        project_name=records.texts("project_name")[first] or project,
        source_id=sources[first],
        managing_code=manager,
        place_name=records.texts("place_name")[first],
    )
    for position in positions:
        records.add_fact(
            "share",
            position,
            "share",
            project_id=project,
            valid_from_date=day,
            village_code=records.lines.codes[position],
            share_pct=parts.shares[position].quantize(_PLACES),
            invested_yuan=parts.invested[position],
        )
    records.expect(manager, STATEMENT, day, project_id=project)
