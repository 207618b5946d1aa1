"""Pieces → blocks: lines that the page broke are one again, and each block knows its mark."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.endings import SENTENCE_END, ends_title, is_complete
from welfaregraph.draft.functions import function_of, opens_aside
from welfaregraph.draft.lines import BRACKETS, Piece
from welfaregraph.draft.marks import (
    CLOSING,
    OPENING,
    Mark,
    is_bare_keyword,
    mark_of,
    opens_level,
)
from welfaregraph.draft.words import table
from welfaregraph.text import join_lines

__all__ = ["HIRAGANA", "OPEN_ENDS", "Block", "blocks_of"]

#: Beginnings that only go on with what stood before.
PARTICLE = re.compile(
    r"^(?:[をにがのへはとでやもてっゃゅょんー、。，．」』）)・～]|した|して|する|され|ます|ない|など|等|から|まで|より|ため|こと|くり|づく|ちづ|め[るた]|える|ける|れる|す[。る]|る[。]?$|き[るま]|り[、。]|く[、。]?$)"
)
HIRAGANA = re.compile(r"^[ぁ-ん]")
FIGURE = re.compile(
    r"^[\[【（(■▼●◆]?\s*(?:図表?|表|資料|グラフ)\s*[0-9０-９一二三四五六七八九ⅠⅡⅢⅣ]"
)
BOX = re.compile(r"^[【\[［〔《〈][^】\]］〕》〉]*[】\]］〕》〉](?:\s*[（(].*[）)])?$")
#: The name of a plan, which stands alone in figures and tables.
NAME = re.compile(r".{1,30}計画(?:[（(].*[）)])?")
#: The rest of a heading that goes over two lines is shorter than so much of it.
REST = 0.8
#: Half-width characters: no column is narrower; titles longer than this wrap.
NARROWEST = 8
LEAST_TITLE = 20
#: Where so many lines follow each other closely, empty lines part paragraphs.
SHARE_OF_CLOSE = 0.2
#: So many broken words show that the lines of a narrow column stand apart.
LEAST_BROKEN = 2
OPEN_ENDS = ("、", "・", "の", "を", "に", "が", "と", "や", "，")
#: Lines over which a heading of a narrow box may be broken.
LONGEST_BOX = 4
LONGEST_BOX_LINE = 12
LEADER = re.compile(
    r"(?:[・.．…‥⋯･]{2,}(?=\s*[0-9０-９])|[・.．…‥⋯･─-]{4,}|(?:[・.．…]\s+){3,}|\s[…‥⋯]{2,})\s*[0-9０-９]{0,3}\s*$"
)


@dataclass(frozen=True)
class Block:
    """A run of lines that belong together: a heading, a bullet, a paragraph, a table row."""

    pieces: tuple[Piece, ...]
    text: str  #: joined
    gap: int  #: empty lines before it beyond those between all lines
    leader: bool = False  #: dots lead to a page number: an entry of a table of contents
    level: Mark | None = None  #: what opens it, where only its siblings tell

    @property
    def first(self) -> int:
        """Its first line."""
        return self.pieces[0].first

    @property
    def last(self) -> int:
        """Its last line."""
        return self.pieces[-1].last

    @property
    def document(self) -> int:
        """Which of the documents it stands in."""
        return self.pieces[0].document

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row of a table."""
        return self.pieces[0].cells

    @property
    def heading(self) -> int:
        """Its level, where the document's format says so."""
        return self.pieces[0].heading

    @property
    def vertical(self) -> bool:
        """Whether it was set vertically."""
        return self.pieces[0].vertical

    @cached_property
    def mark(self) -> Mark | None:
        """What opens it."""
        return (
            None if self.cells else self.level or mark_of(self.text, heading=self.heading > 0)
        )

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it ends like prose."""
        return bool(SENTENCE_END.search(self.text)) or len(self.text) > 90


def blocks_of(
    pieces: Sequence[Piece], *, printed: Sequence[Piece] = (), parted: bool = False
) -> list[Block]:
    """Join the lines that the page broke.

    :param pieces: of one document, in their order
    :param printed: the same before rows were made of lines, to tell how lines are spaced
    :param parted: whether the format parts paragraphs by empty lines
    """
    usual = 0 if parted else _usual_gap(printed or pieces)
    widths = [0 if piece.vertical or piece.cells else _width(piece.text) for piece in pieces]
    page = _page_width(widths)
    blocks: list[Block] = []
    run: list[Piece] = []
    gap = column = 0
    for n, piece in enumerate(pieces):
        extra = max(piece.gap - usual, 0)
        around = max(widths[n - len(run) : n + 3])
        ahead = pieces[n + 1] if n + 1 < len(pieces) else None
        if run and ahead and _is_broken_actor(piece, ahead):
            blocks.append(_block(run, gap))
            run, gap = [piece], extra
            continue
        if run and _continues(run, piece, extra=extra, page=page, around=around, column=column):
            column = _width(run[-1].text) if run[-1].text else column
            run.append(piece)
            continue
        if run:
            blocks.append(_block(run, gap))
        run, gap = [piece], extra
    if run:
        blocks.append(_block(run, gap))
    return _with_whole_actors(blocks)


def _block(run: list[Piece], gap: int) -> Block:
    text = run[0].text if run[0].cells else join_lines([piece.text for piece in run])
    leader = not run[0].cells and bool(LEADER.search(text))
    return Block(tuple(run), LEADER.sub("", text).strip() if leader else text, gap, leader)


def _usual_gap(pieces: Sequence[Piece]) -> int:
    """Return how many empty lines stand between the lines of a paragraph."""
    pairs = [
        (before, piece)
        for before, piece in pairwise(pieces)
        if not (piece.cells or before.cells or piece.vertical or before.vertical)
        if piece.first > before.last
    ]
    close = sum(piece.gap == 0 for _, piece in pairs)
    if close > len(pairs) * SHARE_OF_CLOSE:
        return 0
    gaps = Counter(
        piece.gap
        for before, piece in pairs
        if len(before.text) >= LEAST_TITLE and not SENTENCE_END.search(before.text)
        if not (_is_numbered(before.text) or mark_of(piece.text))
    )
    if gaps:
        return gaps.most_common(1)[0][0]
    least = min((piece.gap for _, piece in pairs), default=0)
    broken = sum(piece.gap == least and _is_broken(a.text, piece.text) for a, piece in pairs)
    return least if broken >= LEAST_BROKEN else 0


def _is_broken(before: str, after: str) -> bool:
    """Tell whether a word or sentence is broken between two lines."""
    goes_on = HIRAGANA.match(after) or before.endswith(OPEN_ENDS) or _open(before)
    return bool(goes_on) and not (is_complete(before) or mark_of(after))


def _is_numbered(text: str) -> bool:
    mark = mark_of(text)
    return mark is not None and bool(mark.numbers)


def _page_width(widths: Sequence[int]) -> int:
    """Return the width of a full line of prose, in half-width characters."""
    long = sorted(w for w in widths if w >= 30)
    return long[len(long) * 3 // 4] if long else 80


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text.strip())


def _continues(
    run: list[Piece], piece: Piece, *, extra: int, page: int, around: int, column: int
) -> bool:
    """Tell whether a line goes on with what stands before it."""
    last, text = run[-1], piece.text
    if (
        piece.cells
        or last.cells
        or piece.heading
        or last.heading
        or piece.vertical
        or last.vertical
    ):
        return False
    joined = join_lines([p.text for p in run])
    if _broken_number(last.text, text):
        return True
    if LEADER.search(last.text) or (SENTENCE_END.search(last.text) and not _open(joined)):
        return False
    full = _width(last.text) >= min(page, 200) - 4
    if extra and not (
        full and extra <= 3 and PARTICLE.match(text) and not SENTENCE_END.search(last.text)
    ):
        return False
    if _open(joined) and len(joined) < 90 and not _opens_new(text):
        return True
    mark = mark_of(text)
    if (
        mark
        or opens_level(text)
        or _opens_new(text)
        or _is_known_heading(joined)
        or _has_actor_beside(text)
    ):
        return False
    if is_bare_keyword(last.text) or BOX.match(last.text):
        return False
    if full:
        return not _is_whole_heading(run, text)
    return _wraps_narrowly(
        last.text, text, around=around, column=column, marked=mark_of(joined) is not None
    )


def _is_whole_heading(run: Sequence[Piece], text: str) -> bool:
    """Tell whether a long line is a heading with its number, and a paragraph follows it."""
    mark = mark_of(run[0].text) if len(run) == 1 else None
    named = (mark is not None and bool(mark.keyword)) or opens_level(run[0].text)
    if not named or len(run) > 1 or not is_complete(run[0].text):
        return False
    return bool(SENTENCE_END.search(text)) or _width(text) > _width(run[0].text) * REST


def _wraps_narrowly(before: str, after: str, *, around: int, column: int, marked: bool) -> bool:
    """Tell whether a line that is no full line of the page is one of a narrow column.

    :param around: width of the widest line here
    :param column: width of the line that was broken last
    :param marked: whether the block opened with a number or bullet
    """
    left, right = _width(before), _width(after)
    if left < right - 6 or left < NARROWEST:
        return False
    if PARTICLE.match(after):
        return True
    if NAME.fullmatch(after):
        return False
    if marked and abs(left - column) <= 2 and not ends_title(before):
        return True
    if is_complete(before):
        return False
    if HIRAGANA.match(after) or before.endswith(OPEN_ENDS):
        return True
    return left >= around - 6 or (marked and left >= LEAST_TITLE and right < left)


def _open(text: str) -> bool:
    """Tell whether a bracket opened in a text is not closed yet."""
    subtitle = text[:1] in "～〜" and text[-1:] not in "～〜"
    return subtitle or any(text.count(a) > text.count(b) for a, b in BRACKETS[:3])


def _opens_new(text: str) -> bool:
    """Tell whether a line opens something of its own: a boxed heading, an actor, a box."""
    found = re.match(rf"^{OPENING}[^{{}}]{{1,24}}{CLOSING}\s*$", text)
    boxed = found is not None and text[0] not in "（(「『"
    aside = opens_aside(text) and len(text) < 30
    return boxed or aside or bool(FIGURE.match(text)) or _is_known_heading(text)


def _has_actor_beside(text: str) -> bool:
    """Tell whether an actor stands before a bullet: 町民　・あいさつをする."""
    name, _, rest = text.partition("\u3000")
    bulleted = (mark := mark_of(rest)) is not None and mark.shape == "bullet"
    return bulleted and bool(actors_in(name))


def _is_known_heading(text: str) -> bool:
    if function_of(text) or _philosophy().fullmatch(text.strip("【】《》〈〉■◆●○ 　")):
        return True
    return len(text) <= 30 and bool(actors_in(text))


@cache
def _philosophy() -> re.Pattern[str]:
    return re.compile(table("facts")["philosophy"]["heading"])


def _broken_number(before: str, after: str) -> bool:
    """Tell whether what looks like a number goes on with a broken line: 32. / 6％."""
    return bool(re.search(r"\d[.．]$", before)) and after[:1].isdigit()


def _with_whole_actors(blocks: list[Block]) -> list[Block]:
    """Join headings of actors that a narrow box broke: 町民 / 一人ひとり / が取り組むこと."""
    found: list[Block] = []
    n = 0
    while n < len(blocks):
        size = next((k for k in range(LONGEST_BOX, 1, -1) if _is_box(blocks[n : n + k], k)), 1)
        pieces = tuple(piece for block in blocks[n : n + size] for piece in block.pieces)
        found.append(_block(list(pieces), blocks[n].gap) if size > 1 else blocks[n])
        n += size
    return found


def _is_broken_actor(piece: Piece, ahead: Piece) -> bool:
    """Tell whether a line and the next are the name of one actor: 社会福祉 / 協議会."""
    names = (piece.text, ahead.text)
    if any(each.cells for each in (piece, ahead)) or max(map(len, names)) > LONGEST_BOX_LINE:
        return False
    return not any(map(actors_in, names)) and bool(actors_in("".join(names)))


def _is_box(blocks: list[Block], size: int) -> bool:
    if len(blocks) < size or any(
        block.cells
        or block.mark
        or block.vertical
        or block.text[:1] in "【《〔［＜〈■"
        or len(block.text) > LONGEST_BOX_LINE
        for block in blocks
    ):
        return False
    if any(block.gap for block in blocks[1:]):
        return False
    whole = "".join(block.text for block in blocks)
    broken = not any(actors_in(block.text) for block in blocks)
    return bool(actors_in(whole, bare=broken))
