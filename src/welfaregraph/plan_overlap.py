"""How much whole plans do the same work, from the overlaps of their measures.

The score of two plans is the mean, over all measures of both, of the best score that a measure
has with one of the other plan. Each pair of measures that is the best of one or both sides is a
reason and contributes its share, so the contributions add up to the score.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from welfaregraph.measures import Measure
from welfaregraph.overlap import Overlap, Reason

__all__ = ["PAIR", "plan_overlaps"]

#: Kind of the reason that is a pair of measures.
PAIR = "measure-pair"


def plan_overlaps(
    found: Iterable[Overlap], measures: Sequence[Measure], *, min_score: float = 0.0
) -> list[Overlap]:
    """Compare whole plans.

    :param found: overlaps of measures, every pair that shares anything
    :param measures: all measures of the plans
    :param min_score: leaves out pairs of plans below it
    :returns: pairs of plans, each an :class:`Overlap` whose ``a`` and ``b`` stand for plans
    """
    sizes: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        sizes[measure.plan].append(measure)
    pairs: defaultdict[tuple[str, str], list[Overlap]] = defaultdict(list)
    for pair in found:
        pairs[pair.a.plan, pair.b.plan].append(pair)
    compared = [
        _compared(sizes[left], sizes[right], pairs[left, right])
        for left, right in sorted(pairs)
    ]
    return sorted(
        (pair for pair in compared if pair.score >= min_score),
        key=lambda pair: (-pair.score, pair.a.iri, pair.b.iri),
    )


def _compared(left: list[Measure], right: list[Measure], pairs: list[Overlap]) -> Overlap:
    total = len(left) + len(right)
    best: dict[str, Overlap] = {}
    for pair in sorted(pairs, key=lambda p: (-p.score, p.a.iri, p.b.iri)):
        best.setdefault(pair.a.iri, pair)
        best.setdefault(pair.b.iri, pair)
    shares: defaultdict[tuple[str, str], float] = defaultdict(float)
    chosen: dict[tuple[str, str], Overlap] = {}
    for pair in best.values():
        key = (pair.a.iri, pair.b.iri)
        chosen[key] = pair
        shares[key] += pair.score / total
    reasons = sorted(
        (
            Reason(PAIR, f"{a} {b}", f"{chosen[a, b].a.label} × {chosen[a, b].b.label}", share)
            for (a, b), share in shares.items()
        ),
        key=lambda reason: (-reason.contribution, reason.feature),
    )
    weighed = [pair.confidence * shares[key] for key, pair in chosen.items()]
    score = math.fsum(reason.contribution for reason in reasons)
    return Overlap(
        score=score,
        confidence=math.fsum(weighed) / score if score else 0.0,
        a=_whole(left),
        b=_whole(right),
        reasons=tuple(reasons),
    )


def _whole(measures: list[Measure]) -> Measure:
    """Return a stand-in for a plan: its IRI and label, and the texts of all its measures."""
    first = measures[0]
    texts = tuple(text for measure in measures for text in (measure.title, *measure.texts))
    return Measure(
        iri=first.plan,
        label=first.plan_label,
        number="",
        plan=first.plan,
        plan_label=first.plan_label,
        family=first.family,
        texts=texts,
    )
