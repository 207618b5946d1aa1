"""Nodes and the links between them as a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from welfaregraph.pictures.colour import GROUPS, INK, PAPER
from welfaregraph.pictures.layout import Box, placed, spread
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
#: Room for one node and its label, square pixels; the picture is wider than high.
ROOM, ASPECT, LEAST_WIDTH = 15_000.0, 1.4, 640.0
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


def node_link(nodes: Sequence[Node], links: Sequence[Link], *, title: str) -> str:
    """Draw nodes and their links; nodes without any stand in rows below.

    :param nodes: in any order; the order decides ties of place only
    :param links: between them
    :raises ValueError: two nodes of one key, or a link to a node that is not there
    """
    keys = [node.key for node in nodes]
    if len(set(keys)) != len(keys):
        raise ValueError("two nodes of one key")
    if strange := sorted({key for link in links for key in (link.a, link.b)} - set(keys)):
        raise ValueError(f"links to unknown nodes: {strange}")
    linked = {key for link in links if link.a != link.b for key in (link.a, link.b)}
    groups = list(dict.fromkeys(node.group for node in nodes))
    inner = [node for node in nodes if node.key in linked]
    area = math.sqrt(len(inner) * ROOM * ASPECT)
    width = max(LEAST_WIDTH, area)
    legend, top = _legend(groups, width)
    field = Box(MARGIN, top, width, max(area / ASPECT, 300.0) if inner else 0.0)
    spots = _spots(inner, links, field, greatest=max((n.size for n in nodes), default=1.0))
    rest, height = _rows([node for node in nodes if node.key not in linked], field)
    marks = {group: at for at, group in enumerate(groups)}
    body = [
        lines(folded(title, width / TITLE, most=1), MARGIN, MARGIN + 8, size=TITLE,
              full=title, **{"font-weight": "bold"}),
        *legend,
        *_links(links, {spot.node.key: spot for spot in spots}),
        *_labels(spots, field),
        *(_mark(s, marks[s.node.group]) for s in [*spots, *rest]),
        *(lines(folded(s.node.label, LABEL_EM, most=LABEL_LINES), s.x + 12, s.y, size=LABEL,
                full=s.node.label) for s in rest),
    ]  # fmt: skip
    desc = f"{len(nodes)} / {len(links)}: " + "; ".join(
        words(node.label) for node in sorted(nodes, key=lambda n: -n.size)[:5]
    )
    return document(body, width=width + 2 * MARGIN, height=height, title=title, desc=desc)


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
            _mark(_Spot(Node("", group), x, y, 6.0), at),
            lines(text, x + 13, y, size=LABEL, full=group),
        ]
        x += wide
    return found, y + 24 if found else MARGIN + 28


def _spots(
    nodes: Sequence[Node], links: Sequence[Link], field: Box, *, greatest: float
) -> list[_Spot]:
    """Return nodes at their places, the greatest first."""
    index = {node.key: at for at, node in enumerate(nodes)}
    strongest = max((link.weight for link in links), default=1.0)
    pairs = [
        (index[link.a], index[link.b], link.weight / strongest)
        for link in links
        if link.a != link.b
    ]
    points = spread(len(nodes), pairs)
    sides, ends = 60.0, 30.0
    found = [
        _Spot(
            node,
            field.left + sides + x * (field.width - 2 * sides),
            field.top + ends + y * (field.height - 2 * ends),
            SMALL + (GREAT - SMALL) * math.sqrt(node.size / greatest),
        )
        for node, (x, y) in zip(nodes, points, strict=True)
    ]
    return sorted(found, key=lambda spot: (-spot.radius, index[spot.node.key]))


def _rows(nodes: Sequence[Node], field: Box) -> tuple[list[_Spot], float]:
    """Return nodes without links in rows, and the height of the picture."""
    columns = max(1, int(field.width // COLUMN))
    top = field.top + field.height + (LINE if field.height else 0.0)
    found = [
        _Spot(
            node, field.left + 10 + COLUMN * (at % columns), top + LINE * (at // columns), 5.0
        )
        for at, node in enumerate(nodes)
    ]
    bottom = found[-1].y + LINE / 2 if found else field.top + field.height
    return found, bottom + MARGIN


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
        if link.a == link.b:
            continue
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


def _labels(spots: Sequence[_Spot], field: Box) -> list[str]:
    texts = [folded(spot.node.label, LABEL_EM, most=LABEL_LINES) for spot in spots]
    sizes = [
        (max(map(width_em, text)) * LABEL + 4, len(text) * LABEL * LEADING + 2)
        for text in texts
    ]
    boxes = placed([(s.x, s.y, s.radius) for s in spots], sizes, within=field)
    found = []
    for spot, text, box in zip(spots, texts, boxes, strict=True):
        x, y = box.left + box.width / 2, box.top + box.height / 2
        nearest = (
            min(max(spot.x, box.left), box.left + box.width),
            min(max(spot.y, box.top), box.top + box.height),
        )
        if math.dist(nearest, (spot.x, spot.y)) > spot.radius + RULED:
            rule = {"x1": spot.x, "y1": spot.y, "x2": nearest[0], "y2": nearest[1],
                    "stroke": INK, "stroke-width": "0.5"}  # fmt: skip
            found.append(element("line", rule))
        back = {"x": box.left, "y": box.top, "width": box.width, "height": box.height,
                "fill": PAPER, "fill-opacity": "0.75"}  # fmt: skip
        found.append(element("rect", back))
        found.append(lines(text, x, y, size=LABEL, full=spot.node.label,
                           **{"text-anchor": "middle"}))  # fmt: skip
    return found


#: A label farther from its node than this has a line to it, pixels.
RULED = 10.0
