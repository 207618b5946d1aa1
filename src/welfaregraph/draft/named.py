"""Headings that a word opens without a number: 施策の方向　見守りを広げる, 地区の目標「…」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from welfaregraph.draft.actors import actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.marks import (
    CLOSING,
    DECORATION,
    OPENING,
    OWNER,
    Mark,
    is_bare_keyword,
    keywords,
)
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import search_key

__all__ = ["with_names"]

#: The title of such a heading is no longer than this.
LONGEST = 40
QUOTED = re.compile(r"^[「『](.+)[」』]$")
VERB = re.compile(r"(?:ます|ました|ません|ましょう|である|です)$|[。！!]$")


def with_names(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; those that a word without a number opens know it.

    :param blocks: of one document
    """
    known: dict[tuple[str, str], int] = {}
    found = []
    for block in blocks:
        named = _named(block)
        if not named:
            found.append(block)
            continue
        word, title = named
        key = (word, search_key(title))
        count = sum(other == word for other, _ in known)
        number = known.setdefault(key, count + 1)
        found.append(replace(block, level=Mark("named", word, (number,), "", title)))
    return found


def _named(block: Block) -> tuple[str, str] | None:
    """Return the word and the title of such a heading."""
    if block.cells or block.vertical or block.leader:
        return None
    if block.mark and (block.mark.numbers or block.mark.keyword or block.level):
        return None
    found = _form().match(block.text.strip())
    if not found:
        return None
    title = found["title"].strip()
    quoted = QUOTED.match(title)
    plain = quoted[1] if quoted else title
    if not 1 < len(plain) <= LONGEST or VERB.search(plain) or plain[:1].isdigit():
        return None
    if keywords().match(plain) or is_bare_keyword(plain.split()[0]):
        return None
    other = any(word in title for word in table("headings")["named"]["none"])
    if other or function_of(title) or actors_in(title) or function_of(block.text):
        return None
    return found["word"], plain


@cache
def _form() -> re.Pattern[str]:
    words = any_of(table("headings")["named"]["words"])
    owned = any_of(table("headings")["named"]["owned"])
    return re.compile(
        rf"{DECORATION}(?:{OPENING}\s*)?(?P<word>{words}|{OWNER}(?:{owned}))"
        rf"(?:\s*{CLOSING}\s*|[\s\u3000]*[:：][\s\u3000]*|\u3000\s*|\s\s+|\s?(?=[「『]))"
        rf"(?P<title>[^\s\u3000:：{CLOSING[1:-1]}].*)$"
    )
