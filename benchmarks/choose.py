"""Choose the overlap engine's free parameters by repeated cross-validation.

Each round holds out half of the measures of each side with all their pairs, takes the
setting that does best on the pairs of the other half, and measures it on the pairs held out.
Reported are how often each setting won, what the winners reach on pairs they have not seen,
and the same for the settings the program ships: where intervals overlap, round values stay.

``python benchmarks/choose.py [--rounds 100] [--seed 1]``.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace

import welfaregraph
from accuracy import average_precision, f1
from judged import JudgedPair, judged_pairs
from welfaregraph.overlap import DEFAULTS, Settings, overlaps
from welfaregraph.themes import Ladder

GRID = {
    "side": (0.6, 0.8, 1.0),
    "broader": (0.6, 0.8),
    "related": (0.1, 0.25, 0.4),
    "wording": (0.4, 0.5, 0.6, 0.7),
}
THRESHOLDS = tuple(step / 100 for step in range(4, 41))

Scores = Mapping[frozenset[str], float]


def settings() -> list[Settings]:
    """Return every setting of the grid; thresholds are chosen apart."""
    return [
        replace(DEFAULTS, **dict(zip(GRID, values, strict=True)))
        for values in itertools.product(*GRID.values())
    ]


def scored(graph: welfaregraph.PlanGraph, *, uncurated: bool) -> dict[Settings, Scores]:
    """Return the score of every pair under every setting."""
    measures = graph.measures(uncurated=uncurated)
    ladder = Ladder.of(graph.ask("theme-ladder").rows())
    fillers = [str(row["words"]) for row in graph.ask("filler-words").rows()]
    return {
        setting: {
            frozenset((pair.a.iri, pair.b.iri)): pair.score
            for pair in overlaps(
                measures, ladder, settings=setting, fillers=fillers, min_score=0
            )
        }
        for setting in {*settings(), DEFAULTS}
    }


def halves(
    pairs: Iterable[JudgedPair], rng: random.Random
) -> tuple[list[JudgedPair], list[JudgedPair]]:
    """Part the pairs by measures into those of either half; mixed ones drop out."""
    pairs = list(pairs)
    held: set[str] = set()
    for side in ({pair.a for pair in pairs}, {pair.b for pair in pairs}):
        held |= set(rng.sample(sorted(side), len(side) // 2))
    inside = [pair for pair in pairs if pair.a in held and pair.b in held]
    outside = [pair for pair in pairs if pair.a not in held and pair.b not in held]
    return outside, inside


def precision(scores: Scores, pairs: list[JudgedPair]) -> float:
    """Return the average precision on these pairs."""
    return average_precision(
        [scores.get(pair.key, 0.0) for pair in pairs], [pair.is_overlap for pair in pairs]
    )


def f1_at(scores: Scores, pairs: list[JudgedPair], least: float) -> float:
    """Return F1 on these pairs with a threshold."""
    said = [scores.get(pair.key, 0.0) >= least for pair in pairs]
    return f1(said, [pair.is_overlap for pair in pairs])


def spread(values: list[float]) -> str:
    """Return the mean and the middle nine tenths."""
    ordered = sorted(values)
    low, high = (ordered[int(len(ordered) * share)] for share in (0.05, 0.95))
    return f"{statistics.mean(values):.3f} [{low:.3f}, {high:.3f}]"


def validated(scores: dict[Settings, Scores], shipped: float, rounds: int, seed: int) -> None:
    """Print what cross-validation says."""
    rng = random.Random(seed)  # noqa: S311 (resampling, not secrets)
    pairs = judged_pairs()
    won: Counter[tuple[float, ...]] = Counter()
    figures: dict[str, list[float]] = {
        "AP won": [],
        "F1 won": [],
        "AP shipped": [],
        "F1 shipped": [],
    }
    while len(figures["AP won"]) < rounds:
        train, test = halves(pairs, rng)
        if min(sum(pair.is_overlap for pair in part) for part in (train, test)) < 2:  # noqa: PLR2004
            continue
        best = max(scores, key=lambda s: (precision(scores[s], train), astuple(s)))
        least = max(THRESHOLDS, key=lambda t: f1_at(scores[best], train, t))
        won[astuple(best)[: len(GRID)]] += 1
        figures["AP won"].append(precision(scores[best], test))
        figures["F1 won"].append(f1_at(scores[best], test, least))
        figures["AP shipped"].append(precision(scores[DEFAULTS], test))
        figures["F1 shipped"].append(f1_at(scores[DEFAULTS], test, shipped))
    for name, values in figures.items():
        print(f"  {name:<12}{spread(values)}")
    for values, times in won.most_common(5):
        named = ", ".join(f"{k} {v}" for k, v in zip(GRID, values, strict=True))
        print(f"  won {times:>3} of {rounds}: {named}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    graph = welfaregraph.load()
    for name, uncurated, least in (
        ("curated", False, DEFAULTS.least),
        ("uncurated", True, DEFAULTS.least_uncurated),
    ):
        print(f"{name}, shipped: {DEFAULTS}")
        validated(scored(graph, uncurated=uncurated), least, arguments.rounds, arguments.seed)


if __name__ == "__main__":
    main()
