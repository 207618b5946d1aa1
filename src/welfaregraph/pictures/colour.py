"""Colours: a scale, and marks for groups, that grey print and colour-blind readers can tell.

The scale's lightness falls steadily from pale to dark blue. Groups differ in shape as well.
"""

from __future__ import annotations

__all__ = ["BLACK", "GROUPS", "INK", "PAPER", "colour_of", "ink_on", "luminance"]

INK, BLACK, PAPER = "#1a1a1a", "#000000", "#ffffff"
#: The scale from the least to the greatest value, as red, green and blue.
SCALE = ((241, 246, 251), (124, 172, 212), (11, 48, 97))
#: Fills of groups, neighbours in the list far apart in lightness.
#: Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
GROUPS = (
    "#0072b2", "#f0e442", "#d55e00", "#56b4e9", "#009e73", "#e69f00", "#cc79a7", "#bbbbbb",
)  # fmt: skip


def colour_of(share: float) -> str:
    """Return the colour of a share of 0 to 1.

    >>> colour_of(0), colour_of(1)
    ('#f1f6fb', '#0b3061')
    """
    place = min(max(share, 0.0), 1.0) * (len(SCALE) - 1)
    at = min(int(place), len(SCALE) - 2)
    part = place - at
    mixed = (round(a + (b - a) * part) for a, b in zip(SCALE[at], SCALE[at + 1], strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1.

    Source: W3C, Web Content Accessibility Guidelines 2.2, "relative luminance".
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(fill: str) -> str:
    """Return the ink, black or white, that stands out more from a colour, 4.5 to 1 at least."""
    light = luminance(fill)
    return BLACK if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else PAPER
