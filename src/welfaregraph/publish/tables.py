"""The data as tables: CSV on the Web, CSV files with metadata that tell what each cell says.

Which tables there are, and their columns, stands in ``tables.toml``. A program that knows CSV
on the Web gets the same statements back (of several IRIs in a cell, ``xsd:anyURI``); a
spreadsheet opens the files as they are.

Source: https://www.w3.org/TR/tabular-metadata/
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from welfaregraph.publish.facts import iri
from welfaregraph.publish.rdf import TYPE, link_of, subject_of
from welfaregraph.vocab import SCHEME

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written
    from welfaregraph.store import Store

__all__ = ["METADATA", "Column", "Table", "count", "make", "tables"]

FOLDER = "tables/"
METADATA = FOLDER + "tables-metadata.json"
#: Between the values of one cell: IRIs have no blank, texts hardly a bar.
BLANK, BAR = " ", "|"
IN_SCHEME = ox.NamedNode("http://www.w3.org/2004/02/skos/core#inScheme")
XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Column:
    """One column: a property, and the language of its texts."""

    term: str  #: short IRI of the property
    language: str = ""

    @property
    def name(self) -> str:
        """What it is called in the file."""
        local = self.term.partition(":")[2]
        return f"{local}_{self.language}" if self.language else local


@dataclass(frozen=True)
class Table:
    """One table: things of a class."""

    name: str
    kind: str  #: short IRI of the class
    columns: tuple[Column, ...]
    scheme: str = ""  #: slug; concepts of this scheme only
    is_held: bool = False  #: all plans held, also those of narrower classes

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.csv"


def tables() -> list[Table]:
    """Return the tables there are.

    >>> [table.name for table in tables()][:3]
    ['plans', 'periods', 'goals']
    """
    text = (Path(__file__).parent / "tables.toml").read_text("utf-8")
    return [
        Table(
            name,
            str(given["class"]),
            tuple(Column(*column.split("@")) for column in given["columns"]),
            given.get("scheme", ""),
            given.get("held", False),
        )
        for name, given in tomllib.loads(text).items()
    ]


def count(_: Site) -> int:
    """Return how many files there are."""
    return len(tables()) + 1


def make(site: Site, _: Written) -> Iterator[File]:
    """Yield each table, and the metadata of all."""
    described = []
    for table in tables():
        rows = _Rows(site, table)
        yield FOLDER + table.file, rows.csv()
        described.append(_table(site, table, rows))
    found = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:license": {"@id": site.licence},
        "dc:modified": {"@value": site.date, "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tables": described,
    }
    yield METADATA, json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


class _Rows:
    """The rows of a table; which columns hold IRIs, and of which datatype others are."""

    def __init__(self, site: Site, table: Table) -> None:
        self._site, self._table = site, table
        self._store: Store = site.graph.store
        self.links: set[Column] = set()  #: columns of IRIs, known once the rows were written
        self.many: set[Column] = set()  #: columns with several values in a cell
        self.types: dict[Column, str] = {}  #: name of a datatype of XML Schema

    @cached_property
    def subjects(self) -> list[str]:
        """IRIs of the rows, sorted."""
        if self._table.is_held:
            return sorted(self._site.plans)
        found = self._store.match(None, ox.NamedNode(TYPE), iri(self._table.kind))
        kept = {subject_of(quad) for quad in found}
        if self._table.scheme:
            scheme = ox.NamedNode(SCHEME + self._table.scheme)
            kept &= {subject_of(q) for q in self._store.match(None, IN_SCHEME, scheme)}
        return sorted(kept)

    def csv(self) -> Iterator[bytes]:
        """Yield the file, a row at a time."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(["iri", *(column.name for column in self._table.columns)])
        for subject in self.subjects:
            cells = [self._cell(subject, column) for column in self._table.columns]
            writer.writerow([subject, *cells])
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
        yield out.getvalue().encode()

    def _cell(self, subject: str, column: Column) -> str:
        values: dict[str, None] = {}
        found = self._store.match(ox.NamedNode(subject), iri(column.term))
        for quad in sorted(found, key=lambda quad: str(quad.object)):
            term = quad.object
            if isinstance(term, ox.NamedNode):
                self.links.add(column)
            elif not isinstance(term, ox.Literal) or (term.language or "") != column.language:
                continue
            elif not term.language:
                self.types[column] = term.datatype.value.removeprefix(XSD)
            values[link_of(quad) or str(getattr(term, "value", ""))] = None
        if len(values) > 1:
            self.many.add(column)
        return (BLANK if column in self.links else BAR).join(values)


def _table(site: Site, table: Table, rows: _Rows) -> Mapping[str, Any]:
    columns: list[dict[str, Any]] = [
        {"name": "iri", "titles": "iri", "required": True, "suppressOutput": True}
    ]
    columns += [_column(site, column, rows) for column in table.columns]
    if not table.is_held:
        kind = iri(table.kind).value
        columns.append(
            {"name": "class", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": kind}
        )
    thing = site.names.thing(iri(table.kind).value)
    return {
        "url": table.file,
        "dc:title": [
            {"@value": thing.name(language), "@language": language}
            for language in site.languages
        ],
        "tableSchema": {"aboutUrl": "{+iri}", "primaryKey": "iri", "columns": columns},
    }


def _column(site: Site, column: Column, rows: _Rows) -> dict[str, Any]:
    whole = iri(column.term).value
    names = site.names.thing(whole).names
    found: dict[str, Any] = {
        "name": column.name,
        "titles": {"und": [column.name], **{lang: [text] for lang, text in names.items()}},
        "propertyUrl": whole,
    }
    if column in rows.links:
        several = {"datatype": "anyURI", "separator": BLANK}
        found |= several if column in rows.many else {"valueUrl": f"{{+{column.name}}}"}
    else:
        found |= {"separator": BAR} if column in rows.many else {}
        found |= {"lang": column.language} if column.language else {}
        found |= {"datatype": rows.types[column]} if column in rows.types else {}
    return found
