"""Where an element stands in the file that describes it: the line, or the sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from welfaregraph.store import Source

__all__ = ["Finder", "Location", "finder"]

#: What opens a statement, at the margin: ``<iri>`` or ``x:name``; and a prefix with its IRI.
SUBJECT = re.compile(r"^(?:<([^>\s]*)>|([^\s:<>\"#@]*):([^\s;,]*))")
PREFIX = re.compile(r"^\s*@?prefix\s+([^\s:]*):\s*<([^>\s]*)>", re.IGNORECASE)
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, order=True)
class Location:
    """Where to look: a place in a document, a line of a Turtle file, a cell of a workbook."""

    document: str = ""  #: title of the source text
    locator: str = ""  #: lines of the source text, ``L192-L194``
    file: str = ""
    line: int = 0  #: from 1; 0 where unknown, and in a workbook
    sheet: str = ""
    cell: str = ""  #: ``B7``


#: (element, property, value), the last two perhaps empty → where it stands, if it does.
Finder = Callable[[str, str, str], Location | None]


def finder(source: Source) -> Finder:
    """Return what finds elements in one file.

    :raises InputError: the file cannot be read
    """
    file = _from_here(source.path)
    if source.cells:
        return _in_cells(file, source.cells)
    return _in_lines(file, source.turtle().splitlines())


def _in_cells(file: str, cells: Mapping[tuple[str, str, str], tuple[str, str]]) -> Finder:
    """Find elements in a workbook: the cell of the value, else of the property or the row.

    >>> find = _in_cells("a.xlsx", {("urn:a", "", ""): ("施策", "A5")})
    >>> find("urn:a#because", "urn:p", "1")
    Location(document='', locator='', file='a.xlsx', line=0, sheet='施策', cell='A5')
    """

    def find(element: str, property_: str, value: str) -> Location | None:
        whole = element.partition("#")[0]
        for key in (
            (element, property_, value),
            (element, property_, ""),
            (element, "", ""),
            (whole, property_, ""),
            (whole, "", ""),
        ):
            if key in cells:
                sheet, cell = cells[key]
                return Location(file=file, sheet=sheet, cell=cell)
        return None

    return find


def _in_lines(file: str, lines: Sequence[str]) -> Finder:
    """Find elements in Turtle: the line of the value, else of the property or the subject.

    >>> find = _in_lines("a.ttl", ["<urn:a>", "    <urn:p> 1 ;", "    <urn:q>", "        2 ."])
    >>> find("urn:a", "urn:q", "2").line, find("urn:a", "urn:q", "").line
    (4, 3)
    >>> find("urn:a", "urn:x", "").line, find("urn:b", "", "")
    (1, None)
    """
    declared = (PREFIX.match(line) for line in lines)
    prefixes: dict[str, str] = {match[1]: match[2] for match in declared if match}
    begins: dict[str, list[int]] = {}
    starts: list[int] = []
    for number, line in enumerate(lines):
        match = SUBJECT.match(line)
        if match and not PREFIX.match(line) and (match[1] is not None or match[2] in prefixes):
            iri = match[1] if match[1] is not None else prefixes[match[2]] + match[3]
            begins.setdefault(iri, []).append(number)
            starts.append(number)
    ends = dict(zip(starts, [*starts[1:], len(lines)], strict=True))

    def find(element: str, property_: str, value: str) -> Location | None:
        blocks = [range(start, ends[start]) for start in begins.get(element, ())]
        if not blocks:
            return None
        terms = tuple(_written(property_, prefixes)) if property_ else ()
        for block in blocks:
            for number in block:
                if lines[number].lstrip().startswith(terms) and terms:
                    return Location(file=file, line=1 + _of_value(lines, number, block, value))
        return Location(file=file, line=1 + blocks[0].start)

    return find


def _written(iri: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield how a property may be written at the start of a line."""
    yield f"<{iri}>"
    if iri == TYPE:
        yield from ("a ", "a\n")
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            yield f"{prefix}:{iri.removeprefix(namespace)}"


def _of_value(lines: Sequence[str], start: int, block: range, value: str) -> int:
    """Return the line of a value of a property that begins at ``start``."""
    if value:
        for number in range(start, block.stop):
            if value in lines[number]:
                return number
            if lines[number].rstrip().endswith((";", ".")):
                break
    return start


def _from_here(path: Path) -> str:
    """Return a path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
