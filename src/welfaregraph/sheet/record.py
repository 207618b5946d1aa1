"""A workbook as rows of texts, the same for Excel files and CSV folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rdflib.term import Node

from welfaregraph.speech import FALLBACK

__all__ = ["Book", "Cell", "Proposal", "Record", "Rest"]


@dataclass(frozen=True)
class Cell:
    """What stands in one cell."""

    text: str
    place: str = ""  #: such as ``C5``; empty before it is written
    is_number: bool = False  #: it holds a number, so that leading zeros may be lost


@dataclass(frozen=True)
class Record:
    """One row of a sheet."""

    cells: Mapping[str, Cell]  #: name of a column → its cell; ``id`` and ``key`` are columns
    place: str = ""  #: of its first cell

    def text(self, name: str) -> str:
        """Return what a column says, nothing where it is empty or missing."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def where(self, name: str) -> str:
        """Return where a column stands in this row."""
        cell = self.cells.get(name)
        return cell.place if cell else self.place


@dataclass(frozen=True)
class Rest:
    """One triple that no column holds."""

    part: str
    subject: Node
    predicate: Node
    value: Node
    place: str = ""


@dataclass(frozen=True)
class Proposal:
    """What a person is asked to judge, or has judged of two plans."""

    about: str  #: IRI of an element of the plan
    term: str  #: IRI of the property proposed
    value: str  #: IRI
    value_label: str = ""  #: where no list has a word for it
    hint: str = ""  #: why it is proposed
    accepted: bool | None = None  #: nothing while nobody judged it
    reason: str = ""
    on: str = ""  #: the day of the verdict, ISO 8601


@dataclass(frozen=True)
class Book:
    """All rows of a workbook."""

    path: str  #: of the plan, below ``plans/``; empty for a new one
    sheets: Mapping[str, Sequence[Record]]  #: name of a sheet → its rows
    rest: Sequence[Rest] = ()
    lists: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)  #: word → thing
    titles: Mapping[str, str] = field(default_factory=dict)  #: name → as the sheet is called
    language: str = FALLBACK  #: of its headings
    identifiers: frozenset[str] = frozenset()  #: that the workbook was given
    #: of places of documents that no row named then; nothing where that was not noted
    uncited: frozenset[str] | None = None
