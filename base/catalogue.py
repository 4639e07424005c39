"""Which statements, sources, measures and targets are there? Read from `data/`."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from base.errors import ShownError
from base.settings import settings
from base.words import _

FILES = ("sources.toml", "statements.toml", "accounting.toml", "corrections.toml")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Statement(_Entry):
    """A kind of paper that rows come from: who owes it how often, what it holds.

    `rank_due` and `rank_received`: the lowest counts; None tells no such money.
    `needs` are groups of columns of each of which one must be there.
    """

    name: str
    sender: Literal["township", "village", "platform", "grid", "office"]
    cadence: Literal["month", "quarter", "half_year", "year", "none"]
    due_days: int
    owed_from: date
    owed_by: str
    largest_amount_yuan: Decimal
    usual_amount_yuan: Decimal = Decimal(5_000_000)
    rank_due: int | None = None
    rank_received: int | None = None
    needs: tuple[tuple[str, ...], ...] = ()
    columns: Mapping[str, tuple[str, ...]] = {}


class Line(_Entry):
    """What a ledger may carry a line of: its accounting category and its headings."""

    name: str
    category: str
    synonyms: tuple[str, ...]


class Quantity(_Entry):
    """What a source counts besides money, in a unit of `quantity_units`."""

    name: str
    unit: str
    synonyms: tuple[str, ...]


class Item(_Entry):
    """A part of a source's money that is told apart.

    `months` are the first and last of the year to which a column of it belongs;
    `is_one_off` differs from the source's own where it is given.
    """

    name: str
    synonyms: tuple[str, ...] = ()
    months: tuple[int, int] | None = None
    is_one_off: bool | None = None


class Called(_Entry):
    """How a source's own words for due or received money go: pledged, arrived."""

    synonyms: tuple[str, ...]


class Own(_Entry):
    """What a source counts besides money, and which view of it a page shows.

    `quantity` is what money is divided by; a contract that ends `within_days` is
    expiring; `page` is the page that tells of the source.
    """

    view: Literal["per_unit", "pledges", "recoveries", "rents", "pilots", "page"]
    name: str = ""
    quantity: str = ""
    page: str = ""
    within_days: int = 60


class Source(Line):
    """An income model; `fits_terrain` is where a kind of joint project belongs."""

    is_one_off: bool
    usually_pays: str
    confirmed: bool
    quantities: Mapping[str, Quantity] = {}
    items: Mapping[str, Item] = {}
    due: Called | None = None
    received: Called | None = None
    own: Own | None = None
    fits_terrain: tuple[str, ...] = ()


class Attribute(_Entry):
    """What is known of a village besides money; `values` are spellings by value."""

    name: str
    values: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


class Duty(_Entry):
    """A link of the responsibility chain."""

    name: str
    is_required: bool


class Leaning(_Entry):
    """From which share of its income on a village hangs on its largest source."""

    from_share: Decimal
    confirmed: bool


class Comparison(_Entry):
    """How far two papers may differ on one income: yuan, and a share of the larger."""

    tolerance_yuan: Decimal
    tolerance_share: Decimal


class UnusualLimits(_Entry):
    """From when on an amount is unlike its past, its season or its peers.

    Ratios are of the larger to the smaller; deviations are median absolute deviations
    of logarithms, scaled to a standard deviation; amounts are yuan.
    """

    floor_yuan: Decimal
    past_periods: int
    past_at_least: int
    past_ratio: Decimal
    beyond: Decimal
    short_ratio: Decimal
    deviations: Decimal
    alike_ratio: Decimal
    unit_ratio: Decimal
    season_years: int
    season_ratio: Decimal
    peers_at_least: int
    peers_ratio: Decimal
    peers_deviations: Decimal
    first_ratio: Decimal
    copy_variety: Decimal


class SolarPrice(_Entry):
    """What a kWh brings to a plant that went on the grid from a day on."""

    commissioned_from: date
    benchmark_yuan_per_kwh: Decimal
    subsidy_yuan_per_kwh: Decimal
    confirmed: bool


class Measure(_Entry):
    """A sum of accounting categories; the three are never mixed."""

    name: str
    definition: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


class Rules(_Entry):
    """The accounts of one set of rules, by number and by name."""

    from_: date
    to: date | None
    accounts: Mapping[str, str]
    names: Mapping[str, str]


class City(_Entry):
    """The place that this installation serves."""

    name: str
    short_name: str


class Earlier(_Entry):
    """What a target meant up to and including a day; what is not said was as now."""

    until: date
    threshold_yuan: Decimal | None = None
    measure: str | None = None
    definition: str | None = None


class Target(_Entry):
    """A reading of the promise: a query whose answer must become empty.

    A target that counts no money has neither measure nor threshold. `earlier` are the
    readings that held before, the oldest first.
    """

    id: str
    name: str
    is_headline: bool
    query: str
    measure: str | None = None
    statements: tuple[str, ...]
    threshold_yuan: Decimal | None = None
    year: str
    deadline: str
    plan: Literal["last_year_path", "linear"]
    definition: str
    evidence: str
    confirmed: bool
    earlier: tuple[Earlier, ...] = ()

    @property
    def line_yuan(self) -> Decimal:
        """Return the threshold in yuan; zero where any amount is enough."""
        return self.threshold_yuan or Decimal(0)

    def deadline_in(self, year: int) -> date:
        """Return the day of a year by which the answer must be empty."""
        return date.fromisoformat(f"{year}-{self.deadline}")

    def on(self, day: date) -> "Target":
        """Return the target as it was defined on a day."""
        for entry in self.earlier:
            if day <= entry.until:
                said = entry.model_dump(exclude={"until"}, exclude_none=True)
                return self.model_copy(update={**said, "earlier": ()})
        return self

    def changed_before(self, day: date) -> date | None:
        """Return the last day of the reading that changed within the year so far."""
        ended = [entry.until for entry in self.earlier if entry.until < day]
        return ended[-1] if ended and ended[-1].year == day.year else None


class Catalogue(_Entry):
    """All of them; `columns` are the headings that are not sources."""

    statements: Mapping[str, Statement]
    sources: Mapping[str, Source]
    costs: Mapping[str, Line]
    columns: Mapping[str, tuple[str, ...]]
    quantity_units: Mapping[str, Mapping[str, Decimal]]
    attributes: Mapping[str, Attribute]
    duties: Mapping[str, Duty]
    solar_prices: tuple[SolarPrice, ...]
    leaning: Leaning
    comparison: Comparison
    unusual: UnusualLimits
    total_rows: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, str]
    measures: Mapping[str, Measure]
    rules: Mapping[str, Rules]
    targets: tuple[Target, ...]
    city: City
    corrections: tuple[Mapping[str, Any], ...]
    fingerprint: str

    @model_validator(mode="after")
    def _has_measures_of_income(self) -> Self:
        """Refuse a target whose measure takes costs off: queries sum income alone."""
        for target in self.targets:
            readings = [target, *(target.on(entry.until) for entry in target.earlier)]
            for name in {reading.measure for reading in readings} - {None}:
                measure = self.measures.get(str(name))
                if measure is None or measure.minus:
                    raise ShownError(
                        _(
                            "目标「{name}」的口径「{measure}」不能用："
                            "应为不减支出的口径。",
                            name=target.name,
                            measure=measure.name if measure else name,
                        )
                    )
        return self

    @model_validator(mode="after")
    def _has_own_quantities(self) -> Self:
        """Refuse a source whose view counts what the source does not, or a terrain."""
        terrains = self.attributes["terrain"].names
        for source in self.sources.values():
            own = source.own
            is_counted = own is None or own.view != "per_unit"
            is_known = is_counted or (own and own.quantity in source.quantities)
            if not is_known or not set(source.fits_terrain) <= set(terrains):
                raise ShownError(
                    _(
                        "收入来源「{name}」的专项数量（own）或适宜地形"
                        "（fits_terrain）写错了。",
                        name=source.name,
                    )
                )
        return self

    @model_validator(mode="after")
    def _has_headline_of_money(self) -> Self:
        """Refuse a headline without measure or threshold: its figures are amounts."""
        headline = self.headline()
        if headline.measure is None or headline.threshold_yuan is None:
            raise ShownError(
                _(
                    "首要目标「{name}」应写明口径（measure）和金额线（threshold_yuan）。",
                    name=headline.name,
                )
            )
        return self

    @model_validator(mode="after")
    def _has_readings_in_order(self) -> Self:
        """Refuse earlier readings of which it cannot be told when each held."""
        for target in self.targets:
            ends = [entry.until for entry in target.earlier]
            if ends != sorted(set(ends)):
                raise ShownError(
                    _(
                        "目标「{name}」以前的口径（earlier）应按截止日期（until）"
                        "从早到晚排列，日期不能重复。",
                        name=target.name,
                    )
                )
        return self

    def target(self, target_id: str) -> Target:
        """Return a target by its id."""
        return next(t for t in self.targets if t.id == target_id)

    def headline(self) -> Target:
        """Return the target that the first screen shows."""
        return next(t for t in self.targets if t.is_headline)

    def measure_of(self, target: Target) -> Measure:
        """Return by what a target counts money; the headline's where it counts none."""
        measure_id = target.measure or self.headline().measure
        assert measure_id is not None
        return self.measures[measure_id]

    def lines(self) -> dict[str, Line]:
        """Return costs and sources by their ids."""
        return {**self.costs, **self.sources}

    def source_name(self, source_id: str) -> str:
        """Return the Chinese name of a source or a cost."""
        entry = self.lines().get(source_id)
        return entry.name if entry else source_id


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((settings().data / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue of this installation, read once per process.

    Source: `data/*.toml`.
    """
    texts = {name: (settings().data / name).read_bytes() for name in FILES}
    sources, statements, accounting, corrections = (
        tomllib.loads(texts[name].decode("utf-8")) for name in FILES
    )
    targets, city = (_toml(name) for name in ("targets.toml", "city.toml"))
    rules = {
        year: {"to": None, "accounts": {}, **entry, "from_": entry["from"]}
        for year, entry in accounting["rules"].items()
    }
    for entry in rules.values():
        del entry["from"]
    return Catalogue(
        **sources,
        **statements,
        categories=accounting["categories"],
        measures=accounting["measures"],
        rules=rules,
        targets=targets["targets"],
        city=city,
        corrections=corrections["corrections"],
        fingerprint=hashlib.sha256(b"".join(texts.values())).hexdigest()[:16],
    )
