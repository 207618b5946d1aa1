"""A plan's graphs as rows: each triple in the cell of its column, the rest on a sheet apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import product

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from welfaregraph.plan import PARTS, PlanFiles
from welfaregraph.sheet.layout import Column, Layout, Sheet
from welfaregraph.sheet.names import Names, forms, rows_of, self_name
from welfaregraph.sheet.record import Book, Cell, Proposal, Record, Rest
from welfaregraph.sheet.values import DATATYPES, NONE, is_safe, text_of
from welfaregraph.text import natural_key
from welfaregraph.vocab import ID, WG

__all__ = ["OVERLAPS", "implied", "listed_literal", "places_of", "short", "tabulated", "whole"]

Triple = tuple[Node, Node, Node]
#: What is said of measures of two plans stands in no plan's graph.
OVERLAPS = (URIRef(WG + "overlapsWith"), URIRef(WG + "doesNotOverlapWith"))


def places_of(path: str, plan: str) -> dict[str, str]:
    """Return what fills the places of identifiers."""
    return {
        "plan": plan,
        "id": ID,
        "code": path.partition("/")[0],
        "slug": path.replace("/", "-"),
    }


def tabulated(
    files: PlanFiles,
    layout: Layout,
    language: str,
    *,
    lists: Mapping[str, Mapping[str, Node]],
    proposals: Sequence[Proposal] = (),
) -> Book:
    """Return a plan as rows of texts.

    The rows are read again at once; things that would not come back as they were stand on the
    sheet of the rest instead.

    :param lists: name of a list → word → the thing it stands for
    """
    apart: set[str] = set()
    while True:
        book = _Tabulator(files, layout, language, lists, apart).book(proposals)
        strange = _unlike(files, book, layout) - apart
        if not strange:
            return book
        rows = {whole(row.text("id")) for rows in book.sheets.values() for row in rows}
        apart |= strange & rows or rows


def _unlike(files: PlanFiles, book: Book, layout: Layout) -> set[str]:
    """Return the things that rows do not give back as they were."""
    from welfaregraph.sheet.reading import read_book

    read = read_book(book, layout, path=files.path)
    differ = [
        triple
        for name, graph in files.parts.items()
        for triple in set(graph) ^ set(read.files.parts[name])
    ]
    return {str(subject) for subject, _, _ in differ} | read.faulty


class _Tabulator:
    """Works through one plan."""

    def __init__(
        self,
        files: PlanFiles,
        layout: Layout,
        language: str,
        lists: Mapping[str, Mapping[str, Node]],
        apart: Set[str],
    ) -> None:
        self.files, self.layout, self.language, self.lists = files, layout, language, lists
        self.apart = apart
        self.places = places_of(files.path, files.iri)
        self.names: Names[str] = Names(lists)
        self.left = {name: set(files.parts[name]) for name in PARTS}
        self.of_row: dict[str, list[str]] = {}

    def book(self, proposals: Sequence[Proposal]) -> Book:
        """Return all rows."""
        members: dict[str, list[str]] = {}
        for sheet in self.layout.sheets:
            members[sheet.name] = self._members(sheet)
            for iri in members[sheet.name]:
                self.of_row[iri] = self._forms(sheet, iri)
                self.names.add(sheet.name, iri, self.of_row[iri])
        rows = {
            sheet.name: list(self._records(sheet, members[sheet.name]))
            for sheet in self.layout.sheets
        }
        asked = filter(None, map(self._proposed, proposals))
        rows["judgements"] = [*asked, *rows["judgements"]]
        return Book(
            path=self.files.path,
            sheets=rows,
            rest=list(self._rest()),
            lists=self.lists,
            identifiers=frozenset(r.text("id") for records in rows.values() for r in records),
            uncited=frozenset(self._uncited(rows)),
        )

    def _uncited(self, rows: Mapping[str, Sequence[Record]]) -> Iterator[str]:
        """Yield the identifiers of places of documents that nothing names."""
        named = {str(value) for part in PARTS for value in self.files.parts[part].objects()}
        for sheet in self.layout.sheets:
            for record in rows[sheet.name] if sheet.cited else ():
                if whole(record.text("id")) not in named:
                    yield record.text("id")

    def _members(self, sheet: Sheet) -> list[str]:
        """Return the things that are rows of a sheet, in the order of its rows."""
        graph = self.files.parts[sheet.part]
        if sheet.form:
            found = {URIRef(self.files.iri)} if self._class(sheet, self.files.iri) else set()
        else:
            found = {
                subject
                for kind in sheet.classes
                for subject in graph.subjects(RDF.type, kind)
                if isinstance(subject, URIRef)
                and (not sheet.where or (subject, sheet.where, None) in graph)
                and (not sheet.unless or (subject, sheet.unless, None) not in graph)
                and str(subject) not in self.of_row
                and str(subject) != self.files.iri
                and _is_writable(str(subject))
            }
        found = {subject for subject in found if str(subject) not in self.apart}
        return sorted(map(str, found), key=lambda iri: self._place(sheet, iri))

    def _place(self, sheet: Sheet, iri: str) -> tuple[object, ...]:
        key: list[object] = []
        for name in sheet.sort:
            of = sheet.column(name).of
            values = sorted(self.files.parts[sheet.part].objects(URIRef(iri), of), key=str)
            key.append(natural_key(str(values[0])) if values else ())
        return (*key, natural_key(iri))

    def _class(self, sheet: Sheet, iri: str) -> URIRef | None:
        graph = self.files.parts[sheet.part]
        held = (kind for kind in sheet.classes if (URIRef(iri), RDF.type, kind) in graph)
        return next(held, None)

    def _forms(self, sheet: Sheet, iri: str) -> list[str]:
        said = []
        for name in sheet.named:
            column = sheet.column(name)
            values = self.files.parts[sheet.part].objects(URIRef(iri), column.of)
            texts = (self._text(column, v) for v in sorted(values, key=str))
            said.append(next(filter(None, texts), ""))
        shown = sheet.key.shown(iri, self.places) if sheet.key else ""
        return [f for f in forms(sheet, iri, said, shown=shown) if is_safe(f, many=True)]

    def _records(self, sheet: Sheet, members: Sequence[str]) -> Iterator[Record]:
        for iri in members:
            record = self._record(sheet, iri)
            if record:
                yield record

    def _record(self, sheet: Sheet, iri: str) -> Record | None:
        """Return a row and take its triples; nothing where a row would say too much."""
        subject, kind = URIRef(iri), self._class(sheet, iri)
        if kind is None:
            return None
        graph = self.files.parts[sheet.part]
        taken: set[Triple] = {(subject, RDF.type, kind)}
        cells: dict[str, Cell] = {}
        kept: dict[str, list[Node]] = {}
        for column in sheet.columns:
            text, kept[column.name] = self._cell(column, graph, subject, kind)
            cells[column.name] = Cell(text)
            taken |= {(subject, column.of, value) for value in kept[column.name] if column.of}
        stated = set(implied(sheet, iri, self.places, kept))
        said = any(cell.text for name, cell in cells.items() if name != "class")
        if not said or any(triple not in graph for triple in stated):
            return None
        if any(column.kind == "verdict" for column in sheet.columns):
            term = next(iter(kept["wg:onTerm"]), None)
            verdict = self._verdict(sheet, term)
            if not verdict:
                return None
            cells |= verdict
        self.left[sheet.part] -= taken | stated
        shown = self._name(sheet, iri) if sheet.key else ""
        return Record({"id": Cell(short(iri)), "key": Cell(shown), **cells})

    def _verdict(self, sheet: Sheet, term: Node | None) -> dict[str, Cell]:
        """Return how a judged term is written: what was proposed, and the verdict on it."""
        proposed = {v: t for t, v in reversed([*self.layout.rejects.items()])}
        if not isinstance(term, URIRef) or term in OVERLAPS:
            return {}
        word = self.names.word(sheet.column("wg:onTerm"), proposed.get(term, term))
        said = "reject" if term in proposed else "accept"
        verdict = self.names.word(sheet.column("verdict"), Literal(said))
        return {"wg:onTerm": Cell(word), "verdict": Cell(verdict)}

    def _proposed(self, proposal: Proposal) -> Record | None:
        """Return a row that asks for a verdict; nothing where it cannot be put into words."""
        sheet = self.layout.sheet("judgements")
        things = {
            "wg:isAbout": proposal.about,
            "wg:onTerm": proposal.term,
            "wg:judgesValue": proposal.value,
        }
        words = {n: self._text(sheet.column(n), URIRef(iri)) for n, iri in things.items()}
        if not all(words.values()):
            return None
        label = self.files.stated.value(URIRef(proposal.about), RDFS.label)
        verdict = {None: "", True: "accept", False: "reject"}[proposal.accepted]
        said = self.names.word(sheet.column("verdict"), Literal(verdict))
        texts = {
            **words,
            "shown:rdfs:label": str(label) if label and is_safe(str(label)) else "",
            "verdict": said,
            "wg:reason": proposal.reason,
            "dcterms:created": proposal.on,
            "hint": proposal.hint,
        }
        return Record({name: Cell(text) for name, text in texts.items()})

    def _cell(
        self, column: Column, graph: Graph, subject: URIRef, kind: URIRef
    ) -> tuple[str, list[Node]]:
        """Return what a cell says and the values it so keeps."""
        if column.kind == "class":
            return self.names_of_class(kind), []
        if column.kind == "shown":
            return self._shown(column, graph, subject), []
        if column.of is None:
            return "", []
        values = sorted(graph.objects(subject, column.of), key=lambda v: natural_key(str(v)))
        default = URIRef(column.default.format_map(self.places)) if column.default else None
        if default and values == [default]:
            return "", values
        said = [(word, value) for value in values if (word := self._text(column, value))]
        said = said if column.many else said[:1]
        if not said:
            return NONE if default else "", []
        return "\n".join(word for word, _ in said), [value for _, value in said]

    def _text(self, column: Column, value: Node) -> str:
        """Return how a value is written in a column, nothing where it cannot be."""
        if column.kind == "ref":
            return self._reference(column, value) if isinstance(value, URIRef) else ""
        if not isinstance(value, Literal):
            return ""
        if column.kind in {"literal", "duration"} and column.lists:
            bare = as_listed(value, column)
            return self.names.word(column, bare) if bare else ""
        return text_of(value, column, self.layout.eras)

    def _reference(self, column: Column, value: URIRef) -> str:
        names = self.of_row.get(str(value), [])
        if column.is_qualified:
            names = sorted(names, key=self._is_bare)
        for name in names:
            if self.names.rows(column, name) == [str(value)]:
                return self._spoken(name, str(value))
        word = self.names.word(column, value)
        return word if word and not self.names.rows(column, word) else ""

    def _is_bare(self, name: str) -> bool:
        """Whether a name says no sheet, or not in the language of the workbook."""
        titles = (sheet.title(self.language) for sheet in self.layout.sheets)
        return not any(name.startswith(f"{title} ") for title in titles)

    def _spoken(self, name: str, iri: str) -> str:
        """Return a name in the language of the workbook, for the one that has several."""
        if iri != self.files.iri:
            return name
        sheet = next(sheet for sheet in self.layout.sheets if sheet.selves)
        return self_name(sheet, self.language)

    def _name(self, sheet: Sheet, iri: str) -> str:
        at = rows_of(sheet)
        return next((n for n in self.of_row[iri] if self.names.rows(at, n) == [iri]), "")

    def names_of_class(self, kind: URIRef) -> str:
        """Return what a class is called."""
        return next((w for w, thing in self.lists["term"].items() if thing == kind), "")

    def _shown(self, column: Column, graph: Graph, subject: URIRef) -> str:
        about = graph.value(subject, column.path)
        found = self.files.stated.objects(about, column.of)
        return next((str(text) for text in sorted(found, key=str) if is_safe(str(text))), "")

    def _rest(self) -> Iterator[Rest]:
        for part, left in self.left.items():
            for subject, predicate, value in sorted(left, key=_natural):
                yield Rest(part, subject, predicate, value)


def _natural(triple: Triple) -> tuple[object, ...]:
    return tuple((isinstance(term, BNode), natural_key(str(term))) for term in triple)


def as_listed(value: Literal, column: Column) -> Literal | None:
    """Return a literal as lists hold it, bare; nothing where it is of another kind."""
    full = listed_literal(str(value), column)
    same = (full.language, full.datatype) == (value.language, value.datatype)
    return Literal(str(value)) if same else None


def listed_literal(text: str, column: Column) -> Literal:
    """Return what a bare literal of a list is in the graph."""
    datatype = DATATYPES.get(column.kind)
    if datatype:
        return Literal(text, datatype=datatype, normalize=False)
    return Literal(text, lang=column.lang)


def _is_writable(iri: str) -> bool:
    text = short(iri)
    return is_safe(text, many=True) and whole(text) == iri


def short(iri: str) -> str:
    """Return an IRI as the column of identifiers holds it.

    >>> short(ID + "012033/general"), short("urn:x")
    ('012033/general', 'urn:x')
    """
    return iri.removeprefix(ID)


def whole(text: str) -> str:
    """Return the IRI that :func:`short` shortened."""
    return text if ":" in text else ID + text


def implied(
    sheet: Sheet, iri: str, places: Mapping[str, str], kept: Mapping[str, Sequence[Node]]
) -> Iterator[Triple]:
    """Iterate over the triples that a row implies beside its cells.

    :param kept: name of a column → the values its cell stands for
    """
    from welfaregraph.sheet.layout import iri as written_out

    def terms(place: str) -> Sequence[Node]:
        if not place.startswith("{"):
            return [written_out(place)]
        name = place[1:-1]
        if name == "row":
            return [URIRef(iri)]
        return [URIRef(places[name])] if name in places else kept.get(name, ())

    for state in sheet.states:
        yield from product(*map(terms, state))
