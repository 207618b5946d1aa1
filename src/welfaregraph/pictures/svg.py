"""SVG as text: elements, the width of Japanese and Latin text, folding and cutting it.

Presentation attributes only, no style sheet and no ids, so that several pictures can stand
in one HTML page without touching it or each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from welfaregraph.pictures.colour import INK, PAPER
from welfaregraph.text import legible

__all__ = ["FONT", "LEADING", "document", "element", "folded", "lines", "width_em", "words"]

#: Fonts with Japanese glyphs on Linux, macOS and Windows.
FONT = "'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif"
BLANKS = re.compile(r"\s+")
#: Width of a letter that is not full-width, in em; a little above the mean of sans-serif fonts.
NARROW = 0.6
#: Line height in em.
LEADING = 1.25
#: What no line may begin with, and what none may end with.
NOT_FIRST = frozenset(
    "、。，．・：；！？）」』】〕〉》”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.;:!?)]}%"
)
NOT_LAST = frozenset("（「『【〔〈《“‘([{")
ELLIPSIS = "…"


def width_em(text: str) -> float:
    """Return about how wide a text is, in em.

    >>> width_em("福祉"), width_em("ab")
    (2.0, 1.2)
    """
    return sum(
        0.0
        if unicodedata.combining(letter)
        else 1.0
        if unicodedata.east_asian_width(letter) in "WFA"
        else NARROW
        for letter in text
    )


def words(text: str) -> str:
    r"""Return text on one line, without what XML cannot hold.

    >>> words(" 雪との\n共生\x00 ")
    '雪との 共生'
    """
    return BLANKS.sub(" ", legible(text)).strip()


def folded(text: str, width: float, *, most: int) -> list[str]:
    """Fold a text to lines of about one width; what does not fit gives way to an ellipsis.

    :param width: of a line at most, in em
    :param most: lines, at least one
    :returns: at least one line, perhaps empty

    >>> folded("除雪・排雪の支援体制づくり", 9, most=2)
    ['除雪・排雪の支', '援体制づくり']
    >>> folded("除雪・排雪の支援体制づくり", 5, most=1)
    ['除雪・排…']
    """
    whole = words(text)
    found, _ = _cut(whole, width, most)
    even = width_em(whole) / len(found)
    while even < width:
        fitted, rest = _cut(whole, even, len(found))
        if not rest:
            return fitted
        even += 0.5
    return found


def _cut(rest: str, width: float, most: int) -> tuple[list[str], str]:
    """Return the lines of a text and what did not fit."""
    found: list[str] = []
    while rest and len(found) < most:
        end = len(rest) if width_em(rest) <= width else _end(rest, width)
        found.append(rest[:end].strip())
        rest = rest[end:].strip()
    if rest:
        last = found[-1]
        while last and width_em(last + ELLIPSIS) > width:
            last = last[:-1]
        found[-1] = last + ELLIPSIS
    return found or [""], rest


def _end(text: str, width: float) -> int:
    """Return how many letters of a text stand on a line; at least one."""
    wide, end = 0.0, 0
    for letter in text:
        wide += width_em(letter)
        if wide > width:
            break
        end += 1
    fits = max(end, 1)
    for at in range(fits, fits // 2, -1):
        before, after = text[at - 1], text[at]
        inside = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if not inside and after not in NOT_FIRST and before not in NOT_LAST:
            return at
    return fits


def element(name: str, attributes: Mapping[str, object], *inside: str) -> str:
    """Return one element; ``inside`` is SVG already, numbers are written to a tenth.

    >>> element("rect", {"width": 2.04, "fill": "none"})
    '<rect width="2" fill="none"/>'
    """
    written = "".join(
        f" {key}={quoteattr(_number(value) if isinstance(value, float) else str(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def lines(
    texts: list[str], x: float, y: float, *, size: float, full: str = "", **attributes: str
) -> str:
    """Return lines of text, the first with its middle at ``y`` less half of the others.

    :param size: of the letters, pixels
    :param full: the whole text, shown where it was cut and the pointer rests on it
    """
    step = size * LEADING
    top = y - step * (len(texts) - 1) / 2 + size * 0.36
    is_cut = BLANKS.sub("", words(full)) != BLANKS.sub("", "".join(texts))
    title = element("title", {}, escape(words(full))) if full and is_cut else ""
    if len(texts) == 1:
        spans = escape(texts[0])
    else:
        spans = "".join(
            element("tspan", {"x": x, "y": top + step * at}, escape(line))
            for at, line in enumerate(texts)
        )
    return element("text", {"x": x, "y": top, "font-size": size, **attributes}, title, spans)


def document(body: list[str], *, width: float, height: float, title: str, desc: str) -> str:
    """Return a whole picture on white, with its title and what it shows in words."""
    head = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {round(width)} {round(height)}",
        "width": str(round(width)),
        "height": str(round(height)),
        "role": "img",
        "aria-label": words(title),
        "font-family": FONT,
        "fill": INK,
    }
    parts = [
        element("title", {}, escape(words(title))),
        element("desc", {}, escape(words(desc))),
        element("rect", {"width": "100%", "height": "100%", "fill": PAPER}),
        *body,
    ]
    return element("svg", head, "\n", "\n".join(parts), "\n") + "\n"
