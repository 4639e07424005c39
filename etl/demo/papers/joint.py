"""What do managers of joint projects report, and what shares does the office set?"""

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np

from base.catalogue import catalogue
from etl.demo.economy import Economy
from etl.demo.months import Span
from etl.demo.paper import CITY, OFFICE, Paper, Township, after, file_name, moment
from etl.demo.papers.energy import by_village
from etl.demo.papers.manner import IN_WAN, IN_YUAN
from etl.demo.projects import Project
from etl.demo.sheets import Row, Sheet, table, workbook, yuan

INCOME = (
    "项目编号",
    "项目名称",
    "项目类型",
    "承办镇",
    "承办村",
    "项目地点",
    "项目应得收入",
    "项目到账收入",
)
SHARES = (
    "项目编号",
    "项目名称",
    "项目类型",
    "承办镇",
    "承办村",
    "入股镇",
    "入股村",
    "份额(%)",
    "出资额(万元)",
    "生效日期",
)


def joint(
    economy: Economy, townships: dict[str, Township], seed: int
) -> Iterator[Paper]:
    """Write the share tables, and each project's income by half year."""
    chance = np.random.default_rng([seed, 12])
    places = by_village(townships)
    days = sorted({day for one in economy.projects for day in one.shares})
    for day in days:
        concerned = [one for one in economy.projects if day in one.shares]
        sent_at = moment(day, 5, 12, chance)
        yield Paper(
            sent_at,
            file_name(f"联建项目份额表{day:%Y%m%d}"),
            OFFICE,
            sent_at,
            partial(_shares, concerned, places, day),
        )
    for project in economy.projects:
        for span in project.income:
            sent_at = moment(after(span.last_month), 6, 28, chance)
            yield Paper(
                sent_at,
                file_name(f"{project.name}{span.text}收入表"),
                f"{places[project.manager].name}{project.name}",
                sent_at,
                partial(_income, project, places, span),
            )


def _head(project: Project, places: dict[int, Township]) -> Row:
    kind = catalogue().sources[project.source_id].name
    township = places[project.manager]
    village = township.villages[project.manager]
    return [project.project_id, project.name, kind, township.name, village]


def _income(project: Project, places: dict[int, Township], span: Span) -> bytes:
    due, received = project.income[span]
    is_wan = int(project.project_id[2:]) % 4 == 3
    money = [yuan(fen, is_wan) for fen in (due, received)]
    body: list[Row] = [[*_head(project, places), places[project.manager].name, *money]]
    rows, headings = table(
        f"{CITY}联建项目{span.text}收入表",
        IN_WAN if is_wan else IN_YUAN,
        [*INCOME],
        body,
        places[project.manager].signature,
    )
    money_form = "General" if is_wan else "#,##0.00"
    sheet = Sheet("项目收入", rows, headings, money=money_form)
    return workbook([sheet], span.last_month)


def _shares(concerned: list[Project], places: dict[int, Township], day: date) -> bytes:
    body: list[Row] = []
    for project in concerned:
        for holder, share in project.shares[day].items():
            township = places[holder]
            place = (township.name, township.villages[holder])
            paid = project.invested_yuan * share / 1_000_000 or None
            body.append([*_head(project, places), *place, share, paid, day])
    rows, headings = table(f"{CITY}联建项目份额表", "", [*SHARES], body)
    return workbook([Sheet("份额", rows, headings, money="0.0")], day)
