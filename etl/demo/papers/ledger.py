"""How do townships write their ledgers? Each in its manner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

import numpy as np

from etl.demo.economy import COSTS, JOINT, SOURCES, Economy
from etl.demo.months import CLOSING_YEAR, YEARS, Span, monthly
from etl.demo.paper import CITY, Paper, Township, after, file_name, moment
from etl.demo.papers.manner import (
    CODE,
    COST_HEADINGS,
    HEADINGS,
    IN_WAN,
    IN_YUAN,
    NO_INCOME,
    NONE,
    NOTE,
    OVER_ALL,
    OVER_JOINT,
    SEQUENCE,
    SHEETS,
    STROKE,
    TITLES,
    TOTAL,
    TOTAL_ROW,
    VILLAGE,
    WHEN_NOTHING,
    has_costs,
    is_in_wan,
    spans,
)
from etl.demo.sheets import Cell, Row, Sheet, old_workbook, table, workbook, yuan
from etl.demo.troubles import Told

_IN_REVIEW = 2
_LATE = 0.4


@dataclass(frozen=True)
class _Page:
    """What is needed to write any ledger of a township."""

    economy: Economy
    told: Told
    township: Township

    def columns(self, span: Span) -> list[int]:
        """Return which sources the ledgers of a year have columns for."""
        members = list(self.township.villages)
        has = np.any(self.told.own(span.year)[:, members], axis=1)
        return [n for n, one in enumerate(SOURCES) if has[n] or one == "other"]


def ledgers(
    economy: Economy, told: Told, places: list[Township], seed: int
) -> Iterator[Paper]:
    """Write the ledgers of all townships and spans.

    Each month a township or two send theirs late, so that they lie in review for some
    days, and now and then another one later still.
    """
    for year in YEARS:
        for month in monthly(year):
            chance = np.random.default_rng([seed, 22, month.places.start])
            due = [
                (township, span)
                for township in places
                for span in spans(township.manner, year)
                if span.end == month.end
            ]
            order = chance.permutation(len(due)).tolist()
            late = min(_IN_REVIEW, len(due) // 4)
            has_later = chance.random() < _LATE and year < CLOSING_YEAR
            for place, number in enumerate(order):
                is_late = place < late
                days = (13, 15) if is_late else (2, 9 if month.last != 9 else 12)
                if has_later and place == late:
                    days = (18, 20)
                township, span = due[number]
                page = _Page(economy, told, township)
                yield _sent(page, span, days, is_late, chance)


def _sent(
    page: _Page,
    span: Span,
    days: tuple[int, int],
    is_late: bool,
    chance: np.random.Generator,
) -> Paper:
    first, last = days
    sent_at = moment(after(span.last_month), first, last, chance)
    reviewed = datetime.combine(sent_at.replace(day=17), time(10))
    ending = "xls" if _is_old(page.township, span) else "xlsx"
    return Paper(
        sent_at,
        file_name(f"{page.township.name}{span.text}集体经济台账", ending),
        page.township.name,
        reviewed if is_late else sent_at,
        partial(_ledger, page, span),
    )


def _is_old(township: Township, span: Span) -> bool:
    return township.manner % 6 == 2 and span.year < 2016


def _ledger(page: _Page, span: Span) -> bytes:
    """Write the workbook of a township and span."""
    township = page.township
    columns = page.columns(span)
    left = [SEQUENCE, CODE][: 1 + (township.manner % 5 == 1)]
    left.append(township.one_of(VILLAGE))
    cost_headings = list(COST_HEADINGS) if has_costs(township.manner) else []
    lines = _lines(page, span, columns)
    codes = page.economy.world.villages["village_code"].tolist()
    body: list[Row] = []
    for number, (village, name) in enumerate(township.villages.items(), start=1):
        code = [str(codes[village])] if CODE in left else []
        start: Row = [number, *code, name]
        shown = [_shown(cell, township) for cell in lines[village]]
        has_none = _told_nothing(lines[village])
        body.append([*start, *shown, NO_INCOME if has_none else None])
    sums = [
        sum(cell for cell in column if isinstance(cell, int))
        for column in zip(*lines.values(), strict=True)
    ]
    blanks: Row = [None] * (len(left) - 1)
    body.append([*blanks, TOTAL_ROW, *(_shown(fen, township) for fen in sums)])
    headings = [township.one_of(HEADINGS[SOURCES[one]]) for one in columns]
    texts = [*left, *headings, township.one_of(TOTAL), *cost_headings, NOTE]
    title = township.one_of(TITLES)
    rows, at_headings = table(
        title.format(city=CITY, township=township.name, span=span.text),
        IN_WAN if is_in_wan(township.manner) else IN_YUAN,
        texts,
        body,
        township.signature,
    )
    sheet = Sheet(township.one_of(SHEETS), rows, at_headings)
    sheet.merged.append((0, 0, 0, len(texts) - 1))
    if is_in_wan(township.manner):
        sheet.money = "General"
    if _is_old(township, span):
        return old_workbook(sheet)
    _group(sheet, township, len(left), [SOURCES[one] for one in columns])
    return workbook([sheet], span.last_month)


def _lines(page: _Page, span: Span, columns: list[int]) -> dict[int, list[Cell]]:
    """Return each village's cells, amounts in fen; all blank: it stated nothing."""
    amounts, own = page.told.amounts(span), page.told.own(span.year)
    is_told = page.told.has(span)
    costs = page.economy.costs[:, :, span.places].sum(axis=2)
    nothing = page.township.one_of(WHEN_NOTHING)
    width = len(columns) + 1 + (len(COSTS) if has_costs(page.township.manner) else 0)
    lines: dict[int, list[Cell]] = {}
    for village in page.township.villages:
        if not is_told[village]:
            lines[village] = [None] * width
            continue
        cells: list[Cell] = [
            int(amounts[one, village])
            if amounts[one, village]
            else (nothing if own[one, village] else None)
            for one in columns
        ]
        if not any(own[one, village] for one in columns):
            cells[-1] = NONE
        elif all(cell is None or cell == STROKE for cell in cells):
            cells[next(n for n, one in enumerate(columns) if own[one, village])] = 0
        cells.append(sum(cell for cell in cells if isinstance(cell, int)))
        if has_costs(page.township.manner):
            cells += [int(fen) for fen in costs[:, village]]
        lines[village] = cells
    return lines


def _told_nothing(cells: list[Cell]) -> bool:
    """Tell whether a line reports, and reports no money at all."""
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return bool(numbers) and not any(numbers)


def _shown(cell: Cell, township: Township) -> Cell:
    if not isinstance(cell, int):
        return cell
    amount = yuan(cell, is_in_wan(township.manner))
    # Some type their figures as texts, with commas.
    return f"{amount:,.2f}" if township.manner % 8 == 6 else amount


def _group(sheet: Sheet, township: Township, left: int, columns: list[str]) -> None:
    """Put a heading over several columns, as two townships of three do."""
    over, members = township.one_of(
        (("", ()), (OVER_ALL, tuple(columns)), (OVER_JOINT, JOINT))
    )
    under = [left + n for n, one in enumerate(columns) if one in members]
    if len(under) < 2:
        return
    row = sheet.headings.start
    lower = sheet.rows[row]
    upper: Row = [
        None if column in under else text for column, text in enumerate(lower)
    ]
    upper[under[0]] = over
    below: Row = [
        text if column in under else None for column, text in enumerate(lower)
    ]
    sheet.rows[row : row + 1] = [upper, below]
    sheet.headings = range(row, row + 2)
    sheet.merged.append((row, under[0], row, under[-1]))
    sheet.merged += [
        (row, column, row + 1, column)
        for column in range(len(lower))
        if column not in under
    ]
