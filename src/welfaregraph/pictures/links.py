"""Nodes and the links between them as a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from welfaregraph.pictures.colour import GROUPS, INK, PAPER
from welfaregraph.pictures.layout import Point, Size, cleared, parts, shelved, spread
from welfaregraph.pictures.svg import (
    LEADING,
    document,
    element,
    folded,
    lines,
    width_em,
    words,
)

__all__ = ["Link", "Node", "node_link"]

MARGIN, TITLE, LABEL = 16.0, 16.0, 11.0  # pixels
LABEL_EM, LABEL_LINES = 12.0, 2
#: With no more nodes than this, labels have one more line.
FEW = 30
ASPECT, LEAST_WIDTH = 1.5, 640.0
#: Between parts that no link connects, pixels.
GAP = 24.0
DESCRIBED = 5  # nodes named in a description
#: Half the height of the tallest mark, in radii.
TALL = 1.2
#: Radius of the least and the greatest node, pixels.
SMALL, GREAT = 5.0, 15.0
#: Width and grey (0 black, 255 white) of the weakest and the strongest link.
THIN, THICK, PALE, DARK = 0.8, 4.5, 205, 110
#: A column of nodes without links, pixels.
COLUMN, LINE = 170.0, 34.0
#: Corners of the marks of groups on the unit circle; the first is round.
SHAPES = (
    (),
    ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    ((0.0, -1.15), (1.05, 0.75), (-1.05, 0.75)),
    ((0.0, -1.2), (1.0, 0.0), (0.0, 1.2), (-1.0, 0.0)),
    ((0.0, 1.15), (1.05, -0.75), (-1.05, -0.75)),
    ((-0.55, -0.95), (0.55, -0.95), (1.1, 0.0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0.0)),
)  # fmt: skip


@dataclass(frozen=True)
class Node:
    """A node of a picture."""

    key: str  #: unique
    label: str
    group: str = ""  #: name of its group, which colour and shape show
    size: float = 1.0  #: how great it is beside the others, > 0


@dataclass(frozen=True)
class Link:
    """A link of a picture."""

    a: str  #: key of a node
    b: str
    weight: float = 1.0  #: how strong it is beside the others, > 0


@dataclass(frozen=True)
class _Spot:
    """A node at its place, pixels."""

    node: Node
    x: float
    y: float
    radius: float
    text: list[str]  #: its label, folded


def node_link(nodes: Sequence[Node], links: Sequence[Link], *, title: str) -> str:
    """Draw nodes and their links, no label on another; nodes without links in rows below.

    :param nodes: in any order; it decides the order of the groups
    :param links: between them
    :raises ValueError: two nodes of one key, or a link to a node that is not there
    """
    keys = [node.key for node in nodes]
    if len(set(keys)) != len(keys):
        raise ValueError("two nodes of one key")
    if strange := sorted({key for link in links for key in (link.a, link.b)} - set(keys)):
        raise ValueError(f"links to unknown nodes: {strange}")
    links = [link for link in links if link.a != link.b]
    linked = {key for link in links for key in (link.a, link.b)}
    spots, (wide, high) = _spots([node for node in nodes if node.key in linked], links)
    width = max(LEAST_WIDTH, wide)
    groups = list(dict.fromkeys(node.group for node in nodes))
    legend, top = _legend(groups, width)
    spots = [replace(spot, x=spot.x + MARGIN, y=spot.y + top) for spot in spots]
    rows, bottom = _rows([n for n in nodes if n.key not in linked], width, top + high)
    marks = {group: at for at, group in enumerate(groups)}
    heading = folded(title, width / TITLE, most=1)
    body = [
        lines(heading, MARGIN, MARGIN + 8, size=TITLE, full=title, **{"font-weight": "bold"}),
        *legend,
        *_links(links, {spot.node.key: spot for spot in spots}),
        *map(_label, spots),
        *(_mark(spot, marks[spot.node.group]) for spot in [*spots, *rows]),
        *(lines(s.text, s.x + 12, s.y, size=LABEL, full=s.node.label) for s in rows),
    ]
    greatest = sorted(nodes, key=lambda node: (-node.size, node.key))[:DESCRIBED]
    desc = f"{len(nodes)}, {len(links)}: " + "; ".join(words(node.label) for node in greatest)
    return document(
        body, width=width + 2 * MARGIN, height=bottom + MARGIN, title=title, desc=desc
    )


def _legend(groups: Sequence[str], width: float) -> tuple[list[str], float]:
    """Return the names of the groups with their marks, and where the picture begins."""
    x, y = MARGIN + 8, MARGIN + 36
    found: list[str] = []
    for at, group in enumerate(groups):
        if not words(group):
            continue
        text = folded(group, (width - 40) / LABEL, most=1)
        wide = 14 + width_em(text[0]) * LABEL + 22
        if x + wide > width and x > MARGIN + 8:
            x, y = MARGIN + 8, y + 20
        found += [
            _mark(_Spot(Node("", group), x, y, 6.0, []), at),
            lines(text, x + 13, y, size=LABEL, full=group),
        ]
        x += wide
    return found, y + 24 if found else MARGIN + 28


def _spots(nodes: Sequence[Node], links: Sequence[Link]) -> tuple[list[_Spot], Size]:
    """Return nodes at their places, part by part, and the size of it all."""
    index = {node.key: at for at, node in enumerate(nodes)}
    strongest = max((link.weight for link in links), default=1.0)
    pairs = [(index[link.a], index[link.b], link.weight / strongest) for link in links]
    most = LABEL_LINES + (len(nodes) <= FEW)
    texts = [folded(node.label, LABEL_EM, most=most) for node in nodes]
    greatest = max((node.size for node in nodes), default=1.0)
    radii = [SMALL + (GREAT - SMALL) * math.sqrt(node.size / greatest) for node in nodes]
    boxes = [_box(text, radius) for text, radius in zip(texts, radii, strict=True)]
    groups = parts(len(nodes), pairs)
    middles = [_middles(group, pairs, boxes) for group in groups]
    sizes = [_size(group, points, boxes) for group, points in zip(groups, middles, strict=True)]
    area = sum((width + GAP) * (height + GAP) for width, height in sizes)
    width = max(LEAST_WIDTH, math.sqrt(area * ASPECT), *(w for w, _ in sizes), 0.0)
    corners, size = shelved(sizes, width, gap=GAP)
    found = [
        _Spot(
            nodes[at],
            left + x,
            top + y - boxes[at][1] / 2 + radii[at] * TALL,
            radii[at],
            texts[at],
        )
        for group, points, (left, top) in zip(groups, middles, corners, strict=True)
        for at, (x, y) in zip(group, points, strict=True)
    ]
    return found, size


def _box(text: list[str], radius: float) -> Size:
    """Return the room that a mark and the label below it take."""
    width = max(max(map(width_em, text)) * LABEL, 2 * radius * TALL)
    return width + 10.0, 2 * radius * TALL + len(text) * LABEL * LEADING + 10.0


def _middles(
    group: list[int], pairs: Sequence[tuple[int, int, float]], boxes: Sequence[Size]
) -> list[Point]:
    """Return the middles of the boxes of one part, its upper left corner at 0."""
    own = {at: index for index, at in enumerate(group)}
    inside = [(own[i], own[j], weight) for i, j, weight in pairs if i in own]
    return cleared(spread(len(group), inside), [boxes[at] for at in group])


def _size(group: list[int], points: Sequence[Point], boxes: Sequence[Size]) -> Size:
    return (
        max(x + boxes[at][0] / 2 for at, (x, _) in zip(group, points, strict=True)),
        max(y + boxes[at][1] / 2 for at, (_, y) in zip(group, points, strict=True)),
    )


def _rows(nodes: Sequence[Node], width: float, bottom: float) -> tuple[list[_Spot], float]:
    """Return nodes without links in rows, and where the last ends."""
    columns = max(1, int(width // COLUMN))
    top = bottom + LINE
    found = [
        _Spot(
            node,
            MARGIN + 10 + COLUMN * (at % columns),
            top + LINE * (at // columns),
            SMALL + 1,
            folded(node.label, LABEL_EM, most=LABEL_LINES),
        )
        for at, node in enumerate(nodes)
    ]
    return found, found[-1].y + LINE / 2 if found else bottom


def _mark(spot: _Spot, group: int) -> str:
    look = {
        "fill": GROUPS[group % len(GROUPS)],
        "stroke": INK,
        "stroke-width": "0.8",
    }
    title = element("title", {}, escape(words(spot.node.label)))
    corners = SHAPES[group % len(SHAPES)]
    if not corners:
        disc = {"cx": spot.x, "cy": spot.y, "r": spot.radius, **look}
        return element("circle", disc, title)
    points = " ".join(
        f"{spot.x + x * spot.radius:.1f},{spot.y + y * spot.radius:.1f}" for x, y in corners
    )
    return element("polygon", {"points": points, **look}, title)


def _links(links: Sequence[Link], spots: dict[str, _Spot]) -> list[str]:
    """Return the links, the strongest last and so on top."""
    strongest = max((link.weight for link in links), default=1.0)
    found = []
    for link in sorted(links, key=lambda link: (link.weight, link.a, link.b)):
        a, b = spots[link.a], spots[link.b]
        share = link.weight / strongest
        grey = round(PALE + (DARK - PALE) * share)
        look = {
            "x1": a.x, "y1": a.y, "x2": b.x, "y2": b.y,
            "stroke": f"#{grey:02x}{grey:02x}{grey:02x}",
            "stroke-width": THIN + (THICK - THIN) * share,
        }  # fmt: skip
        full = f"{words(a.node.label)} – {words(b.node.label)}: {link.weight:.3g}"
        found.append(element("line", look, element("title", {}, escape(full))))
    return found


def _label(spot: _Spot) -> str:
    """Return the label below a mark, on a ground that lets links shine through."""
    width = max(map(width_em, spot.text)) * LABEL + 4
    height = len(spot.text) * LABEL * LEADING
    top = spot.y + spot.radius * TALL + 2
    back = {"x": spot.x - width / 2, "y": top, "width": width, "height": height,
            "fill": PAPER, "fill-opacity": "0.8"}  # fmt: skip
    middle = {"text-anchor": "middle"}
    y = top + height / 2
    return element("rect", back) + lines(
        spot.text, spot.x, y, size=LABEL, full=spot.node.label, **middle
    )
