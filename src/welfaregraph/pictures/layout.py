"""Where the nodes of a network stand, and where their labels.

Sums, products and square roots only, of numbers from a seeded generator: the places are the
same on every machine, which sine, cosine and parallel linear algebra do not promise.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Box", "placed", "spread"]

ROUNDS = 300
#: Steps for one picture at most: pairs of nodes times rounds.
EFFORT = 3_000_000
#: Pull towards the middle, so that parts without links stay in the picture.
GRAVITY = 0.08

Point = tuple[float, float]


def spread(
    count: int, links: Sequence[tuple[int, int, float]], *, seed: int = 1
) -> list[Point]:
    """Spread nodes so that linked ones are near and none are on top of each other.

    :param count: of nodes
    :param links: two nodes and a weight of 0 to 1
    :returns: a point for each in the unit square, which they fill

    Source: T. Fruchterman, E. Reingold, "Graph drawing by force-directed placement",
    Software: Practice and Experience 21(11), 1991, pp. 1129-1164; with a pull to the middle.

    >>> spread(2, [(0, 1, 1.0)]) == spread(2, [(0, 1, 1.0)])
    True
    """
    chance = random.Random(seed)  # noqa: S311 (places of nodes are no secret)
    xs = [chance.random() - 0.5 for _ in range(count)]
    ys = [chance.random() - 0.5 for _ in range(count)]
    near = 1.0 / math.sqrt(max(count, 1))
    rounds = max(20, min(ROUNDS, 2 * EFFORT // max(count * count, 1)))
    for turn in range(rounds):
        dx, dy = _forces(xs, ys, links, near)
        reach = 0.12 * (1.0 - turn / rounds) + 0.0005
        for i in range(count):
            size = math.sqrt(dx[i] * dx[i] + dy[i] * dy[i]) or 1.0
            step = min(size, reach) / size
            xs[i] += dx[i] * step
            ys[i] += dy[i] * step
    return list(zip(_fitted(xs), _fitted(ys), strict=True))


def _forces(
    xs: list[float], ys: list[float], links: Sequence[tuple[int, int, float]], near: float
) -> tuple[list[float], list[float]]:
    """Return what pushes and pulls each node; ``near`` is the distance wanted."""
    count, square = len(xs), near * near
    fx = [-GRAVITY * x for x in xs]
    fy = [-GRAVITY * y for y in ys]
    for i in range(count):
        xi, yi, px, py = xs[i], ys[i], 0.0, 0.0
        for j in range(i + 1, count):
            ex, ey = xi - xs[j], yi - ys[j]
            push = square / (ex * ex + ey * ey + 1e-9)
            ex *= push
            ey *= push
            px += ex
            py += ey
            fx[j] -= ex
            fy[j] -= ey
        fx[i] += px
        fy[i] += py
    for i, j, weight in links:
        ex, ey = xs[i] - xs[j], ys[i] - ys[j]
        pull = (0.3 + 0.7 * weight) * math.sqrt(ex * ex + ey * ey) / near
        fx[i] -= ex * pull
        fy[i] -= ey * pull
        fx[j] += ex * pull
        fy[j] += ey * pull
    return fx, fy


def _fitted(values: list[float]) -> list[float]:
    least, most = min(values, default=0.0), max(values, default=0.0)
    return [(v - least) / (most - least) if most > least else 0.5 for v in values]


@dataclass(frozen=True)
class Box:
    """A rectangle, pixels."""

    left: float
    top: float
    width: float
    height: float

    def common(self, other: Box) -> float:
        """Return the area of what lies in both."""
        across = min(self.left + self.width, other.left + other.width)
        down = min(self.top + self.height, other.top + other.height)
        across -= max(self.left, other.left)
        down -= max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0


#: Where a label may stand about its node: to the right, left, below, above, and between.
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
#: How far from the node, pixels; nearer is better.
RINGS = (3.0, 14.0, 28.0, 44.0)


def placed(
    nodes: Sequence[tuple[float, float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    within: Box,
) -> list[Box]:
    """Place labels beside their nodes so that they cover each other and nodes least.

    :param nodes: x, y and radius of each, pixels; the first are placed first
    :param sizes: width and height of the label of each, pixels
    :param within: what they should not leave
    :returns: the place of each label
    """
    found: list[Box] = []
    discs = [Box(x - r, y - r, 2 * r, 2 * r) for x, y, r in nodes]
    for at, ((x, y, radius), (width, height)) in enumerate(zip(nodes, sizes, strict=True)):
        best, least = Box(x, y, width, height), math.inf
        for ring, gap in enumerate(RINGS):
            for turn, (across, down) in enumerate(SIDES):
                box = Box(
                    x
                    + across * (radius + gap)
                    - (width if across < 0 else 0 if across else width / 2),
                    y
                    + down * (radius + gap)
                    - (height if down < 0 else 0 if down else height / 2),
                    width,
                    height,
                )
                hidden = sum(box.common(other) for other in found)
                hidden += sum(box.common(disc) for i, disc in enumerate(discs) if i != at)
                outside = width * height - box.common(within)
                cost = 2 * hidden + 6 * outside + 60 * ring + turn
                if cost < least:
                    best, least = box, cost
            if least <= 60 * ring + len(SIDES):
                break
        found.append(best)
    return found
