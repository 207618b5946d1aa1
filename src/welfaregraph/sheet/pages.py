"""Pages of cells, from an Excel file or CSV files, understood as the rows of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.term import Node

from welfaregraph.errors import InputError, WelfareGraphError
from welfaregraph.sheet.layout import Layout, Sheet
from welfaregraph.sheet.names import loosely
from welfaregraph.sheet.record import Book, Cell, Record, Rest
from welfaregraph.sheet.residue import REST_COLUMNS, rests_of
from welfaregraph.speech import FALLBACK, languages, phrase

__all__ = ["Grid", "Understood", "letter", "understood"]

#: Rows from the top among which the headings are looked for.
TOP = 10
#: Texts of the sheet of lists that are IRIs begin so; others are literals.
WEB = ("http://", "https://", "urn:", "file:", "tag:")


@dataclass(frozen=True)
class Grid:
    """One page: its filled cells by row and column, from 1."""

    title: str
    cells: Mapping[tuple[int, int], Cell]

    def row(self, number: int) -> dict[int, Cell]:
        """Return the filled cells of a row by column."""
        return {c: cell for (r, c), cell in self.cells.items() if r == number}

    def rows(self) -> dict[int, dict[int, Cell]]:
        """Return the filled cells, row by row."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=lambda item: item[0]):
            found.setdefault(row, {})[column] = cell
        return found


@dataclass(frozen=True)
class Understood:
    """A workbook and what was wrong or left aside in reading it."""

    book: Book
    problems: Sequence[WelfareGraphError] = ()
    ignored: Sequence[str] = ()  #: sheets and columns that are none of the workbook's


def said(key: str) -> frozenset[str]:
    """Return a word of the workbook in every language."""
    return frozenset(phrase(f"workbook.{key}", language) for language in languages())


@dataclass
class _Reader:
    layout: Layout
    grids: Sequence[Grid]
    problems: list[WelfareGraphError] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def find(self, titles: Sequence[str] | frozenset[str]) -> Grid | None:
        """Return the page that is called so."""
        wanted = {loosely(title) for title in titles}
        found = [grid for grid in self.grids if loosely(grid.title) in wanted]
        for other in found[1:]:
            self.problem("workbook-page-twice", other.title, other=found[0].title)
        return found[0] if found else None

    def problem(self, key: str, where: str, **values: object) -> None:
        """Note a problem."""
        self.problems.append(InputError(key, where=where, **values))


def understood(grids: Sequence[Grid], layout: Layout) -> Understood:
    """Return the rows of pages, with everything that is missing."""
    reader = _Reader(layout, grids)
    lists = _lists(reader)
    if lists is None:
        reader.problem("workbook-foreign", "")
        return Understood(Book("", {}), reader.problems)
    facts = {name: str(thing) for name, thing in lists.pop("facts", {}).items()}
    if int(facts.get("version", "0") or 0) > layout.version:
        reader.problem("workbook-newer", "")
    identifiers = frozenset(lists.pop("identifiers", {}))
    uncited = lists.pop("uncited", None)
    sheets: dict[str, list[Record]] = {}
    titles: dict[str, str] = {}
    for sheet in layout.sheets:
        grid = reader.find(frozenset(sheet.titles.values()))
        if grid is None:
            reader.problem("workbook-no-sheet", "", value=sheet.title("ja"))
            continue
        titles[sheet.name] = grid.title
        sheets[sheet.name] = (
            _form(reader, sheet, grid) if sheet.form else _table(reader, sheet, grid)
        )
    rest = _rest(reader)
    _note_strangers(reader, set(titles.values()))
    book = Book(
        path=facts.get("path", ""),
        sheets=sheets,
        rest=rest,
        lists=lists,
        titles=titles,
        language=facts.get("language", FALLBACK),
        identifiers=identifiers,
        uncited=None if uncited is None else frozenset(uncited),
    )
    return Understood(book, reader.problems, reader.ignored)


def _note_strangers(reader: _Reader, known: set[str]) -> None:
    own = {loosely(word) for key in ("guide", "lists", "rest") for word in said(key)}
    for grid in reader.grids:
        if grid.title not in known and loosely(grid.title) not in own and grid.cells:
            reader.ignored.append(grid.title)


def _lists(reader: _Reader) -> dict[str, dict[str, Node]] | None:
    """Return the words of the sheet of lists; nothing where there is no such sheet."""
    grid = reader.find(said("lists"))
    if grid is None:
        return None
    rows = grid.rows()
    heads = next((r for r in rows if any(c.text == "facts" for c in rows[r].values())), 0)
    if not heads:
        return None
    names = {column: cell.text for column, cell in rows[heads].items()}
    found: dict[str, dict[str, Node]] = {name: {} for name in names.values()}
    for number, cells in rows.items():
        if number <= heads:
            continue
        for column, name in names.items():
            word, thing = cells.get(column), cells.get(column + 1)
            if word:
                found[name][word.text] = _listed(thing.text if thing else "")
    return {n: words for n, words in found.items() if not n.startswith("class:")}


def _listed(text: str) -> Node:
    return URIRef(text) if text.startswith(WEB) else Literal(text)


def _heads(reader: _Reader, sheet: Sheet, grid: Grid) -> tuple[int, dict[str, int]]:
    """Return the row of the headings and the column of each; what is missing is noted."""
    wanted = {loosely(t): c.name for c in sheet.columns for t in c.titles.values()}
    wanted |= {loosely(word): "id" for word in said("identifier")}
    if sheet.key:
        wanted |= {loosely(word): "key" for word in said("key")}
    rows = grid.rows()

    def matches(number: int) -> int:
        return sum(loosely(cell.text) in wanted for cell in rows[number].values())

    heads = max((r for r in rows if r <= TOP), key=matches, default=0)
    if not heads or not matches(heads):
        reader.problem("workbook-no-headings", grid.title)
        return 0, {}
    at: dict[str, int] = {}
    for column, cell in rows[heads].items():
        name = wanted.get(loosely(cell.text))
        if name is None:
            if cell.text not in said("note"):
                reader.ignored.append(f"{grid.title}!{cell.place} {cell.text}")
        else:
            at.setdefault(name, column)
    for spec in sheet.columns:
        if spec.name not in at and spec.is_stored:
            reader.problem("workbook-no-column", grid.title, value=spec.title("ja"))
    if "id" not in at:
        reader.problem("workbook-no-column", grid.title, value=min(said("identifier")))
    return heads, at


def _table(reader: _Reader, sheet: Sheet, grid: Grid) -> list[Record]:
    heads, at = _heads(reader, sheet, grid)
    if not heads:
        return []
    return [
        _record(cells, at, number)
        for number, cells in grid.rows().items()
        if number > heads and any(cells.get(column) for column in at.values())
    ]


def _record(cells: Mapping[int, Cell], at: Mapping[str, int], number: int) -> Record:
    named = {
        name: cells.get(column) or Cell("", f"{letter(column)}{number}")
        for name, column in at.items()
    }
    return Record(named, f"{letter(min(at.values(), default=1))}{number}")


def _form(reader: _Reader, sheet: Sheet, grid: Grid) -> list[Record]:
    """Return the one row of a page that has its headings one below the other."""
    wanted = {loosely(t): c.name for c in sheet.columns for t in c.titles.values()}
    cells: dict[str, Cell] = {}
    rows = grid.rows()
    columns = sorted({column for row in rows.values() for column in row})

    def matches(column: int) -> int:
        return sum(
            loosely(row[column].text) in wanted for row in rows.values() if column in row
        )

    heads = max(columns, key=matches, default=1)
    for number, row in rows.items():
        name = wanted.get(loosely(row[heads].text)) if heads in row else None
        if name:
            blank = Cell("", f"{letter(heads + 1)}{number}")
            cells.setdefault(name, row.get(heads + 1) or blank)
    for column in sheet.columns:
        if column.name not in cells:
            reader.problem("workbook-no-column", grid.title, value=column.title("ja"))
    return [Record(cells, f"{letter(heads + 1)}1")]


def _rest(reader: _Reader) -> list[Rest]:
    grid = reader.find(said("rest"))
    if grid is None:
        reader.problem("workbook-no-sheet", "", value=phrase("workbook.rest", "ja"))
        return []
    rows = grid.rows()
    first = said("rest-part")
    heads = next((r for r in rows if any(c.text in first for c in rows[r].values())), 0)
    if not heads:
        reader.problem("workbook-no-headings", grid.title)
        return []
    left = min(c for c, cell in rows[heads].items() if cell.text in first)
    width = range(left, left + len(REST_COLUMNS))
    texts = [
        ([cells[c].text if c in cells else "" for c in width], f"{letter(left)}{number}")
        for number, cells in rows.items()
        if number > heads
    ]
    try:
        return list(rests_of(texts))
    except ValueError as error:
        reader.problem("workbook-rest", f"{grid.title}!{error}")
        return []


def letter(column: int) -> str:
    """Return the letters of a column.

    >>> letter(1), letter(27)
    ('A', 'AA')
    """
    text = ""
    while column:
        column, left = divmod(column - 1, 26)
        text = chr(65 + left) + text
    return text
