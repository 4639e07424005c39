"""What does the seal of a template say of the file that came back?"""

from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from base.words import _
from etl.findings import Finding, error, warning
from etl.handed.layout import FILL_IN, version_of
from etl.handed.seal import Seal, seal_of
from etl.reading.periods import months
from etl.registry import Registry
from etl.tables.context import Context
from etl.tables.job import Job
from etl.tables.lines import Output
from etl.tables.recognise import Table

_TOWNSHIP_DIGITS = 9
# In which templates are made. Other papers, and what a person adds on sheets of their
# own, say themselves when they were.
_LAYOUTS = ("township_ledger", "flat_list")


@dataclass(frozen=True)
class Heard:
    """A seal to go by, or None; and what is to be told where it is not genuine."""

    seal: Seal | None
    findings: list[Finding] = field(default_factory=list)


def hear(content: bytes, key: bytes | None) -> Heard:
    """Hear the seal of a file.

    Args:
        content: the file as it arrived.
        key: of the installation; without one a seal is taken at its word, so that a
            dry run tells what loading will tell.
    """
    seal = seal_of(content)
    if seal is None or key is None or seal.is_genuine(key):
        return Heard(seal)
    message = _(
        "样表的封签对不上：不是本系统发的，或被改过。内容照常读取；"
        "下次请重新下载样表填报。"
    )
    return Heard(None, [warning("seal_broken", message)])


def with_sealed(context: Context, table: Table, seal: Seal | None) -> Context:
    """Let the seal say what a sheet of a template does not: its month and township.

    Args:
        context: what title and names say; it goes before the seal.
        table: as recognised.
        seal: to go by.
    """
    is_template = table.layout in _LAYOUTS and table.sheet.name == FILL_IN
    if seal is None or not is_template:
        return context
    month = seal.month
    if context.period is None and context.year in (None, month.year):
        period = months(month.year, month.month, month.month)
        context = replace(context, period=period, year=month.year)
    if context.township_code is None:
        township = seal.place_code[:_TOWNSHIP_DIGITS]
        context = replace(context, township_code=township)
    return context


def tell_of_seal(heard: Heard, job: Job, output: Output) -> None:
    """Reject rows of villages for which a template was not made; tell of its age.

    Args:
        heard: the seal of the file.
        job: registry and catalogue.
        output: the whole file's; takes counts and findings.
    """
    output.findings += heard.findings
    seal = heard.seal
    if seal is None:
        return
    _reject_strangers(seal, job.registry, output)
    if seal.version != version_of(job.entries):
        message = _(
            "这张样表是旧的，收入名目已有变化。内容照常读取；下次请重新下载样表填报。"
        )
        output.findings.append(warning("template_old", message))


def _reject_strangers(seal: Seal, registry: Registry, output: Output) -> None:
    place = registry.code_changes.get(seal.place_code, seal.place_code)
    rows = output.rows()
    is_own = pc.starts_with(rows["village_code"], place)
    strangers = rows.filter(pc.invert(is_own))
    if not strangers.num_rows:
        return
    output.accepted = [rows.filter(is_own)]
    output.rejected += strangers.num_rows
    output.findings += _strangers(strangers, place, registry)


def _strangers(rows: pa.Table, place: str, registry: Registry) -> list[Finding]:
    """Tell of each village once in a sheet, at the first of its cells."""
    message = _(
        "这张样表是给{place}的，这里是别处的村，未读取。"
        "请把这个村填进它自己的样表；要一起报，请用空白样表。",
        place=_name(place, registry),
    )
    first: dict[tuple[str, str], Finding] = {}
    for row in rows.select(["village_code", "sheet", "cell"]).to_pylist():
        found = _name(row["village_code"], registry)
        finding = error("seal_place", message, row["sheet"], row["cell"], found)
        first.setdefault((row["sheet"], found), finding)
    return list(first.values())


def _name(code: str, registry: Registry) -> str:
    village = registry.village(code)
    if village is None:
        return registry.townships.get(code, code)
    return village.township_name + village.short_name
