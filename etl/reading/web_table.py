"""What cells does a web page hold that was saved under the name of an xls?

Systems export their tables so, and Excel opens it. As there, each line of a table is a
row, and so is what stands between tables.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from etl.reading.old_workbook import LARGEST_SHEET_CELLS, RawSheet, Vast

_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?\s*([\w-]+)""", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_HEAD = 4_096
# Longer pages, more tags, or so much without a tag take the parser more than seconds.
_LONGEST, _MOST_TAGS, _LONGEST_TEXT = 10_000_000, 600_000, 1_000_000
_NO_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
# Browsers end spans here, too.
_WIDEST, _DEEPEST = 1_000, 65_534
_UNSEEN = ("script", "style", "head", "title", "xml", "select")
_BREAKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center", "li")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass
class _Grid:
    """The cells so far, by row; `taken` is the last row that a cell above reaches."""

    rows: list[dict[int, str]] = field(default_factory=list)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)
    width: int = 0
    column: int = 0
    merged_before: int = 0

    def begin(self) -> None:
        """Begin a row."""
        self.rows.append({})
        self.column = 0

    def add(self, text: str, across: int, down: int) -> None:
        """Put a cell into the first free place of the last row."""
        row = len(self.rows) - 1
        while self.taken.get(self.column, -1) >= row:
            self.column += 1
        column = self.column
        self.rows[row][column] = text
        self.column += across
        self.width = max(self.width, self.column)
        if down > 1:
            last = dict.fromkeys(range(column, self.column), row + down - 1)
            self.taken.update(last)
        if across > 1 or down > 1:
            corner = (row + down - 1, self.column - 1)
            self.merged.append(((row, column), corner))
        if self.width * len(self.rows) > LARGEST_SHEET_CELLS:
            raise Vast("")

    def end_table(self) -> None:
        """End the cells that claim to reach out of their table."""
        last = len(self.rows) - 1
        own = self.merged[self.merged_before :]
        self.merged[self.merged_before :] = [
            (first, (min(row, last), column)) for first, (row, column) in own
        ]
        self.merged_before = len(self.merged)
        self.taken.clear()


class _Reader(HTMLParser):
    """Sorts the text of a page into cells; unclosed tags are closed by the next."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = _Grid()
        self.text: list[str] = []
        self.spans: tuple[int, int] | None = None
        self.unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell; end what was open."""
        said = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self.unseen = self.unseen or tag
        elif tag == "br":
            self.text.append("\n")
        elif tag in ("td", "th"):
            self._end()
            if not self.grid.rows:
                self.grid.begin()
            self.spans = (
                _span(said.get("colspan", ""), _WIDEST),
                _span(said.get("rowspan", ""), _DEEPEST),
            )
        elif tag == "tr":
            self._end()
            self.grid.begin()
            if _HIDDEN.search(said.get("style", "")):
                self.grid.hidden_rows.add(len(self.grid.rows) - 1)
        elif tag == "table" or (tag in _BREAKS and self.spans is None):
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """End a cell, a row or a table."""
        if tag == self.unseen:
            self.unseen = ""
        elif tag == "table":
            self._end()
            self.grid.end_table()
        elif tag in ("td", "th", "tr") or (tag in _BREAKS and self.spans is None):
            self._end()

    def handle_data(self, data: str) -> None:
        """Keep what a cell says, or what stands between tables."""
        if not self.unseen:
            self.text.append(data)

    def _end(self) -> None:
        text = "".join(self.text).strip()
        self.text.clear()
        if self.spans is not None:
            self.grid.add(text, *self.spans)
            self.spans = None
        elif text:
            self.grid.begin()
            self.grid.add(text, 1, 1)


def _span(said: str, most: int) -> int:
    return min(max(int(said), 1), most) if said.isdecimal() else 1


def charset_of(content: bytes) -> str | None:
    """Return the encoding that the head of a page names, or None."""
    match = _CHARSET.search(content[:_HEAD])
    return match[1].decode() if match else None


def is_page(text: str) -> bool:
    """Tell whether a text is a web page with a table."""
    return text.lstrip()[:1] == "<" and _TABLE.search(text) is not None


def _only_tags(text: str) -> str:
    """Leave out comments and what no tag ends: the parser looks there for an end."""
    if len(text) > _LONGEST:
        raise Vast("")
    text = _NO_TAG.sub("", text)
    if text.count("<") > _MOST_TAGS or max(map(len, text.split(">"))) > _LONGEST_TEXT:
        raise Vast("")
    end = text.rfind(">") + 1
    return text[:end] + text[end:].replace("<", "")


def read_page(text: str) -> tuple[RawSheet, frozenset[int]]:
    """Read the tables of a web page, one below the other.

    Args:
        text: the page.

    Returns:
        One sheet of texts, with cells over several rows or columns as merged ranges,
        and the rows that the page hides, counted from 0.

    Raises:
        Vast: when the cells would take all memory.
    """
    reader = _Reader()
    reader.feed(_only_tags(text))
    reader.close()
    reader.handle_endtag("table")
    grid = reader.grid
    if len(grid.rows) * grid.width > LARGEST_SHEET_CELLS:
        raise Vast("")
    rows = [[cells.get(c, "") for c in range(grid.width)] for cells in grid.rows]
    return RawSheet(0, "", rows, grid.merged), frozenset(grid.hidden_rows)
