"""HTML: what a reader sees of a page, in its order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

from welfaregraph.documents.lines import Content, Line, numbered, row
from welfaregraph.documents.plain import decode
from welfaregraph.documents.tables import Cell, even_rows

__all__ = ["html_lines", "read_html"]

#: Nothing inside these is text of the document.
UNSEEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "nav",
        "button",
        "select",
        "textarea",
        "rt",
        "rp",
        "audio",
        "video",
        "canvas",
        "map",
        "datalist",
    }
)
VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "details",
        "dialog",
        "div",
        "dd",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "ul",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
)
#: A tag that ends these before it, up to the nearest of those: HTML may leave ends out.
ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "p": (frozenset({"p"}), BLOCKS - {"p"}),
}
HEADING = re.compile("h[1-6]")
BLANKS = re.compile("[ \t\r\n\f]+")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
#: A page nested deeper than this is no document.
DEEPEST = 2000


@dataclass
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    cell: list[str] | None = None  #: lines of the open cell
    columns: int = 1
    tall: int = 1
    numbers: list[int] = field(default_factory=list)  #: of the lines the rows begin on


@dataclass
class _List:
    ordered: bool
    number: int


class _Reader(HTMLParser):
    """Collects lines; tables wait until they are closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.title = ""
        self._text: list[str] = []
        self._at = 0
        self._pictures: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._unseen = 0
        self._in_title = False
        self._pre = 0
        self._heading = 0
        self._prefix = ""
        self._term: tuple[str, list[tuple[int, str]]] | None = None  #: and what is said of it
        self._lists: list[_List] = []
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in VOID:
            self._void(tag, given)
            return
        self._end_before(tag)
        hidden = (
            tag in UNSEEN or "hidden" in given or bool(HIDDEN.search(given.get("style", "")))
        )
        if len(self._open) < DEEPEST:
            self._open.append((tag, hidden))
            self._unseen += hidden
        if tag == "title" and not self._unseen:
            self._in_title = True
        elif not self._unseen:
            self._start(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        at = len(self._open) - 1
        while at >= 0 and self._open[at][0] != tag:
            at -= 1
        if at < 0:
            if tag == "p" and not self._unseen:
                self._flush()
            return
        for name, hidden in reversed(self._open[at:]):
            if not self._unseen:
                self._end(name)
            self._unseen -= hidden
        del self._open[at:]

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._unseen:
            if not self._at and data.strip():
                blank = data[: len(data) - len(data.lstrip())]
                self._at = self.getpos()[0] + blank.count("\n")
            self._text.append(data)

    def close(self) -> None:
        super().close()
        for tag, hidden in reversed(self._open):
            if not self._unseen:
                self._end(tag)
            self._unseen -= hidden
        self._open.clear()
        while self._tables:
            self._end_table()
        self._flush()
        self._end_definition()

    def _end_before(self, tag: str) -> None:
        ended, barrier = ENDS.get(tag, (frozenset(), frozenset()))
        for name, _ in reversed(self._open):
            if name in ended:
                self.handle_endtag(name)
                return
            if name in barrier:
                return

    def _void(self, tag: str, given: dict[str, str]) -> None:
        if self._unseen:
            return
        if tag == "br":
            self._flush(keep_heading=True)
        elif tag == "hr":
            self._flush()
        elif tag == "img" and given.get("alt", "").strip():
            self._pictures.append(given["alt"])

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag in BLOCKS or tag in {"tr", "td", "th"}:
            self._flush()
        if HEADING.fullmatch(tag) or tag in {"dt", "table"}:
            self._end_definition()
        if HEADING.fullmatch(tag):
            self._heading = int(tag[1])
        elif tag == "pre":
            self._pre += 1
        elif tag in {"ul", "ol", "menu"}:
            self._lists.append(_List(tag == "ol", _whole(given.get("start"), 1)))
        elif tag == "li":
            self._prefix = self._bullet(given)
        elif tag == "table":
            self._tables.append(_Table())
        elif self._tables:
            self._table_part(tag, given)

    def _table_part(self, tag: str, given: dict[str, str]) -> None:
        table = self._tables[-1]
        if tag == "tr":
            self._end_cell()
            self._new_row()
        elif tag in {"td", "th"}:
            self._end_cell()
            if not table.rows:
                self._new_row()
            table.cell = []
            table.columns = _whole(given.get("colspan"), 1)
            table.tall = _whole(given.get("rowspan"), 1)

    def _new_row(self) -> None:
        self._tables[-1].rows.append([])
        self._tables[-1].numbers.append(self.getpos()[0])

    def _bullet(self, given: dict[str, str]) -> str:
        if not self._lists or not self._lists[-1].ordered:
            return "・"
        numbers = self._lists[-1]
        numbers.number = _whole(given.get("value"), numbers.number) + 1
        return f"{numbers.number - 1}. "

    def _end(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "dt":
            self._end_term()
        elif tag in {"td", "th", "tr"}:
            self._flush()
            self._end_cell()
        elif tag == "table":
            self._flush()
            self._end_table()
        elif tag in BLOCKS:
            self._flush()
        if tag == "dl":
            self._end_definition()
        if tag in {"ul", "ol", "menu"} and self._lists:
            self._lists.pop()
        if tag == "pre":
            self._pre -= 1

    def _end_term(self) -> None:
        term = BLANKS.sub(" ", "".join(self._text)).strip()
        if self._tables or not term:
            self._flush()
        else:
            self._term = (term, [])
            self._text.clear()

    def _end_definition(self) -> None:
        """Give a term and all that is said of it as a row of two cells."""
        if self._term is None:
            return
        (term, told), self._term = self._term, None
        if not told:
            self.lines.append(Line(self.getpos()[0], term))
            return
        both = row([term, "\n".join(text for _, text in told)])
        self.lines.append(replace(both, number=told[0][0]))

    def _end_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is None:
            return
        lines = "\n".join(table.cell)
        table.rows[-1].append(Cell(lines, table.columns, table.tall))
        table.cell = None

    def _end_table(self) -> None:
        if not self._tables:
            return
        self._end_cell()
        table = self._tables.pop()
        rows = [
            replace(row(cells), number=number)
            for cells, number in zip(even_rows(table.rows), table.numbers, strict=True)
            if any(cells)
        ]
        if self._tables and (cell := self._tables[-1].cell) is not None:
            cell.extend(line.text for line in rows)
        else:
            self.lines.extend(rows)

    def _flush(self, *, keep_heading: bool = False) -> None:
        """End the line that is being gathered; inside a cell it becomes one of its lines."""
        text = "".join(self._text)
        pictures = " ".join(self._pictures)
        self._text.clear()
        self._pictures.clear()
        if not text.strip():
            text = pictures
        pieces = re.split("\r\n|\n|\r", text) if self._pre else [BLANKS.sub(" ", text).strip()]
        for piece in pieces:
            if piece.strip():
                self._line(f"{self._prefix}{piece}" if self._prefix else piece)
                self._prefix = ""
        self._at = 0
        if not keep_heading:
            self._heading = 0

    def _line(self, text: str) -> None:
        cell = self._tables[-1].cell if self._tables else None
        number = self._at or self.getpos()[0]
        if cell is not None:
            cell.append(text)
        elif self._term:
            self._term[1].append((number, text))
        else:
            self.lines.append(Line(number, text, heading=self._heading))


def _whole(value: str | None, otherwise: int) -> int:
    digits = (value or "").strip()[:6]
    return int(digits) if digits.isascii() and digits.isdigit() else otherwise


def html_lines(text: str) -> tuple[list[Line], str]:
    r"""Return the lines of a page, numbered as in the source text, and its title.

    Readings (``<rt>``), navigation, scripts and what is hidden are left out; list items get a
    bullet or their number; a picture's words stand only where there is no other text.

    >>> [line.text for line in html_lines("<ul><li>見守り<li>声かけ</ul>")[0]]
    ['・見守り', '・声かけ']
    >>> html_lines("<table><tr><td>市民<td>相談<br>通報</table>")[0][0].cells
    ('市民', '相談\n通報')
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.lines, BLANKS.sub(" ", reader.title).strip()


def read_html(raw: bytes, path: Path) -> Content:
    """Return the lines of an HTML file, counted as they are seen.

    :raises InputError: the file is in no encoding that is known
    """
    text, encoding = decode(raw, str(path))
    lines, title = html_lines(text)
    return Content(numbered(lines), title=title, encoding=encoding)
