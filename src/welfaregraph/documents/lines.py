"""What every format becomes: lines, with what the format knows about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

__all__ = ["Content", "Document", "Line", "Step", "numbered", "row"]

#: Told while reading: pages (or other units) done, and how many there are.
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read."""

    number: int  #: 1-based; of the file where it has lines (text, Markdown), else counted
    text: str  #: the cells of a table row are joined by TAB
    page: int = 0  #: 1-based; 0 where the format has no pages
    cells: tuple[str, ...] = ()  #: a table row's cells, lines inside a cell parted by ``\\n``
    heading: int = 0  #: level of a heading, 1 the highest; 0 for everything else


@dataclass(frozen=True)
class Content:
    """What a reader of one format returns."""

    lines: tuple[Line, ...]
    title: str = ""  #: as the format's own title field says; often empty
    unread: tuple[int, ...] = ()  #: pages that are pictures or whose letters are unknown
    encoding: str = ""  #: of plain text, Markdown and HTML: ``UTF-8``, ``CP932`` …


@dataclass(frozen=True)
class Document:
    """A document that has been read."""

    name: str  #: of the file, without its folder
    sha256: str  #: of the file's bytes
    title: str  #: as the format's own title field says; often empty
    lines: tuple[Line, ...]
    format: str = ""  #: ``text``, ``markdown``, ``html``, ``word`` or ``pdf``
    encoding: str = ""  #: of plain text, Markdown and HTML: ``UTF-8``, ``CP932`` …
    unread: tuple[int, ...] = ()  #: pages of a PDF that gave no usable text


def row(cells: Iterable[str], *, page: int = 0) -> Line:
    r"""Return a table row, not numbered yet.

    >>> row(["施策１", "声かけ\n見守り"]).text
    '施策１\t声かけ 見守り'
    """
    kept = tuple(cells)
    joined = "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in kept)
    return Line(0, joined, page=page, cells=kept)


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines, counted from 1."""
    return tuple(replace(line, number=at) for at, line in enumerate(lines, start=1))
