"""Terms that a document explains: in a glossary, in notes, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Entry
from welfaregraph.draft.items import label_of
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import unspaced

__all__ = ["glossary_of", "names_glossary"]

ENTRY = re.compile(
    r"^[「『【]?(.{1,30}?)[」』】]?(?:\s*[:：]\s*|[\s\u3000]{1,}|[…‥]+|(?<=[」』】]))(\S.{8,})$"
)
#: The number of a note or the page of a term, printed with it.
NUMBER = re.compile(r"^[※＊*]\s*\d*\s*|\s*[（(](?:p|P|Ｐ|ページ)[.．]?\s*\d+[)）]$")
NOTED = re.compile(r"^[※＊*]\s*\d*\s*([^:：。、]{2,30})\s*[:：]\s*(\S.{7,})$")
#: Between the terms of one note: ※自助：…　共助：….
NEXT = re.compile(r"[\s\u3000]+(?=[^\s:：。、]{2,12}[:：])")
DEFINED = re.compile(
    r"^[「『]([^「」『』]{2,30})[」』]とは、?\s*(\S.{7,}(?:をいう|をいいます|のことです|のこと)。?)$"
)
#: The heading of a glossary, a term on a line of its own, a line that ends the glossary.
LONGEST_HEADING, LONGEST_TERM, LONGEST_END = 20, 24, 60
LEAST = 8
#: Letters that order a glossary.
ROW_OF_KANA = re.compile(
    r"^[【\[]?\s*(?:[ぁ-んァ-ヶ]行?|[A-ZＡ-Ｚ][-～~]?[A-ZＡ-Ｚ]?)\s*[】\]]?$"
)


def glossary_of(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Return the terms that the documents explain, each once."""
    found: dict[str, Entry] = {}
    for reading in readings:
        for term, block, text, sure in (*_noted(reading), *_listed(reading)):
            name = NUMBER.sub("", term).strip()
            how = "glossary" if sure > NOTE else "explained-term"
            found.setdefault(name, Entry(reading.found(name, block, how, sure), text))
    return tuple(found.values())


def names_glossary(title: str) -> bool:
    """Tell whether a title heads a glossary.

    >>> names_glossary("用語の説明"), names_glossary("用語")
    (True, True)
    """
    heading = re.compile(table("facts")["glossary"]["heading"])
    return len(title) < LONGEST_HEADING and bool(heading.fullmatch(title))


#: Confidence of a note, of an entry, of a row.
NOTE, LINE, ROW = 0.7, 0.75, 0.85
_Found = tuple[str, Block, str, float]


def _noted(reading: Reading) -> Iterator[_Found]:
    """Yield what notes and sentences explain."""
    for block in reading.blocks:
        text = unspaced(block.text)
        if told := DEFINED.match(text):
            yield told[1], block, told[2], NOTE
        elif NOTED.match(text):
            for part in NEXT.split(block.text.lstrip("※＊* ")):
                if told := NOTED.match(f"※{unspaced(part)}"):
                    yield told[1], block, told[2], NOTE


def _listed(reading: Reading) -> Iterator[_Found]:
    """Yield the entries of glossaries: rows, lines, or a term above its explanation."""
    inside = False
    term: Block | None = None
    for block in reading.blocks:
        title = (block.mark.title if block.mark and block.mark.numbers else block.text).strip(
            "【】■◆●○《》〈〉[]［］# "
        )
        if names_glossary(title):
            inside, term = True, None
            continue
        if not inside:
            continue
        entry = ENTRY.match(block.mark.title if block.mark else block.text)
        if block.cells:
            if len(block.cells) > 1 and len(block.cells[1]) > LEAST:
                yield (
                    block.cells[0].replace("\n", ""),
                    block,
                    block.cells[1].replace("\n", ""),
                    ROW,
                )
        elif term and block.is_sentence:
            yield label_of(term.text), term, unspaced(block.text), LINE
            term = None
        elif entry and block.is_sentence:
            yield entry[1], block, entry[2], LINE
        elif ROW_OF_KANA.match(block.text):
            term = None
        elif not block.is_sentence and len(block.text) <= LONGEST_TERM and not block.heading:
            term = block
        elif not block.is_sentence and len(block.text) < LONGEST_END:
            inside, term = False, None
