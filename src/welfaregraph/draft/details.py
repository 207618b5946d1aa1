"""Smaller facts: SDGs, glossary, roles, indicators, review."""

from __future__ import annotations

import re
from collections.abc import Sequence

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Entry, Found, Sdg
from welfaregraph.draft.items import label_of
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import sdg_names, table
from welfaregraph.text import search_key, unspaced

__all__ = ["glossary_of", "indicators_of", "review_of", "roles_of", "sdgs_of"]

GLOSSARY = re.compile(r"用語(?:の)?(?:解説|説明|定義|集)")
INDICATOR = re.compile(
    r"(?:成果|評価|数値|活動|達成)?指標(?:名|項目)?(?:[（(].*[）)])?|数値目標|目標指標|項目"
)
VALUES = re.compile(r"現状|目標|実績|基準|令和|平成|R\d|年度|単位")
ENTRY = re.compile(r"^(.{1,30}?)(?:\s*[:：]\s*|[\s\u3000]{1,}|[…‥]+)(\S.{8,})$")
#: Terms that are explained outside a glossary: in a note, or in a sentence.
NOTED = re.compile(r"^[※＊*]\s*\d*\s*([^:：。、]{2,30})\s*[:：]\s*(\S.{7,})$")
DEFINED = re.compile(
    r"^[「『]([^「」『』]{2,30})[」』]とは、?\s*(\S.{7,}(?:をいう|をいいます|のことです|のこと)。?)$"
)
LONGEST_REVIEW = 120


def sdgs_of(readings: Sequence[Reading]) -> tuple[Sdg, ...]:
    """Return the SDGs whose names are printed."""
    found: dict[int, Sdg] = {}
    for reading in readings:
        for block in reading.lines:
            key = search_key(block.text)
            for name, (number, label) in sdg_names().items():
                if name in key:
                    printed = reading.found(label, block, "sdg-name", 0.9)
                    found.setdefault(number, Sdg(number, printed))
    return tuple(found[number] for number in sorted(found))


def glossary_of(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Return the terms that a glossary explains."""
    found: dict[str, Entry] = {}
    for reading in readings:
        for block in reading.blocks:
            text = unspaced(block.text)
            if told := NOTED.match(text) or DEFINED.match(text):
                term = reading.found(told[1], block, "explained-term", 0.7)
                found.setdefault(told[1], Entry(term, told[2]))
        inside = False
        for block in reading.blocks:
            title = block.text.strip("【】■◆●○《》〈〉[]［］# ")
            if GLOSSARY.search(title) and len(title) < 20:
                inside = True
            elif inside and block.cells:
                if len(block.cells) > 1 and len(block.cells[1]) > 8:
                    name = block.cells[0].replace("\n", "")
                    found.setdefault(
                        name,
                        Entry(
                            reading.found(name, block, "glossary", 0.85),
                            block.cells[1].replace("\n", ""),
                        ),
                    )
            elif (
                inside
                and (entry := ENTRY.match(label_of(block.text).replace("* ", "")))
                and block.is_sentence
            ):
                found.setdefault(
                    entry[1], Entry(reading.found(entry[1], block, "glossary", 0.7), entry[2])
                )
            elif inside and not block.is_sentence and len(block.text) < 60:
                inside = False
    return tuple(found.values())


def roles_of(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Return the paragraphs below headings like 「（１）市民の役割」."""
    found = []
    for reading in readings:
        name: Block | None = None
        for block in reading.blocks:
            title = block.mark.title if block.mark else block.text
            if title.endswith("の役割") and actors_in(title):
                name = block
            elif name and block.is_sentence and not block.mark and not block.cells:
                label = (name.mark.title if name.mark else name.text).strip("【】■◆●○ ")
                found.append(
                    Entry(reading.found(label, name, "role-heading", 0.8), unspaced(block.text))
                )
            else:
                name = None
    return tuple(found)


def indicators_of(readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Return the names in tables whose head speaks of indicators."""
    found: dict[str, Entry] = {}
    for reading in readings:
        column: int | None = None
        for block in reading.blocks:
            if not block.cells:
                column = None
                continue
            cells = [cell.replace("\n", "") for cell in block.cells]
            heads = [n for n, cell in enumerate(cells) if INDICATOR.fullmatch(cell.strip())]
            if heads and sum(bool(VALUES.search(cell)) for cell in cells) > 0:
                column = heads[0]
            elif column is not None and column < len(cells) and cells[column].strip():
                name = cells[column].strip()
                values = "／".join(c for n, c in enumerate(cells) if n != column and c.strip())
                found.setdefault(
                    name, Entry(reading.found(name, block, "indicator-table", 0.8), values)
                )
    return tuple(found.values())


def review_of(readings: Sequence[Reading]) -> Found | None:
    """Return the sentence that says how the plan is reviewed."""
    words = table("facts")["review"]
    best: Found | None = None
    score = 1
    for reading in readings:
        for block in reading.blocks:
            if not block.is_sentence or block.cells:
                continue
            for sentence in re.split(r"(?<=。)", unspaced(block.text)):
                points = sum(word in sentence for word in words["sentence"]) + (
                    "計画" in sentence
                )
                if points > score and len(sentence) <= LONGEST_REVIEW:
                    best, score = (
                        reading.found(sentence.strip(), block, "review-sentence", 0.6),
                        points,
                    )
    return best
