"""Paragraphs of Japanese and English, broken where each may be broken.

English breaks between words, Japanese between any two characters but before closing marks; the
terminal libraries at hand do only the first.
"""

from __future__ import annotations

import re

from rich.cells import cell_len

__all__ = ["folded"]

#: What is never torn: an ASCII word or one other character, with its opening and closing marks.
CLOSING = "、。，．）」』】〉》”’…ー：；？！ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
OPENING = "（「『【〈《“‘"
PIECE = re.compile(rf"[{OPENING}]*(?:[!-~]+|\s|[^{OPENING}\s])[{CLOSING}]*|[{OPENING}]+")


def folded(text: str, width: int) -> list[str]:
    """Break a text into lines.

    :param width: columns of the terminal; a full-width character takes two
    :returns: lines no wider than that, unless one word alone is wider

    >>> folded("計画の「抜け」、その1。", 8)
    ['計画の', '「抜', 'け」、そ', 'の1。']
    >>> folded("two words", 5)
    ['two', 'words']
    """
    lines = [""]
    for piece in PIECE.findall(text):
        if piece == "\n":
            lines.append("")
        elif cell_len(lines[-1]) + cell_len(piece.rstrip()) > width and lines[-1].strip():
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines]
