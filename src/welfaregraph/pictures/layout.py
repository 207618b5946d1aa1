"""Where the nodes of a network stand, so that their labels can be read.

Sums, products and square roots only, of numbers from a seeded generator: the places are the
same on every machine, which sine, cosine and parallel linear algebra do not promise.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

__all__ = ["Point", "Size", "cleared", "parts", "shelved", "spread"]

ROUNDS = 300
#: Steps for one picture at most: pairs of nodes times rounds.
EFFORT = 3_000_000
#: Pull towards the middle, so that parts without links stay in the picture.
GRAVITY = 0.08
#: Area given to boxes, as a multiple of their own; their width to height; pixels of overlap
#: that nobody sees; rounds of pushing before there is more room.
ROOM, ASPECT, SLACK, PUSHES = 2.6, 1.4, 0.5, 300

Point = tuple[float, float]
Size = tuple[float, float]


def spread(
    count: int, links: Sequence[tuple[int, int, float]], *, seed: int = 1
) -> list[Point]:
    """Spread nodes so that linked ones are near and none are on top of each other.

    :param count: of nodes
    :param links: two nodes and a weight of 0 to 1
    :returns: a point for each in the unit square, which they fill

    Source: T. Fruchterman, E. Reingold, "Graph drawing by force-directed placement",
    Software: Practice and Experience 21(11), 1991, pp. 1129-1164; with a pull to the middle.

    >>> spread(2, [(0, 1, 1.0)])
    [(0.0, 0.5), (1.0, 0.5)]
    """
    if count == 2:  # noqa: PLR2004 (side by side, as they are read)
        return [(0.0, 0.5), (1.0, 0.5)]
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


def parts(count: int, links: Sequence[tuple[int, int, float]]) -> list[list[int]]:
    """Return the nodes that links connect, the greatest part first, each in order.

    >>> parts(4, [(1, 3, 1.0)])
    [[1, 3], [0], [2]]
    """
    beside: list[list[int]] = [[] for _ in range(count)]
    for i, j, _ in links:
        beside[i].append(j)
        beside[j].append(i)
    found: list[list[int]] = []
    seen: set[int] = set()
    for start in range(count):
        part, edge = [], [] if start in seen else [start]
        seen.add(start)
        while edge:
            at = edge.pop()
            part.append(at)
            new = sorted(set(beside[at]) - seen)
            seen.update(new)
            edge += new
        if part:
            found.append(sorted(part))
    return sorted(found, key=lambda part: (-len(part), part))


def cleared(points: Sequence[Point], sizes: Sequence[Size]) -> list[Point]:
    """Scale points of the unit square to pixels and push boxes apart until none overlap.

    :param points: where the middles of the boxes should be
    :param sizes: width and height of each box, pixels
    :returns: their middles, pixels, the uppermost and leftmost box at 0

    >>> cleared([(0.5, 0.5), (0.5, 0.6)], [(20.0, 10.0), (20.0, 10.0)])[1][1] >= 15.0
    True
    """
    area = ROOM * sum(width * height for width, height in sizes)
    while True:
        width = math.sqrt(area * ASPECT)
        xs = [x * width for x, _ in points]
        ys = [y * area / max(width, 1.0) for _, y in points]
        if any(_pushed(xs, ys, sizes) for _ in range(PUSHES)):
            break
        area *= 1.3
    left = min((x - w / 2 for x, (w, _) in zip(xs, sizes, strict=True)), default=0.0)
    top = min((y - h / 2 for y, (_, h) in zip(ys, sizes, strict=True)), default=0.0)
    return [(x - left, y - top) for x, y in zip(xs, ys, strict=True)]


def _pushed(xs: list[float], ys: list[float], sizes: Sequence[Size]) -> bool:
    """Push overlapping boxes apart, where it takes less; return whether none overlapped."""
    is_clear = True
    for i, (wide, high) in enumerate(sizes):
        for j in range(i + 1, len(sizes)):
            across = (wide + sizes[j][0]) / 2 - abs(xs[i] - xs[j])
            down = (high + sizes[j][1]) / 2 - abs(ys[i] - ys[j])
            if across <= SLACK or down <= SLACK:
                continue
            is_clear = False
            places, push = (xs, across) if across < down else (ys, down)
            push = (push + SLACK) / 2 if places[i] < places[j] else -(push + SLACK) / 2
            places[i] -= push
            places[j] += push
    return is_clear


def shelved(sizes: Sequence[Size], width: float, *, gap: float) -> tuple[list[Point], Size]:
    """Put boxes in rows from left to right; return their corners and the size of it all.

    :param width: of the rows, pixels; a wider box has a row of its own

    >>> shelved([(50.0, 30.0), (40.0, 20.0), (40.0, 10.0)], 100.0, gap=5.0)
    ([(0.0, 0.0), (55.0, 0.0), (0.0, 35.0)], (95.0, 45.0))
    """
    x = y = high = widest = 0.0
    found: list[Point] = []
    for wide, tall in sizes:
        if x and x + wide > width:
            x, y, high = 0.0, y + high + gap, 0.0
        found.append((x, y))
        widest, high = max(widest, x + wide), max(high, tall)
        x += wide + gap
    return found, (widest, y + high)
