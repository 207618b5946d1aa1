"""Lines as read → pieces: residue of markup and fonts gone, vertical text and pages undone."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from welfaregraph.documents import Document, Line
from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.marks import mark_of
from welfaregraph.text import ideographs, search_key

__all__ = ["BRACKETS", "PAGE_NUMBER", "Piece", "pieces_of"]

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
BREAK = re.compile(r"<\s*br\s*/?\s*>|<\s*/\s*(?:p|li|div)\s*>", re.I)
ITEM = re.compile(r"<\s*li[^<>]*>", re.I)
BOLD = re.compile(r"(\*\*|__)(?=\S)(.*?)(?<=\S)\1")
ESCAPED = re.compile(r"\\([-*_#+.|()\[\]~`>!])")
HASHES = re.compile(r"^(#{1,6})\s+")
UNSEEN = re.compile(
    r"[\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff\ufe00-\ufe0f\x00-\x08\x0b\x0c\x0e-\x1f]"
)
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd]")
#: Single characters set apart: 基 本 目 標.
#: Forms of brackets that only vertical text has.
UPRIGHT = str.maketrans("︵︶﹁﹂﹃﹄︻︼︱", "（）「」『』【】ー")
LETTER = r"[々一-龥ぁ-んァ-ヴー０-９「」『』]"
LETTERSPACED = re.compile(rf"(?<!\S)(?:{LETTER}[ \u3000]){{2,}}{LETTER}(?!\S)")
#: A line that holds only the number of a page: "- 12 -", "１２", "P.12", "12 / 40".
PAGE_NUMBER = re.compile(
    r"^[\s\-‐‑–—―－ー~〜～|｜・]*(?:[pP]\.?|ページ)?\s*[0-9０-９]{1,3}\s*(?:[/／]\s*[0-9０-９]{1,3})?"
    r"(?:ページ|頁)?[\s\-‐‑–—―－ー~〜～|｜・]*$"
)
LONE = re.compile(r"^\s*[-–*・●○◆■□>＞]\s*$")
RULE = re.compile(r"^[\s|:\-=_*＿―─━‐…・]{3,}$")
BRACKETS = (("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"))
#: Fewer single characters below each other are no vertical text.
LEAST_VERTICAL = 4
#: A text that spans a table, and so is told in each of its cells, is no shorter.
LEAST_SPANNING = 2
#: A running head stands on at least so many pages.
LEAST_RUNNING = 3


@dataclass(frozen=True)
class Piece:
    """What one printed line says, or several that are one column of vertical text."""

    text: str
    first: int  #: its line in the document, from 1
    last: int
    gap: int  #: empty lines before it
    document: int = 0  #: which of the documents drafted together, from 0
    page: int = 0
    cells: tuple[str, ...] = ()  #: of a row of a table; ``\\n`` where a cell breaks its lines
    heading: int = 0  #: level, where the format of the document says so
    vertical: bool = False


def pieces_of(document: Document, number: int = 0) -> tuple[list[Piece], list[Piece]]:
    """Return what the lines of a document say, and apart from it what heads its pages.

    :param number: position of the document among those drafted together
    :returns: the text without page numbers; running heads, each once
    """
    return _without_furniture(_upright(list(_cleaned(document.lines, number))))


def _cleaned(lines: Iterable[Line], number: int) -> Iterator[Piece]:
    gap = 0
    for line in lines:
        cells = tuple(map(_printed, line.cells or _cells_of(line.text)))
        text = "\t".join(cells) if cells else _printed(line.text).replace("\n", "")
        hashes = HASHES.match(text)
        text = HASHES.sub("", text).rstrip("# ") if hashes and not cells else text
        if not text.strip() or RULE.match(text) or LONE.match(text):
            gap += 1
            continue
        filled = {cell for cell in cells if cell}
        rest = cells.count(cells[0]) > 1 and len(cells[0]) < LEAST_SPANNING if cells else False
        if len(filled) == 1 and cells[0] and not rest:  # a heading that spans its table
            yield from _spanning(filled.pop(), line, gap=gap, number=number)
            gap = 0
            continue
        yield Piece(
            text=text if cells else text.strip(),
            first=line.number,
            last=line.number,
            gap=gap,
            document=number,
            page=line.page,
            cells=cells,
            heading=line.heading or (len(hashes[1]) if hashes else 0),
        )
        gap = 0


def _spanning(cell: str, line: Line, *, gap: int, number: int) -> Iterator[Piece]:
    """Yield the lines of a row that has one cell only."""
    for text in cell.split("\n"):
        if text.strip():
            yield Piece(text.strip(), line.number, line.number, gap, number, line.page)
            gap = 0


def _cells_of(text: str) -> tuple[str, ...]:
    """Return the cells that tabs or bars part, if there are several."""
    bare = text.strip()
    if bare.count("|") > 2 and bare.startswith("|") and bare.endswith("|"):
        cells = tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", bare[1:-1]))
        return () if all(RULE.match(cell) or not cell for cell in cells) else cells
    if "\t" not in bare or _is_heading(bare):
        return ()
    return tuple(cell.strip() for cell in text.split("\t"))


def _is_heading(text: str) -> bool:
    """Tell whether a tab only parts the number of a heading from its title."""
    number, _, title = text.partition("\t")
    mark = mark_of(number) if "\t" not in title else None
    return bool(mark and mark.keyword and not mark.title)


def _printed(text: str) -> str:
    r"""Return text without residue of HTML, Markdown and fonts, line breaks as ``\n``."""
    if "<" in text:
        text = TAG.sub("", ITEM.sub("\n・", BREAK.sub("\n", text)))
    if "&" in text:
        text = html.unescape(text)
    text = ESCAPED.sub(r"\1", BOLD.sub(r"\2", text))
    text = UNSEEN.sub("", ideographs(text.translate(UPRIGHT))).strip(" \u3000\t\r\n")
    if PRIVATE.search(text):
        text = PRIVATE.sub("", ("●" + text[1:]) if PRIVATE.match(text) else text)
    return LETTERSPACED.sub(lambda found: re.sub(r"[ \u3000]", "", found[0]), text)


def _upright(pieces: list[Piece]) -> list[Piece]:
    """Join what is set vertically, one character a line."""
    found: list[Piece] = []
    run: list[Piece] = []

    def close() -> None:
        beside = bool(found) and found[-1].vertical and bool(run) and run[0].gap <= 1
        text = "".join(piece.text.replace(" ", "") for piece in run)
        if len(run) > 1 and actors_in(text):
            found.append(replace(run[0], text=text, last=run[-1].last))
        elif len(run) < (2 if beside else LEAST_VERTICAL):
            found.extend(run)
        else:
            found.append(replace(run[0], text=text, last=run[-1].last, vertical=True))
        run.clear()

    for piece in pieces:
        single = len(piece.text.replace(" ", "")) == 1 and not piece.cells
        tail = (
            run
            and 1 < len(piece.text) <= 3
            and len(run) >= LEAST_VERTICAL
            and piece.gap <= run[1].gap
        )
        usual = run[1].gap if len(run) > 1 else piece.gap
        if run and piece.gap > usual and not _open_ended("".join(p.text for p in run)):
            close()
        if single or (tail and not piece.text.isascii()):
            run.append(piece)
        else:
            close()
            found.append(piece)
    close()
    return found


def _open_ended(text: str) -> bool:
    """Tell whether a text set vertically goes on in the next column."""
    return text.endswith(("、", "，", "・")) or any(
        text.count(opening) > text.count(closing) for opening, closing in BRACKETS
    )


def _without_furniture(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Drop page numbers and running heads; what followed a page break keeps its gap."""
    numbered = {n for n in range(len(pieces)) if _is_page_number(pieces, n)}
    running = _running_heads(pieces, numbered)
    found: list[Piece] = []
    heads: dict[str, Piece] = {}
    skipped = 0
    for n, piece in enumerate(pieces):
        if n in running:
            heads.setdefault(piece.text, piece)
        if n in numbered or n in running:
            skipped += piece.gap
        else:
            found.append(replace(piece, gap=piece.gap + skipped) if skipped else piece)
            skipped = 0
    return found, list(heads.values())


def _is_page_number(pieces: list[Piece], n: int) -> bool:
    from welfaregraph.draft.marks import is_bare_keyword

    piece = pieces[n]
    if piece.cells or not PAGE_NUMBER.match(piece.text):
        return False
    return not (n and is_bare_keyword(pieces[n - 1].text))


def _running_heads(pieces: list[Piece], numbered: set[int]) -> set[int]:
    """Return what stands beside page numbers, or at the edge of pages, again and again."""
    edges: dict[int, str] = {}
    for n, piece in enumerate(pieces):
        beside = n - 1 in numbered or n + 1 in numbered
        first = bool(piece.page) and (not n or pieces[n - 1].page != piece.page)
        last = bool(piece.page) and (n + 1 == len(pieces) or pieces[n + 1].page != piece.page)
        if (beside or first or last) and n not in numbered and _may_run(piece):
            edges[n] = re.sub(r"\d+", "0", search_key(piece.text))
    counts = Counter(edges.values())
    return {n for n, text in edges.items() if counts[text] >= LEAST_RUNNING}


def _may_run(piece: Piece) -> bool:
    """Tell whether a line could head pages: no heading of a function, no item, no row."""
    from welfaregraph.draft.marks import mark_of

    mark = mark_of(piece.text)
    plain = mark is None or mark.shape in {"chapter", "section"}
    return plain and not (piece.cells or function_of(piece.text) or actors_in(piece.text))
