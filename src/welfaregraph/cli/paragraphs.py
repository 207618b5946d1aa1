"""Paragraphs of Japanese and English, broken where each may be broken.

English breaks between words, Japanese between any two characters but before closing marks; the
libraries at hand do only the first. ``--help`` passes here, so it imports little.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

__all__ = ["breadth", "folded"]

#: Marks that are never torn from what stands before them, or after them.
CLOSING = "、。，．）」』】〉》”’…ー：；？！ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
OPENING = "（「『【〈《“‘"


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
    for piece in _pieces(text):
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


def _pieces(text: str) -> Iterator[str]:
    """Yield what is never torn: an ASCII word or one other letter, with the marks at it."""
    piece, before, in_word = "", "", False
    for letter in text:
        was_in_word, in_word = in_word, " " < letter <= "~"
        torn = not (in_word and was_in_word) and before not in OPENING and letter not in CLOSING
        if torn:
            yield piece
            piece = ""
        piece += letter
        before = letter
    if piece:
        yield piece
