"""Headings that say what stands below them (現状と課題, 取組, 指標) and name no unit."""

from __future__ import annotations

import re
from functools import cache

from welfaregraph.draft.marks import BULLETS, CLOSING, OPENING
from welfaregraph.draft.words import pattern, table

__all__ = ["function_of", "opens_aside"]

EDGES = re.compile(rf"^[\s\u3000{BULLETS}※＊*~～〜\-－―]+|[\s\u3000~～〜:：…。．\-－―]+$")
LONGEST = 34


@cache
def function_of(text: str) -> str:
    """Return which function a heading has: action, issue, aim, indicator, other, or none.

    >>> [function_of(t) for t in ("【現状と課題】", "主な取組", "成果指標", "雪との共生")]
    ['issue', 'action', 'indicator', '']
    """
    plain = EDGES.sub("", text)
    if found := re.fullmatch(rf"{OPENING}(.*){CLOSING}", plain):
        plain = found[1]
    plain = re.sub(r"\s+", "", EDGES.sub("", plain))
    if not plain or len(plain) > LONGEST:
        return ""
    bare = re.sub(r"[（(].*[)）]$", "", plain)
    for kind in table("headings")["function"]:
        form = pattern("headings", "function", kind)
        if form.fullmatch(plain) or (bare and form.fullmatch(bare)):
            return str(kind)
    return ""


def opens_aside(text: str) -> bool:
    """Tell whether a heading opens a box that is no part of the plan's structure.

    >>> opens_aside("コラム"), opens_aside("【コラム１】学生"), opens_aside("地域の取組")
    (True, True, False)
    """
    plain = EDGES.sub("", text).lstrip("【［[〈《＜「(（")
    return any(plain.startswith(word) for word in table("headings")["aside"]["words"])
