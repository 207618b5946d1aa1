"""Compare the overlaps that the program lists with pairs that two readers judged.

``python benchmarks/evaluate.py [--rounds N] [--seed N] [--brief]``: average precision and F1 on
the 405 development pairs, with 95 % bootstrap intervals (measures resampled), with curated
themes and without them; then the pairs it got wrong. At the end the same figures with the
themes of a second curator, and on other sets (their READMEs say what they are worth).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accuracy import Interval, average_precision, f1, interval
from judged import LINE, JudgedPair, judged_pairs, labels, plans
from listing import ListedPair, listed
from sets import SETS, recurated, set_measures, set_pairs, set_plans
from welfaregraph.overlap import DEFAULTS, UNCURATED, Overlap

__all__ = ["READERS_F1", "Evaluation", "evaluated", "main"]

#: How the two readers agree on all 1,275 pairs, as the origin of the pairs states it.
READERS_F1 = 0.88
#: Ways of running, with their options.
WAYS = {"with curated themes": (), "uncurated": ("--uncurated",)}


@dataclass(frozen=True)
class Evaluation:
    """How one way of running did."""

    average_precision: Interval
    f1: Interval
    said: int  #: pairs that passed the default threshold
    alarms: tuple[JudgedPair, ...]  #: passed, and are no overlap
    misses: tuple[JudgedPair, ...]  #: did not pass, and are one


def evaluated(
    pairs: Sequence[JudgedPair],
    scores: Mapping[frozenset[str], float],
    passed: frozenset[frozenset[str]],
    *,
    rounds: int = 2000,
    seed: int = 1,
    groups: Sequence[Sequence[str]] = (),
) -> Evaluation:
    """Hold scores and decisions against the judgement.

    :param scores: of every scored pair; a pair that is not scored has 0
    :param passed: the pairs that the default threshold lets through
    :param groups: measures plan by plan; those of this graph unless given
    """
    truth = [pair.is_overlap for pair in pairs]
    said = [pair.key in passed for pair in pairs]
    marks = [scores.get(pair.key, 0.0) for pair in pairs]
    ends = [(pair.a, pair.b) for pair in pairs]
    known = {iri for end in ends for iri in end}
    sides = [[iri for iri in plan if iri in known] for plan in groups or plans()]
    sides = [side for side in sides if side]

    def figure(of: str) -> Interval:
        return interval(
            lambda weights: (
                average_precision(marks, truth, weights=weights)
                if of == "ap"
                else f1(said, truth, weights=weights)
            ),
            ends, sides=sides, rounds=rounds, seed=seed,
        )  # fmt: skip

    return Evaluation(
        average_precision=figure("ap"),
        f1=figure("f1"),
        said=sum(said),
        alarms=tuple(p for p, yes in zip(pairs, said, strict=True) if yes > p.is_overlap),
        misses=tuple(p for p, yes in zip(pairs, said, strict=True) if yes < p.is_overlap),
    )


def put_readers(pairs: Sequence[JudgedPair]) -> None:
    """Print what a person reaches, beside what the same pairs say of the two readers."""
    first = [pair.first >= LINE for pair in pairs]
    second = [pair.second >= LINE for pair in pairs]
    both = [pair.is_overlap for pair in pairs]
    print(f"a second reader, on all pairs      F1 {READERS_F1:.3f}")
    print(
        f"the two readers, on these pairs    F1 {f1(first, second):.3f} of each other, "
        f"{f1(first, both):.3f} and {f1(second, both):.3f} of their mean"
    )


def put_figures(way: str, result: Evaluation) -> None:
    """Print both figures of one way of running."""
    print(f"\n{way}\n  average precision  {result.average_precision}\n"
          f"  F1                 {result.f1}   ({result.said} pairs pass)")  # fmt: skip


def compared(
    pairs: Sequence[JudgedPair], found: Iterable[Overlap], *, rounds: int, seed: int,
    groups: Sequence[Sequence[str]] = (), least: float = DEFAULTS.least,
) -> Evaluation:  # fmt: skip
    """Hold what the engine found against the judgement."""
    scores = {frozenset((pair.a.iri, pair.b.iri)): pair.score for pair in found}
    passed = frozenset(key for key, score in scores.items() if score >= least)
    return evaluated(pairs, scores, passed, rounds=rounds, seed=seed, groups=groups)


def put_others(*, rounds: int, seed: int) -> None:
    """Print the figures with a second curator's themes, and those on the other sets."""
    import welfaregraph

    graph = welfaregraph.load()
    found = graph.compared(recurated(graph.measures()))
    result = compared(judged_pairs(), found, rounds=rounds, seed=seed)
    put_figures("with the themes of a second curator", result)
    for name, title in SETS.items():
        pairs = set_pairs(name)
        overlaps = sum(pair.is_overlap for pair in pairs)
        print(f"\n{title}: {len(pairs)} pairs, {overlaps} overlaps")
        for way, options in WAYS.items():
            measures = set_measures(name, graph, uncurated=bool(options))
            found = graph.compared(measures, uncurated=bool(options))
            groups = set_plans(name)
            least = (UNCURATED if options else DEFAULTS).least
            result = compared(
                pairs, found, rounds=rounds, seed=seed, groups=groups, least=least
            )
            put_figures(way, result)


def put_wrong(
    title: str, pairs: Sequence[JudgedPair], found: Mapping[frozenset[str], ListedPair]
) -> None:
    """Print pairs that were got wrong, with marks, score, labels and reasons."""
    named = labels()
    print(f"\n  {title}: {len(pairs)}")
    scored = [(found[pair.key].score if pair.key in found else 0.0, pair) for pair in pairs]
    for score, pair in sorted(scored, key=lambda row: (-row[0], row[1].a, row[1].b)):
        why = found[pair.key].reasons if pair.key in found else "–"
        print(f"    {score:.3f}  marks {pair.first} {pair.second}  "
              f"{named[pair.a]} × {named[pair.b]}\n             {why}")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=2000, help="resamplings (2000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--brief", action="store_true", help="without the pairs got wrong")
    given = parser.parse_args(arguments)
    pairs = judged_pairs()
    print(f"{len(pairs)} judged pairs, {sum(pair.is_overlap for pair in pairs)} overlaps "
          f"(mean of two marks ≥ {LINE}); default thresholds {DEFAULTS.least} and, "
          f"uncurated, {UNCURATED.least}; "
          f"95 % of {given.rounds} resamplings\n")  # fmt: skip
    put_readers(pairs)
    for way, options in WAYS.items():
        found = {pair.key: pair for pair in listed("--min-score", "0", *options)}
        passed = frozenset(pair.key for pair in listed(*options))
        scores = {key: pair.score for key, pair in found.items()}
        result = evaluated(pairs, scores, passed, rounds=given.rounds, seed=given.seed)
        put_figures(way, result)
        if not given.brief:
            put_wrong("false alarms", result.alarms, found)
            put_wrong("misses", result.misses, found)
    put_others(rounds=given.rounds, seed=given.seed)


if __name__ == "__main__":
    main()
