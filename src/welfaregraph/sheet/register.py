"""The rows of a workbook: under which names others know them, and their identifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.term import Node

from welfaregraph.sheet.faults import Faults
from welfaregraph.sheet.layout import Sheet
from welfaregraph.sheet.mint import minted, slug
from welfaregraph.sheet.names import Names, forms, loosely, rows_of
from welfaregraph.sheet.record import Book, Record
from welfaregraph.sheet.tabulate import whole
from welfaregraph.sheet.values import narrowed

__all__ = ["Register", "Row"]


@dataclass
class Row:
    """One row under way."""

    sheet: Sheet
    record: Record
    iri: str = ""  #: empty until minted
    is_minting: bool = False
    where: str = ""  #: name of the sheet on which it stands, if not its own
    values: dict[str, list[Node]] = field(default_factory=dict)


class Register:
    """Takes rows down, lets them be known by their names, and gives them identifiers."""

    def __init__(self, book: Book, plan: str, places: Mapping[str, str]) -> None:
        self.book, self.plan, self.places = book, plan, places
        self.names: Names[Row] = Names(book.lists)
        self.rows: list[Row] = []
        self.taken: set[str] = set()
        self.faults = Faults(book)
        self._numbers: dict[str, Counter[str]] = {}  #: name of a sheet → its numbers

    def enter(self, sheet: Sheet, record: Record) -> None:
        """Take a row down and let it be known by its names."""
        stored = [c.name for c in sheet.columns if c.is_stored and c.kind != "class"]
        if not sheet.form and not any(record.text(name) for name in stored):
            return
        row = Row(sheet, record)
        given = record.text("id")
        if sheet.form:
            row.iri = self.plan
        elif given:
            row.iri = self._known(row, whole(given))
        if row.iri:
            self.taken.add(row.iri)
        said = [record.text(name) for name in sheet.named]
        names = forms(sheet, row.iri, said, shown=self.key(row))
        for name in names:
            rivals = self.names.rows(rows_of(sheet), name)
            if rivals and name == names[0] and sheet.key and not row.iri:
                self.fault("workbook-number-twice", row, "key", value=name,
                           other=rivals[0].record.where("key"))  # fmt: skip
        self.add(row, names)

    def add(self, row: Row, names: list[str]) -> None:
        """Keep a row under its names, the plainest first."""
        self.names.add(row.sheet.name, row, names)
        self.rows.append(row)

    def _known(self, row: Row, iri: str) -> str:
        """Return the identifier of a row, if it is the workbook's own and stands once."""
        key, said = row.sheet.key, row.record.text("key")
        shown = key.shown(iri, self.places) if key else ""
        if row.record.text("id") not in self.book.identifiers:
            self.fault("workbook-identifier", row, "id", value=row.record.text("id"))
        elif key and shown and said and loosely(said) != loosely(shown):
            if iri in self.taken:
                return ""  # a copy of a row, with a No. of its own
            self.fault("workbook-key-changed", row, "key", value=said, other=shown)
        elif iri in self.taken:
            if not key:
                return ""
            self.fault("workbook-row-twice", row, "key", value=said)
        return iri

    def key(self, row: Row) -> str:
        """Return the No. of a row, made from its columns where none is written."""
        key, record = row.sheet.key, row.record
        if not key:
            return ""
        shown = key.shown(row.iri, self.places) if row.iri else ""
        shown = shown or narrowed(record.text("key")).strip()
        if shown or row.iri:
            return shown
        said = [record.text(name) for name in key.sources]
        if not said or not all(said):
            return ""
        if len(said) > 1:
            return " ".join(said)
        number = slug(said[0])
        if key.within and self._repeats(row.sheet, key.sources[0], number):
            return f"{slug(record.text(key.within))}-{number}"
        return number

    def _repeats(self, sheet: Sheet, column: str, number: str) -> bool:
        """Whether several rows have a number, so that it starts again at each goal."""
        if sheet.name not in self._numbers:
            records = self.book.sheets.get(sheet.name, ())
            self._numbers[sheet.name] = Counter(slug(r.text(column)) for r in records)
        return self._numbers[sheet.name][number] > 1

    def mint(self, row: Row, kind: URIRef, value: Callable[[str], Node | None]) -> str:
        """Give a row its identifier.

        :param kind: class of what the row describes
        :param value: name of a column → its first value, if it has one
        """
        row.is_minting = True
        row.iri = minted(
            row.sheet,
            self.places,
            key=self.key(row),
            kind=kind,
            values=value,
            taken=self.taken.__contains__,
        )
        row.is_minting = False
        self.taken.add(row.iri)
        return row.iri

    def fault(self, key: str, row: Row, at: str, **values: object) -> None:
        """Note what is wrong in a column of a row."""
        sheet = row.where or row.sheet.name
        self.faults.note(key, sheet, row.record.where(at), iri=row.iri, **values)
