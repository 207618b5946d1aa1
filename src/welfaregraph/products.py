"""Pairs of sparse vectors that have something in common, without looking at all pairs.

On scipy where it is installed (the ``analysis`` extra), in chunks of rows so that memory stays
bounded; else over an inverted index in plain Python. Both give the same pairs.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["similar_pairs"]

Key = TypeVar("Key", bound="Hashable")
Vector = Mapping[Key, float]
#: From this many vectors on scipy pays.
WORTH_SCIPY = 500
#: Cells of one chunk's product at most: 8 bytes each.
CELLS = 40_000_000
#: Slack for sums made in another order.
ROUNDING = 1e-9


def similar_pairs(
    vectors: Sequence[Vector[Key]],
    families: Sequence[str],
    *,
    least: float,
    most: int = 0,
    rows: Sequence[int] | None = None,
) -> list[tuple[int, int, float]]:
    """Return the pairs of different families whose product reaches ``least``.

    :param vectors: feature → weight, weights >= 0
    :param families: of each vector; vectors of one family are not compared
    :param least: 0 for every pair that shares a feature
    :param most: keeps the pairs that are among the best ``most`` of either vector; 0 for all
    :param rows: vectors whose partners are sought, among all; every vector unless given
    :returns: (left, right, product) with ``left < right``, in that order

    >>> similar_pairs([{"a": 1.0}, {"a": 0.5, "b": 1.0}, {"b": 1.0}], ["p", "q", "q"], least=0)
    [(0, 1, 0.5)]
    """
    large = len(vectors) >= WORTH_SCIPY and find_spec("scipy") is not None
    partners_of = _sparse_rows if large else _plain_rows
    sought = range(len(vectors)) if rows is None else rows
    found: dict[tuple[int, int], float] = {}
    for left, partners in partners_of(vectors, families, least - ROUNDING, most, sought):
        for right, product in partners:
            found[min(left, right), max(left, right)] = product
    return [(left, right, product) for (left, right), product in sorted(found.items())]


Rows = Iterator[tuple[int, list[tuple[int, float]]]]


def _plain_rows(
    vectors: Sequence[Vector[Key]],
    families: Sequence[str],
    least: float,
    most: int,
    sought: Sequence[int],
) -> Rows:
    holders: defaultdict[Key, list[tuple[int, float]]] = defaultdict(list)
    for index, vector in enumerate(vectors):
        for feature, weight in vector.items():
            holders[feature].append((index, weight))
    for index in sought:
        products: defaultdict[int, float] = defaultdict(float)
        for feature, weight in vectors[index].items():
            for other, others in holders[feature]:
                products[other] += weight * others
        partners = [
            (other, product)
            for other, product in products.items()
            if families[other] != families[index] and product >= least and product > 0
        ]
        if most:
            partners = heapq.nsmallest(most, partners, key=lambda p: (-p[1], p[0]))
        yield index, partners


def _sparse_rows(
    vectors: Sequence[Vector[Key]],
    families: Sequence[str],
    least: float,
    most: int,
    sought: Sequence[int],
) -> Rows:
    import numpy as np

    matrix = _matrix(vectors)
    across = matrix.T.tocsr()
    ordinal = {family: number for number, family in enumerate(sorted(set(families)))}
    of = np.array([ordinal[family] for family in families])
    step = max(1, CELLS // len(vectors))
    for start in range(0, len(sought), step):
        part = sought[start : start + step]
        chunk = matrix[list(part)] @ across
        for offset, index in enumerate(part):
            row = slice(chunk.indptr[offset], chunk.indptr[offset + 1])
            others, products = chunk.indices[row], chunk.data[row]
            kept = (of[others] != of[index]) & (products >= max(least, math.ulp(0.0)))
            others, products = others[kept], products[kept]
            if most and len(others) > most:
                best = np.lexsort((others, -products))[:most]
                others, products = others[best], products[best]
            yield index, list(zip(others.tolist(), products.tolist(), strict=True))


def _matrix(vectors: Sequence[Vector[Key]]) -> Any:
    from scipy.sparse import csr_array

    columns: dict[Key, int] = {}
    pointers, indices, data = [0], [], []
    for vector in vectors:
        for feature, weight in vector.items():
            indices.append(columns.setdefault(feature, len(columns)))
            data.append(weight)
        pointers.append(len(indices))
    return csr_array((data, indices, pointers), shape=(len(vectors), len(columns)))
