"""Paragraphs of Japanese and English, broken where each may be broken.

English breaks between words, Japanese between any two characters but before closing marks; the
libraries at hand do only the first. ``--help`` passes here, so it imports little.
"""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

__all__ = ["breadth", "folded"]

#: What is never torn: an ASCII word or one other character, with its opening and closing marks.
CLOSING = "、。，．）」』】〉》”’…ー：；？！ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
OPENING = "（「『【〈《“‘"
PIECE = re.compile(rf"[{OPENING}]*(?:[!-~]+|\s|[^{OPENING}\s])[{CLOSING}]*|[{OPENING}]+")


def breadth(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> breadth("計画A")
    5
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def folded(text: str, width: int) -> list[str]:
    """Break a text into lines.

    :param width: columns of the terminal; a full-width character takes two
    :returns: lines no wider than that, unless one word alone is wider

    >>> folded("計画の「抜け」、その1。", 8)
    ['計画の', '「抜', 'け」、そ', 'の1。']
    >>> folded("two words", 5)
    ['two', 'words']
    """
    lines, taken = [""], 0
    for piece in PIECE.findall(text):
        if piece == "\n":
            lines.append("")
            taken = 0
        elif taken + breadth(piece.rstrip()) > width and lines[-1].strip():
            lines.append(piece.lstrip())
            taken = breadth(lines[-1])
        else:
            lines[-1] += piece
            taken += breadth(piece)
    return [line.rstrip() for line in lines]
