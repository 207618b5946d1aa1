"""Goals that a sentence names: 基本目標１「…」、基本目標２「…」, or 「…」「…」の２つの目標."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.marks import Mark
from welfaregraph.draft.outline import Heading
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import number_of

__all__ = ["goals_in_prose"]

QUOTED = re.compile(r"[「『]([^「」『』]{4,40})[」』]")
NUMBER = r"[0-9０-９一二三四五六七八九]"
LEAST, MOST = 2, 8


def goals_in_prose(blocks: Sequence[Block]) -> list[Heading]:
    """Return the goals that sentences name, if no heading does.

    :param blocks: of one document

    Each heading has the index of the block it is named in.
    """
    found = _numbered(blocks)
    if len(found) >= LEAST:
        return found
    for n, block in enumerate(blocks):
        if block.cells or block.leader:
            continue
        for labels in (*_counted(block.text), *_enumerated(block.text)):
            if LEAST <= len(labels) <= MOST:
                return [_heading(label, k, n) for k, label in enumerate(labels, 1)]
    return []


def _heading(label: str, number: int, at: int) -> Heading:
    title = label.strip(" \u3000、。")
    return Heading(Mark("prose", numbers=(number,), title=title), title, at, at)


def _numbered(blocks: Sequence[Block]) -> list[Heading]:
    """Return 基本目標１「…」, 基本目標２「…」 as far as their numbers follow each other."""
    found: list[Heading] = []
    for n, block in enumerate(blocks):
        for each in [] if block.cells else _named().finditer(block.text):
            if number_of(each["number"]) == len(found) + 1:
                found.append(_heading(each["label"], len(found) + 1, n))
    return found


@cache
def _words() -> str:
    return any_of([word for word in table("headings")["goal"]["words"] if len(word) > 2])


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_words()})\s*(?P<number>{NUMBER}|[Ⅰ-Ⅹ①-⑳])\s*(?:は|の|[:：])?\s*"
        rf"[「『](?P<label>[^「」『』]{{4,40}})[」』]"
    )


@cache
def _count() -> re.Pattern[str]:
    return re.compile(rf"({NUMBER})\s*(?:つ|本)の\s*(?:{_words()}|目標|方針|柱)")


def _counted(text: str) -> Iterator[list[str]]:
    """Yield the labels in 「」 that stand together before or after 「３つの基本目標」."""
    for count in _count().finditer(text):
        wanted = number_of(count[1])
        before = _together(text[: count.start()], last=True)
        after = _together(text[count.end() :], last=False)
        yield from (labels for labels in (before, after) if len(labels) == wanted)


def _together(text: str, *, last: bool) -> list[str]:
    """Return the quoted labels of a text that only 、 and と part, its last or first ones."""
    runs: list[list[re.Match[str]]] = []
    for each in QUOTED.finditer(text):
        near = runs and each.start() - runs[-1][-1].end() <= LEAST
        if near:
            runs[-1].append(each)
        else:
            runs.append([each])
    run = (runs[-1] if last else runs[0]) if runs else []
    return [each[1] for each in run]


def _enumerated(text: str) -> Iterator[list[str]]:
    """Yield the labels of 「３つの基本目標 … 1 label 文。 2 label 文。」 in one paragraph."""
    for count in _count().finditer(text):
        wanted = number_of(count[1]) or 0
        at, labels = count.end(), list[str]()
        for number in range(1, wanted + 1):
            form = re.compile(
                rf"(?<=[\s\u3000。]){number}[\s\u3000.．]+(\S{{5,40}})(?=[\s\u3000])"
            )
            each = form.search(text, at)
            if each is None:
                break
            labels.append(each[1])
            at = each.end()
        if len(labels) == wanted:
            yield labels
