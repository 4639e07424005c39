"""What do the platforms of the two makers of inverters export each month?"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from etl.demo.economy import Economy
from etl.demo.months import COUNT, Span, at, monthly
from etl.demo.paper import Paper, Township, after, file_name, moment
from etl.demo.sheets import Row, Sheet, workbook

SENDER = "光伏平台"
FIRST_YEAR, FIRST = 2017, at(2017, 8)
ENGLISH = (
    "stationCode",
    "stationName",
    "collectTime",
    "installed_capacity",
    "radiation_intensity",
    "theory_power",
    "performance_ratio",
    "inverter_power",
    "ongrid_power",
    "use_power",
    "power_profit",
    "perpower_ratio",
)
CHINESE = (
    "乡镇",
    "电站名称",
    "统计月份",
    "装机容量(kW)",
    "理论发电量(度)",
    "PV发电量(度)",
    "上网电量(万kWh)",
    "等效利用小时数(h)",
    "限电损失电量(度)",
    "系统效率PR(%)",
    "故障损失电量(万kWh)",
)
_ZONE = ZoneInfo("Asia/Shanghai")
_PRICE_FEN = 85
_LOST = Decimal("0.985")  # from the inverter to the meter


def plant_name(economy: Economy, places: dict[int, Township], village: int) -> str:
    """Return what a plant is called: 河顺镇柳泉村300kW光伏电站."""
    name = places[village].villages[village]
    place = name if name.endswith(("村", "社区")) else f"{name}村"
    capacity = economy.world.capacity_kw[village]
    return f"{places[village].name}{place}{capacity}kW光伏电站"


def by_village(townships: dict[str, Township]) -> dict[int, Township]:
    """Return the township of each village."""
    return {v: township for township in townships.values() for v in township.villages}


def on_the_grid(economy: Economy, place: int) -> list[int]:
    """Return which plants (rows of `Solar`) made energy in a month."""
    found: list[int] = np.flatnonzero(economy.solar.energy_kwh[:, place]).tolist()
    return found


def energy(
    economy: Economy, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write two exports a month: every second plant is of the other maker."""
    chance = np.random.default_rng([seed, 10])
    places = by_village(townships)
    for span in months_with_plants():
        rows = on_the_grid(economy, span.places.start)
        for maker, (name, write) in enumerate(
            (("华为平台电站月报", _english), ("阳光平台电站月报", _chinese))
        ):
            mine = [row for row in rows if row % 2 == maker]
            sent_at = moment(after(span.last_month), 10, 12, chance)
            yield Paper(
                sent_at,
                file_name(f"{name}{span.text}"),
                SENDER,
                sent_at,
                partial(write, economy, places, span, mine),
            )


def months_with_plants() -> list[Span]:
    """Return the months from the first plant's to the world's last."""
    years = range(FIRST_YEAR, FIRST_YEAR + (COUNT - FIRST) // 12 + 1)
    found = [span for year in years for span in monthly(year)]
    return [span for span in found if span.places.start >= FIRST]


def milliseconds(span: Span) -> int:
    """Return the first moment of a month in China, as the platform writes it."""
    moment_there = datetime(span.year, span.last, 1, tzinfo=_ZONE)
    return int(moment_there.timestamp() * 1_000)


def _measured(economy: Economy, row: int, span: Span) -> tuple[int, int, int, Decimal]:
    """Return capacity, energy at meter and inverter in kWh, and light in kWh/m²."""
    sun = economy.solar
    capacity = int(economy.world.capacity_kw[sun.plants[row]])
    ongrid = int(sun.energy_kwh[row, span.places.start])
    light = Decimal(f"{sun.light_kwh_per_m2[row, span.places.start]:.2f}")
    return capacity, ongrid, round(ongrid / _LOST), light


def _english(
    economy: Economy, places: dict[int, Township], span: Span, rows: list[int]
) -> bytes:
    body: list[Row] = [[*ENGLISH]]
    for row in rows:
        capacity, ongrid, made, light = _measured(economy, row, span)
        theory = round(light * capacity)
        body.append(
            [
                f"NE=3355{4000 + row}",
                plant_name(economy, places, economy.solar.plants[row]),
                milliseconds(span),
                capacity,
                light,
                theory,
                round(Decimal(made) / theory, 4),
                made,
                ongrid,
                0,
                round(Decimal(ongrid * _PRICE_FEN) / 100, 2),
                round(Decimal(made) / capacity, 3),
            ]
        )
    sheet = Sheet("getKpiStationMonth", body, range(1), money="General")
    return workbook([sheet], span.last_month)


def _chinese(
    economy: Economy, places: dict[int, Township], span: Span, rows: list[int]
) -> bytes:
    body: list[Row] = [[f"电站运行月报（{span.text}）"], [*CHINESE]]
    for row in rows:
        capacity, ongrid, made, light = _measured(economy, row, span)
        theory = round(light * capacity)
        village = economy.solar.plants[row]
        name = plant_name(economy, places, village)
        town = places[village].name
        body.append(
            [
                town,
                name.removeprefix(town),
                f"{span.year}-{span.last:02}",
                capacity,
                theory,
                made,
                Decimal(ongrid).scaleb(-4),
                round(Decimal(ongrid) / capacity, 1),
                0,
                round(Decimal(made * 100) / theory, 1),
                Decimal(max(theory * 8 // 10 - made, 0)).scaleb(-4),
            ]
        )
    sheet = Sheet("电站月报", body, range(1, 2), money="General")
    return workbook([sheet], span.last_month)
