"""How well scores and decisions agree with judged pairs: average precision, F1, intervals.

Pure functions over numbers; every pair may carry a weight, so that a resampled set is the same
pairs with other weights.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

__all__ = ["Interval", "average_precision", "f1", "interval", "resampled_weights"]


@dataclass(frozen=True)
class Interval:
    """A figure, and the range in which it lies on resampled measures."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def average_precision(
    scores: Sequence[float], truth: Sequence[bool], *, weights: Sequence[float] = ()
) -> float:
    """Return the precision averaged over the recall gained, from the highest score down.

    :param weights: of each pair, all 1 if empty
    :returns: sum over the distinct scores of (gain in recall) × (precision so far); equal
        scores are taken in one step, so their order does not matter; 0 without a true pair

    >>> average_precision([0.9, 0.8, 0.7, 0.1], [True, False, True, False])
    0.8333333333333333
    """
    rows = sorted(
        zip(scores, truth, weights or [1.0] * len(scores), strict=True),
        key=lambda row: -row[0],
    )
    positive = sum(weight for _, true, weight in rows if true)
    if not positive:
        return 0.0
    found = taken = total = 0.0
    for _, group in groupby(rows, key=lambda row: row[0]):
        step = list(group)
        gain = sum(weight for _, true, weight in step if true)
        found += gain
        taken += sum(weight for _, _, weight in step)
        total += gain / positive * (found / taken if taken else 0.0)
    return total


def f1(said: Sequence[bool], truth: Sequence[bool], *, weights: Sequence[float] = ()) -> float:
    """Return the harmonic mean of precision and recall of yes-or-no decisions.

    :returns: 0 where nothing true was found

    >>> f1([True, True, False, False], [True, False, True, False])
    0.5
    """
    hits = alarms = misses = 0.0
    for yes, true, weight in zip(said, truth, weights or [1.0] * len(said), strict=True):
        hits += weight * (yes and true)
        alarms += weight * (yes and not true)
        misses += weight * (true and not yes)
    return 2 * hits / (2 * hits + alarms + misses) if hits else 0.0


def resampled_weights(
    pairs: Sequence[tuple[str, str]], sides: Sequence[Sequence[str]], rng: random.Random
) -> list[float]:
    """Draw the measures of each side anew, with replacement, and weigh the pairs by it.

    The pairs of one measure are not independent of each other, so measures are drawn, not
    pairs; the weight of a pair is how often its two measures were drawn, multiplied.

    :param sides: groups of measures that are drawn each for itself (the plans)
    :raises KeyError: a measure of a pair is on no side

    Source: A. B. Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1(2), 2007.
    """
    drawn: dict[str, int] = {}
    for side in sides:
        times = Counter(rng.choices(side, k=len(side)))
        drawn |= {measure: times[measure] for measure in side}
    return [float(drawn[a] * drawn[b]) for a, b in pairs]


def interval(
    figure: Callable[[Sequence[float]], float],
    pairs: Sequence[tuple[str, str]],
    *,
    sides: Sequence[Sequence[str]],
    rounds: int = 2000,
    seed: int = 1,
    level: float = 0.95,
) -> Interval:
    """Return a figure with its bootstrap interval (percentiles).

    :param figure: weights of the pairs → the figure
    :param level: share of the resampled figures inside
    """
    rng = random.Random(seed)  # noqa: S311 (no secret: the same numbers every time)
    drawn = sorted(figure(resampled_weights(pairs, sides, rng)) for _ in range(rounds))
    outside = (1 - level) / 2
    return Interval(
        value=figure([1.0] * len(pairs)),
        low=drawn[round(outside * (rounds - 1))],
        high=drawn[round((1 - outside) * (rounds - 1))],
    )
