"""How titles and items end when they are complete."""

from __future__ import annotations

import re
from functools import cache

from welfaregraph.draft.words import any_of, table

__all__ = ["SENTENCE_END", "ends_title", "is_complete"]

SENTENCE_END = re.compile(r"[。！!？?]\s*[」』）)]?$")
VERB_END = re.compile(r"(?:[うくすつぬむるぐぶ]|ます|ました|ません|たい|ない|よう)$")


def is_complete(text: str) -> bool:
    """Tell whether a line ends as a title, an item or a sentence ends.

    >>> is_complete("見守り活動の推進"), is_complete("支え合いの仕組みづくりに向け")
    (True, False)
    """
    plain = text.rstrip("）)】」』 ")
    return bool(ends_title(text) or VERB_END.search(plain) or SENTENCE_END.search(text))


def ends_title(text: str) -> bool:
    """Tell whether a line ends in a word with which titles end."""
    return bool(_endings().search(text.rstrip("）)】」』 ")))


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(table('headings')['titles']['endings'])})$")
