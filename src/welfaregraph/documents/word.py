"""Word: paragraphs, tables, text boxes and notes, as the finished text reads.

Deleted and hidden text and readings are left out, insertions count, automatic numbers are
written out. Page numbers are those of the last time Word laid the document out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from welfaregraph.documents.lines import Content, Line, numbered, row
from welfaregraph.documents.tables import Cell, even_rows
from welfaregraph.documents.word_numbers import Numbering
from welfaregraph.documents.word_package import WordPackage, local, value
from welfaregraph.documents.word_styles import Styles

__all__ = ["read_word"]

#: What is not part of the finished text; a Fallback repeats its Choice.
SKIPPED = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "Fallback",
        "rt",
        "rubyPr",
        "pPr",
        "rPr",
        "tcPr",
    }
)
NOTES = (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote"))
BREAKS = frozenset({"br", "cr"})
#: A table in a table in a table … deeper than this is no document.
DEEPEST = 60


def read_word(raw: bytes, path: Path) -> Content:
    """Return the lines of a ``.docx`` file; its notes stand at the end.

    :raises InputError: damaged, encrypted, with entities, or too large unpacked
    """
    package = WordPackage(raw, str(path))
    folder, root = package.main()

    def beside(name: str) -> Element | None:
        return package.part((folder / name).as_posix())

    reader = _Reader(Styles(beside("styles.xml")), Numbering(beside("numbering.xml")))
    body = next((node for node in root if local(node.tag) == "body"), root)
    lines = list(reader.blocks(body))
    for part, kind in NOTES:
        for note in beside(part) or ():
            mark = reader.notes.get((kind, value(note, "id")))
            if mark is not None:
                told = [line.text for line in reader.blocks(note) if line.text.strip()]
                lines.append(Line(0, f"※{mark} {' '.join(told)}"))
    core = package.part("docProps/core.xml")
    titles = [node.text or "" for node in core or () if local(node.tag) == "title"]
    if not reader.paged:
        lines = [replace(line, page=0) for line in lines]
    return Content(numbered(lines), title=titles[0].strip() if titles else "")


@dataclass
class _Reader:
    styles: Styles
    numbering: Numbering
    page: int = 1
    paged: bool = False
    notes: dict[tuple[str, str], int] = field(default_factory=dict)

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[Line]:
        """Yield the lines of what stands in a body, a cell, a text box or a note."""
        for node in parent:
            match local(node.tag):
                case "p":
                    yield from self._paragraph(node, depth)
                case "tbl" if depth < DEEPEST:
                    yield from self._table(node, depth + 1)
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag":
                    yield from self.blocks(node, depth)

    def _paragraph(self, node: Element, depth: int) -> Iterator[Line]:
        shape = self.styles.shape(node)
        pieces: list[str] = []
        boxes: list[Element] = []
        self._gather(node, pieces, boxes)
        text = "".join(pieces)
        if text.strip() and shape.list_number:
            text = self.numbering.label(shape.list_number, shape.list_level) + text
        for piece in text.split("\n"):
            yield Line(0, piece, page=self.page, heading=shape.heading if piece.strip() else 0)
        if depth < DEEPEST:
            for box in boxes:
                yield from self.blocks(box, depth + 1)

    def _gather(self, node: Element, pieces: list[str], boxes: list[Element]) -> None:
        """Collect a paragraph's text; text boxes are put aside."""
        for child in node:
            name = local(child.tag)
            if name == "lastRenderedPageBreak":
                self.page, self.paged = self.page + 1, True
            elif name == "t":
                pieces.append(child.text or "")
            elif name == "tab":
                pieces.append("\t")
            elif name in BREAKS:
                pieces.append("" if value(child, "type") == "page" else "\n")
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name == "sym":
                pieces.append("・")
            elif name in {"footnoteReference", "endnoteReference"}:
                pieces.append(self._note(name.removesuffix("Reference"), value(child, "id")))
            elif name == "txbxContent":
                boxes.append(child)
            elif name not in SKIPPED and not (name == "r" and self.styles.hides(child)):
                self._gather(child, pieces, boxes)

    def _note(self, kind: str, number: str) -> str:
        return f"※{self.notes.setdefault((kind, number), len(self.notes) + 1)}"

    def _table(self, node: Element, depth: int) -> Iterator[Line]:
        rows: list[list[Cell]] = []
        pages: list[int] = []
        open_cells: dict[int, tuple[int, int]] = {}
        for line in _children(node, "tr"):
            cells: list[Cell] = []
            column = _whole(line, "trPr", "gridBefore", 0)
            cells += [Cell("")] * column
            for cell in _children(line, "tc"):
                wide = _whole(cell, "tcPr", "gridSpan", 1)
                merge = _property(cell, "tcPr", "vMerge")
                if merge is not None and value(merge) != "restart" and column in open_cells:
                    above, at = open_cells[column]
                    rows[above][at] = replace(rows[above][at], rows=len(rows) - above + 1)
                else:
                    open_cells[column] = (len(rows), len(cells))
                    told = [read.text.strip() for read in self.blocks(cell, depth)]
                    cells.append(Cell("\n".join(text for text in told if text), wide))
                column += wide
            rows.append(cells)
            pages.append(self.page)
        for cells_of_row, page in zip(even_rows(rows), pages, strict=True):
            if any(cells_of_row):
                yield row(cells_of_row, page=page)


def _children(node: Element, wanted: str) -> Iterator[Element]:
    """Yield rows or cells, also those wrapped in content controls or insertions."""
    for child in node:
        name = local(child.tag)
        if name == wanted:
            yield child
        elif name in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _children(child, wanted)


def _property(node: Element, holder: str, name: str) -> Element | None:
    for child in node:
        if local(child.tag) == holder:
            return next((part for part in child if local(part.tag) == name), None)
    return None


def _whole(node: Element, holder: str, name: str, otherwise: int) -> int:
    digits = value(_property(node, holder, name))
    if digits.isascii() and digits.isdigit():
        return min(int(digits[:4]), 200)
    return otherwise
