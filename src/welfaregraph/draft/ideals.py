"""Philosophy and vision: the sentence that stands above all goals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found, Place
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.marks import is_bare_keyword
from welfaregraph.draft.names import names_in
from welfaregraph.draft.outline import SENTENCE
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import unspaced

__all__ = ["philosophy_of", "vision_of"]

LONGEST = 90
LONGEST_HEADING = 22
#: Blocks that a slogan may be broken into, and how far below its heading it may begin.
MOST_BLOCKS = 4
REACH = 4
LEAST_UPRIGHT = 8
KANJI_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,2}[\s\u3000.．、]+")
BESIDE = re.compile(r"^[\W_]*(\w{2,8})(?:[】》〉\])）]\s*|\s*[:：]\s*|[\s\u3000]+)(\S.*)$")
QUOTED = re.compile(
    r"[「『]([^「」『』]{6,80}(?:「[^」]*」[^「」『』]{0,40})?)[」』]\s*(?:を|が|という)"
)
WRAP = re.compile(r"^[「『【〈《~～〜＜\s\u3000]+(.*?)[」』】〉》~～〜＞\s\u3000]+$")
#: The period, where it stands before the philosophy in a box.
YEARS = re.compile(
    r"^.{0,30}?年度(?:まで)?(?:の?[0-9０-９]+年間)?(?:[（(].*?[)）])?(?=[^～~〜－からの、。])"
)
INTRO = re.compile(
    r"基本理念(?:を|は|として|を、)?.{0,12}(?:次の|以下の|掲げ|定め|とおり|とし)"
)


def philosophy_of(readings: Sequence[Reading]) -> Found | None:
    """Return the philosophy, the surest print of it."""
    form = re.compile(table("facts")["philosophy"]["heading"])
    found = [each for reading in readings for each in _headed(reading, form, "philosophy")]
    found += [each for reading in readings for each in _in_sentences(reading)]
    found += [each for reading in readings for each in _upright(reading, form)]
    found += [each for reading in readings for each in _beside(reading, form)]
    return max(found, key=lambda each: each.confidence, default=None)


def vision_of(readings: Sequence[Reading]) -> Found | None:
    """Return the vision of the plan or its goal."""
    form = re.compile(table("facts")["philosophy"]["vision"])
    found = [each for reading in readings for each in _headed(reading, form, "vision")]
    return max(found, key=lambda each: each.confidence, default=None)


def _headed(reading: Reading, form: re.Pattern[str], name: str) -> list[Found]:
    found = []
    for n, block in enumerate(reading.blocks):
        if block.cells or block.leader or block.vertical:
            continue
        title = block.mark.title if block.mark else block.text
        title = KANJI_NUMBER.sub("", title)
        plain = re.sub(r"\s+", "", re.sub(r"^[\W_]+|[\W_]+$", "", title))
        heading = len(plain) <= LONGEST_HEADING and form.fullmatch(plain)
        intro = name == "philosophy" and block.is_sentence and INTRO.search(block.text)
        if heading or intro:
            each = _below(reading, n, name, quoted=not heading)
            if each:
                found.append(each)
    return found


def _below(reading: Reading, n: int, name: str, *, quoted: bool) -> Found | None:
    """Return the slogan below a heading: short lines, not a sentence, not a list."""
    taken: list[Block] = []
    for at, block in enumerate(reading.blocks[n + 1 : n + 1 + REACH + MOST_BLOCKS]):
        if _is_slogan(block, vision=name == "vision"):
            if taken and (block.gap > taken[-1].gap + 1 and block.gap > 1):
                break
            taken.append(block)
            if block.text[0] in "「『" and block.text[-1] in "」』" and len(taken) == 1:
                break
            if len(taken) == MOST_BLOCKS or name == "vision":
                break
        elif taken or at >= REACH or not block.is_sentence:
            break
    if not taken:
        return None
    text = (
        " ".join(_unwrapped(block.text) for block in taken)
        if len(taken) > 1
        else _unwrapped(taken[0].text)
    )
    if not 5 <= len(text) <= LONGEST:
        return None
    first, last = taken[0], taken[-1]
    value = reading.found(text, first, f"{name}-heading", 0.7 if quoted else 0.85)
    return Found(
        text,
        type(value.place)(first.document, first.first, last.last),
        value.recogniser,
        value.confidence,
    )


def _beside(reading: Reading, form: re.Pattern[str]) -> list[Found]:
    """Return slogans on the line of their heading: 基本理念　ともに生きるまち."""
    found = []
    for block in reading.blocks:
        title = block.mark.title if block.mark else block.text
        parted = _parted(block, title)
        if parted and form.fullmatch(parted[0]) and LEAST_UPRIGHT <= len(parted[1]) <= LONGEST:
            text = _unwrapped(parted[1])
            if not SENTENCE.search(text) and "目標" not in text and not list(names_in(text)):
                found.append(reading.found(text, block, "philosophy-beside", 0.75))
    return found


def _parted(block: Block, title: str) -> tuple[str, str] | None:
    """Return the heading and the text of a line, or those of a row of two cells."""
    cells = [unspaced(cell.replace("\n", "")) for cell in block.cells if cell.strip()]
    if block.cells:
        return (cells[0], cells[1]) if len(cells) == 2 else None
    found = BESIDE.match(title)
    return (found[1], found[2]) if found else None


def _upright(reading: Reading, form: re.Pattern[str]) -> list[Found]:
    """Return slogans set vertically beside a heading: in diagrams they stand on either side."""
    found = []
    for n, block in enumerate(reading.blocks):
        plain = re.sub(r"\s+", "", block.text)
        if block.vertical or not form.fullmatch(plain):
            continue
        for side in (reading.blocks[n + 1 :], reading.blocks[:n][::-1]):
            taken = list(takewhile(lambda b: b.vertical, dropwhile(_is_head, side[:9])))
            taken.sort(key=lambda b: b.first)
            text = " ".join(b.text for b in taken)
            if LEAST_UPRIGHT <= len(text) <= LONGEST and not actors_in(text):
                place = Place(taken[0].document, taken[0].first, taken[-1].last)
                found.append(Found(text, place, "philosophy-upright", 0.6))
                break
    return found


def _is_head(block: Block) -> bool:
    """Tell whether a block may stand between a heading and the text that runs downwards."""
    short = len(block.text) < LONGEST_HEADING
    return short and not (block.vertical or block.cells or block.mark)


def _is_slogan(block: Block, *, vision: bool) -> bool:
    text = block.text
    if (
        block.cells
        or block.leader
        or (block.mark and block.mark.numbers)
        or len(text) > LONGEST
    ):
        return False
    if function_of(text) or is_bare_keyword(text) or actors_in(text) or "計画" in text[-6:]:
        return False
    if "基本目標" in text or "基本方針" in text or list(names_in(text)):
        return False
    if SENTENCE.search(text) and not (text[:1] in "「『" or vision):
        return False
    heading = re.compile(table("facts")["philosophy"]["heading"])
    return len(text) > 1 and not heading.fullmatch(re.sub(r"^[\W_]+|[\s\W_]+$", "", text))


def _unwrapped(text: str) -> str:
    plain = re.sub(r"[\s\u3000]+", " ", YEARS.sub("", text)).strip()
    whole = WRAP.match(plain)
    inner = whole[1] if whole else plain
    return (
        inner
        if not any(c in inner for c in "「」『』") or inner.count("「") == inner.count("」")
        else plain
    )


def _in_sentences(reading: Reading) -> list[Found]:
    """Return what sentences call the philosophy, but not that of a plan that has ended."""
    words = table("facts")["philosophy"]
    form, after, past = map(re.compile, (words["sentence"], words["quoted"], words["past"]))
    found = []
    for block in reading.blocks:
        for text in re.split(r"(?<=。)", "" if block.cells else unspaced(block.text)):
            if past.search(text):
                continue
            if told := after.search(text):
                found.append(reading.found(told[1], block, "philosophy-sentence", 0.8))
            elif hit := form.search(text):
                before = text[: hit.start() + 1]
                quotes = list(QUOTED.finditer(before))
                if quotes and len(before) - quotes[-1].end() <= 4:
                    quoted = quotes[-1][1]
                    found.append(reading.found(quoted, block, "philosophy-sentence", 0.8))
    return found
