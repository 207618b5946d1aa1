"""Where things stand on a PDF page: characters and ruled lines, as the page is seen."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["Box", "Rule", "Turn", "glyph_boxes", "rules", "turn_of", "union"]

#: A ruled line is no thicker than this, in points.
THICK = 3.0
#: Shorter strokes are parts of pictures.
SHORT = 5.0
#: How many characters tell how a page lies.
SAMPLE = 50
#: A page with more strokes than this is a drawing.
MOST_RULES = 2000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, the origin at the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """In points, never 0."""
        return max(self.top - self.bottom, 0.1)

    @property
    def middle(self) -> float:
        """Of its width."""
        return (self.left + self.right) / 2

    @property
    def level(self) -> float:
        """Middle of its height."""
        return (self.bottom + self.top) / 2

    def beside(self, other: Box) -> bool:
        """Tell whether another box is on the same line."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return overlap > 0.5 * min(self.height, other.height)


def union(one: Box, other: Box) -> Box:
    """Return the smallest box around both."""
    return Box(
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )


@dataclass(frozen=True)
class Rule:
    """A straight line of a table."""

    across: bool  #: from left to right, else upright
    at: float  #: its y if across, else its x
    start: float
    end: float


Turn = Callable[[float, float, float, float], Box]


def turn_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Turn:
    """Return what makes a box as stored one as read: tables often lie on their side.

    How most characters are turned decides, not how the viewer shall turn the page.
    """
    from pypdfium2 import raw

    count = text.count_chars()
    sample = range(0, count, max(count // SAMPLE, 1))
    angles = [raw.FPDFText_GetCharAngle(text.raw, at) for at in sample]
    quarters = mode([round(angle / (math.pi / 2)) % 4 for angle in angles] or [0])
    _, _, width, height = page.get_mediabox()

    def turned(x0: float, y0: float, x1: float, y1: float) -> Box:
        corners = {
            1: (height - y1, x0, height - y0, x1),
            2: (width - x1, height - y1, width - x0, height - y0),
            3: (y0, width - x1, y1, width - x0),
        }
        return Box(*corners.get(quarters, (x0, y0, x1, y1)))

    return turned


def glyph_boxes(text: pypdfium2.PdfTextPage, turned: Turn) -> Iterator[tuple[str, Box]]:
    """Yield the characters of a page in drawing order."""
    from pypdfium2 import raw

    rectangle = raw.FS_RECTF()
    for at in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if code == 0 or not raw.FPDFText_GetLooseCharBox(text.raw, at, rectangle):
            continue
        box = turned(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        yield chr(code), box


def rules(page: pypdfium2.PdfPage, turned: Turn) -> list[Rule]:
    """Return the straight lines drawn on a page: strokes, edges and thin bars."""
    from pypdfium2 import raw

    found: list[Rule] = []
    for thing in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        for x0, y0, x1, y1 in _strokes(thing.raw):
            box = turned(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            wide, high = box.right - box.left, box.top - box.bottom
            if wide >= SHORT and high <= THICK:
                found.append(Rule(True, box.level, box.left, box.right))
            elif high >= SHORT and wide <= THICK:
                found.append(Rule(False, box.middle, box.bottom, box.top))
        if len(found) > MOST_RULES:
            return []
    return found


def _strokes(path: object) -> Iterator[tuple[float, float, float, float]]:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(path), MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *here)
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*here, *first)
        last = here
