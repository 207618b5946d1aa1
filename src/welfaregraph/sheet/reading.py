"""Rows back into a plan's graphs, with where each triple stands and all that is wrong."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence, Set

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import Node

from welfaregraph.plan import PlanFiles
from welfaregraph.sheet.faults import nearest
from welfaregraph.sheet.layout import Column, Layout
from welfaregraph.sheet.mint import minted, needed
from welfaregraph.sheet.names import forms
from welfaregraph.sheet.outcome import Place, Reading
from welfaregraph.sheet.record import Book, Cell, Record
from welfaregraph.sheet.register import Register, Row
from welfaregraph.sheet.tabulate import OVERLAPS, implied, listed_literal, places_of
from welfaregraph.sheet.values import NONE, UnreadableError, literal_of, narrowed
from welfaregraph.verdicts import Verdict

__all__ = ["read_book"]

#: A place of a document: its No. and lines.
CITED = re.compile(
    r"(?P<document>\S+)\s+L?(?P<first>\d+)(?:\s*[-~〜]\s*L?(?P<last>\d+))?", re.ASCII
)


def read_book(book: Book, layout: Layout, *, path: str, on: str = "") -> Reading:
    """Return the plan that rows describe.

    :param path: folder of the plan below ``plans/``
    :param on: day of new judgements that name none; today unless given
    """
    return _Reader(book, layout, path, on).reading()


class _Reader:
    """Works through one workbook."""

    def __init__(self, book: Book, layout: Layout, path: str, on: str) -> None:
        self.book, self.layout = book, layout
        self.files = PlanFiles(path)
        self.on = on or datetime.date.today().isoformat()
        self.places = places_of(path, self.files.iri)
        self.register = Register(book, self.files.iri, self.places)
        self.names, self.faults = self.register.names, self.register.faults
        self.cells: dict[tuple[str, str, str], Place] = {}
        self.verdicts: list[Verdict] = []
        self.missing: list[tuple[Place, str]] = []
        self.joined: list[Place] = []

    def reading(self) -> Reading:
        """Return everything."""
        for sheet in self.layout.sheets:
            for record in self.book.sheets.get(sheet.name, ()):
                self.register.enter(sheet, record)
        for row in self.register.rows:
            if all(column.kind != "verdict" for column in row.sheet.columns):
                self._mint(row)
        for row in self.register.rows:
            self._speak(row)
        for rest in self.book.rest:
            self._say(rest.part, (rest.subject, rest.predicate, rest.value), "", rest.place)
        orphans = self._orphans()
        return Reading(
            self.files,
            self.cells,
            tuple(self.verdicts),
            tuple(self.faults.problems),
            frozenset(self.faults.rows),
            tuple(self.missing),
            orphans=orphans,
            joined=tuple(self.joined),
        )

    def _orphans(self) -> int:
        """Drop the places of documents that lost the row that named them; return how many."""
        known = self.book.uncited
        graphs = self.files.parts.values()
        cited = {str(value) for graph in graphs for value in graph.objects()}
        lost = {
            row.iri
            for row in self.register.rows
            if row.sheet.cited and known is not None
            and row.record.text("id") in self.book.identifiers - known
            and row.iri not in cited
        }  # fmt: skip
        for graph in graphs:
            for iri in lost:
                graph.remove((URIRef(iri), None, None))
        self.cells = {key: at for key, at in self.cells.items() if key[0] not in lost}
        return len(lost)

    def _mint(self, row: Row) -> str:
        """Give a row its identifier, if it has none."""
        if row.iri or row.is_minting:
            return row.iri

        def value(name: str) -> Node | None:
            return next(iter(self._values(row, row.sheet.column(name), quiet=True)), None)

        return self.register.mint(row, self._class(row), value)

    # ---- cells

    def _class(self, row: Row) -> URIRef:
        text = row.record.text("class")
        if not text or "class" not in {column.name for column in row.sheet.columns}:
            return row.sheet.classes[0]
        at = row.sheet.column("class")
        terms = self.book.lists.get("term", {})
        words = {word: thing for word, thing in terms.items() if thing in row.sheet.classes}
        found = words.get(text.strip())
        if isinstance(found, URIRef):
            return found
        self._unknown(row, at, text, list(words))
        return row.sheet.classes[0]

    def _values(self, row: Row, column: Column, *, quiet: bool = False) -> list[Node]:
        """Return the values that a cell stands for; what is wrong is noted unless quiet."""
        cell = row.record.cells.get(column.name)
        text = cell.text.strip() if cell else ""
        if not text and column.default:
            return [URIRef(column.default.format_map(self.places))]
        if not cell or not text or text == NONE:
            return []
        lines = [line.strip() for line in text.split("\n")] if column.many else [text]
        if column.kind == "text" and "\n" in text and not column.many and not quiet:
            title = self.book.titles.get(row.where or row.sheet.name, row.sheet.name)
            self.joined.append((title, cell.place))
        found = []
        for line in filter(None, lines):
            value = self._value(row, column, line, cell, quiet=quiet)
            if value is not None:
                found.append(value)
        return found

    def _value(
        self, row: Row, column: Column, text: str, cell: Cell, *, quiet: bool
    ) -> Node | None:
        if column.kind == "ref":
            return self._thing(row, column, text, quiet=quiet)
        if column.kind in {"literal", "duration"} and column.lists:
            word = self._word(column, text)
            listed = self.names.listed(column, word) if word else None
            if listed is None and not quiet:
                self._unknown(row, column, text, self.names.offered(column, self.book.language))
            return None if listed is None else listed_literal(str(listed), column)
        try:
            return literal_of(text, column, self.layout.eras, is_number=cell.is_number)
        except UnreadableError as error:
            if not quiet:
                heading = self.faults.heading(column)
                self.register.fault(
                    error.key, row, column.name,
                    value=text, digits=column.digits, column=heading,
                )  # fmt: skip
            return None

    def _word(self, column: Column, text: str) -> str:
        """Return the name or word that a cell means, exactly or but for width and blanks."""
        if self.names.rows(column, text) or self.names.listed(column, text) is not None:
            return text
        loose = self.names.exactly(column, text)
        return loose[0] if len(loose) == 1 else ""

    def _thing(self, row: Row, column: Column, text: str, *, quiet: bool) -> Node | None:
        word = self._word(column, text)
        rows = self.names.rows(column, word) if word else []
        if len(rows) > 1 and not quiet:
            self.register.fault("workbook-ambiguous", row, column.name, value=text,
                          column=self.faults.heading(column))  # fmt: skip
        if rows:
            found = self._mint(rows[0])
            return URIRef(found) if found else None
        listed = self.names.listed(column, word) if word else None
        listed = listed or self._cited(row, column, text)
        if listed is None and not quiet:
            self._unknown(row, column, text, self.names.offered(column, self.book.language))
        return listed

    def _cited(self, row: Row, column: Column, text: str) -> Node | None:
        """Return a place of a document that is named here first; a new row stands for it."""
        match = CITED.fullmatch(narrowed(text))
        sheets = (self.layout.sheet(name) for name in column.to)
        sheet = next((sheet for sheet in sheets if sheet.cited), None)
        at = sheet.cited if sheet else None
        if not match or not sheet or not at:
            return None
        if not self.names.rows(sheet.column(at["of"]), match["document"]):
            return None
        last = f"-L{match['last']}" if match["last"] else ""
        evidence = self.names.word(sheet.column(at["evidence"]), column.attests or URIRef(""))
        texts = {
            at["of"]: match["document"],
            at["at"]: f"L{match['first']}{last}",
            at["evidence"]: evidence,
            at["words"]: row.record.text(column.quotes) if column.quotes else "",
        }
        place = row.record.where(column.name)
        cells = {name: Cell(said, place) for name, said in texts.items()}
        new = Row(sheet, Record(cells, place), where=row.sheet.name)
        names = [*forms(sheet, "", (), shown=self.register.key(new)), text]
        self.register.add(new, list(dict.fromkeys(names)))
        return URIRef(self._mint(new))

    def _unknown(self, row: Row, column: Column, text: str, offered: Sequence[str]) -> None:
        shown = tuple(nearest(text, offered))
        heading = self.faults.heading(column)
        self.register.fault(
            "workbook-unknown-word", row, column.name, value=text, column=heading, near=shown
        )

    # ---- triples

    def _speak(self, row: Row) -> None:
        """Say what a row says."""
        if row.sheet.form and not any(cell.text for cell in row.record.cells.values()):
            return
        row.values = {
            column.name: self._values(row, column)
            for column in row.sheet.columns
            if column.is_stored and column.kind not in {"class", "verdict"}
        }
        is_judged = any(column.kind == "verdict" for column in row.sheet.columns)
        if is_judged and not self._judge(row):
            return
        sheet = row.sheet
        first = next(c.name for c in sheet.columns if c.is_stored and c.kind != "class")
        if not row.iri:
            wanted = [sheet.column(name) for name in needed(sheet)]
            columns = tuple(map(self.faults.heading, wanted or [sheet.column(first)]))
            self.register.fault("workbook-row-unnamed", row, first, columns=columns)
            return
        part, subject = sheet.part, URIRef(row.iri)
        on = row.where or sheet.name
        self._mark(row.iri, "", "", on, row.record.where(first))
        self._say(part, (subject, RDF.type, self._class(row)), on,
                  row.record.where("class"))  # fmt: skip
        for column in sheet.columns:
            if column.of is None or column.name not in row.values:
                continue
            place = row.record.where(column.name)
            if column.must and not row.values[column.name]:
                at = (self.book.titles.get(on, sheet.name), place)
                self.missing.append((at, self.faults.heading(column)))
            self._mark(row.iri, str(column.of), "", on, place)
            for value in row.values[column.name]:
                self._say(part, (subject, column.of, value), on, place)
        for triple in implied(sheet, row.iri, self.places, row.values):
            self._say(part, triple, on, row.record.where(first))

    def _judge(self, row: Row) -> bool:
        """Settle a verdict; return whether the row says something in the plan's graph."""
        verdict = self._verdict(row)
        terms = row.values["wg:onTerm"]
        if not verdict or not terms or not row.values["wg:judgesValue"]:
            return False
        if not row.values["wg:reason"]:
            self.register.fault("workbook-reason-missing", row, "wg:reason")
        term = (
            terms[0] if verdict == "accept" else self.layout.rejects.get(URIRef(str(terms[0])))
        )
        if term is None:
            return False
        row.values["wg:onTerm"] = [term]
        row.values["dcterms:created"] = row.values["dcterms:created"] or [
            Literal(self.on, datatype=XSD.date)
        ]
        if term in OVERLAPS:
            self._overlap(row, is_accepted=verdict == "accept")
            return False
        self._name_judgement(row, URIRef(str(term)))
        return True

    def _verdict(self, row: Row) -> str:
        """Return accept or reject, nothing where no one judged or took it back."""
        column = next(c for c in row.sheet.columns if c.kind == "verdict")
        text = row.record.text(column.name).strip()
        word = self._word(column, text) if text else ""
        listed = self.names.listed(column, word) if word else None
        if text and listed is None:
            self._unknown(row, column, text, self.names.offered(column, self.book.language))
        elif not text and row.values["wg:reason"] and not row.record.text("id"):
            self.register.fault("workbook-verdict-missing", row, column.name)
        return "" if listed is None else str(listed)

    def _overlap(self, row: Row, *, is_accepted: bool) -> None:
        first = {name: str(values[0]) for name, values in row.values.items() if values}
        left, right = sorted((first["wg:isAbout"], first["wg:judgesValue"]))
        self.verdicts.append(
            Verdict(
                left=left,
                right=right,
                accepted=is_accepted,
                reason=first.get("wg:reason", ""),
                judgement=row.record.text("id"),
                created=first["dcterms:created"],
                by=first.get("dcterms:creator", ""),
            )
        )

    def _name_judgement(self, row: Row, term: URIRef) -> None:
        """Give a judgement its identifier anew where the verdict has turned."""
        turned = {t for pair in self.layout.rejects.items() for t in pair} - {term}
        if row.iri in {self._patterned(row, other, set()) for other in turned}:
            row.iri = ""
        row.iri = row.iri or self._patterned(row, term, self.register.taken)
        self.register.taken.add(row.iri)

    def _patterned(self, row: Row, term: URIRef, taken: Set[str]) -> str:
        values: dict[str, list[Node]] = {**row.values, "wg:onTerm": [term]}
        return minted(
            row.sheet,
            self.places,
            key="",
            kind=row.sheet.classes[0],
            values=lambda name: next(iter(values.get(name) or []), None),
            taken=taken.__contains__,
        )

    def _say(self, part: str, triple: tuple[Node, Node, Node], sheet: str, place: str) -> None:
        self.files.parts[part].add(triple)
        subject, predicate, value = map(str, triple)
        self._mark(subject, predicate, value, sheet, place)

    def _mark(self, subject: str, predicate: str, value: str, sheet: str, place: str) -> None:
        title = self.book.titles.get(sheet, sheet)
        self.cells.setdefault((subject, predicate, value), (title, place))
