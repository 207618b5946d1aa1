"""Which measures of different plans do the same work, ranked, each with its reasons.

Pure functions over rows of ``queries/measure-features.rq``; no RDF and no files here.

A measure is a vector of features: its themes, required items, statutes, SDGs, named bodies,
target groups and settings, each weighted by its kind and by how rare it is among all
measures. The score of a pair is the cosine of the two vectors: 0 nothing shared, 1 the same
work in the same words of the schemes. Each shared feature contributes one product of the
sum, so the contributions of the reasons add up to the score.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

__all__ = ["DEFAULT_MIN_SCORE", "Measure", "Overlap", "Reason", "measures_of", "overlaps"]

#: How much a shared feature of a kind says about the work being the same.
WEIGHTS: Mapping[str, float] = {
    "theme": 1.0,
    "required-item": 0.3,
    "statute": 0.5,
    "sdg": 0.1,
    "body": 0.5,
    "target-group": 0.5,
    "setting": 0.3,
}
#: A score from which on a pair is worth an officer's time.
DEFAULT_MIN_SCORE = 0.3
#: The kind of row that carries the words a measure rests on instead of a feature.
TEXT = "text"
#: Characters of text at which a judgement rests on enough (about ten activities).
ENOUGH_TEXT = 150


@dataclass(frozen=True)
class Measure:
    """A leaf measure and what it is known by."""

    iri: str
    label: str
    number: str
    plan: str
    plan_label: str
    family: str  #: plans of one family (a series, a plan and its parts) are not compared
    features: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(kind, feature) → label of the feature"""
    characters: int = 0  #: length of its own text and that of its activities


@dataclass(frozen=True)
class Reason:
    """One thing that two measures share."""

    kind: str  #: theme, required-item, statute, sdg, body, target-group, setting
    feature: str  #: IRI
    label: str
    contribution: float  #: its part of the score, > 0


@dataclass(frozen=True)
class Overlap:
    """Two measures of different plans, and why they overlap."""

    score: float  #: strength of the shared work, 0 < score <= 1
    confidence: float  #: how much text it rests on, 0 to 1
    a: Measure
    b: Measure
    reasons: tuple[Reason, ...]  #: the greatest contribution first


def measures_of(rows: Iterable[Mapping[str, str | None]]) -> list[Measure]:
    """Gather rows of ``measure-features`` into measures, in the order of their IRIs.

    :param rows: ``plan planLabel family measure measureLabel number kind feature
        featureLabel``, any order, repeats allowed
    """
    heads: dict[str, Mapping[str, str | None]] = {}
    features: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        measure, kind, feature = row["measure"] or "", row["kind"] or "", row["feature"] or ""
        heads.setdefault(measure, row)
        if kind == TEXT:
            texts[measure].add(feature)
        elif kind in WEIGHTS:
            features[measure][kind, feature] = row["featureLabel"] or feature
    return [
        Measure(
            iri=iri,
            label=head["measureLabel"] or "",
            number=head["number"] or "",
            plan=head["plan"] or "",
            plan_label=head["planLabel"] or "",
            family=head["family"] or head["plan"] or "",
            features=features[iri],
            characters=sum(map(len, texts[iri])),
        )
        for iri, head in sorted(heads.items())
    ]


def overlaps(measures: Iterable[Measure], *, min_score: float = 0.0) -> list[Overlap]:
    """Compare the measures of different plans that share a feature.

    :param measures: leaf measures of any number of plans
    :param min_score: leaves out pairs below it
    :returns: the highest score first, ties by confidence and IRIs; ``a`` and ``b`` in the order
        of their plans' IRIs; pairs that share nothing do not appear

    >>> same = {("theme", "snow"): "雪"}
    >>> m1 = Measure("m1", "雪との共生", "13", "p1", "P1", "p1", same, 150)
    >>> m2 = Measure("m2", "除雪の支援", "4", "p2", "P2", "p2", same, 75)
    >>> [o] = overlaps([m1, m2])
    >>> o.score, o.confidence, [(r.label, r.contribution) for r in o.reasons]
    (1.0, 0.5, [('雪', 1.0)])
    """
    known = sorted(measures, key=lambda m: (m.plan, m.iri))
    frequency: defaultdict[tuple[str, str], int] = defaultdict(int)
    for measure in known:
        for feature in measure.features:
            frequency[feature] += 1
    unit = [_unit_vector(measure, frequency, len(known)) for measure in known]
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, measure in enumerate(known):
        for feature in measure.features:
            holders[feature].append(index)
    shared: defaultdict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for feature, indices in holders.items():
        for left, right in combinations(indices, 2):
            if known[left].family != known[right].family:
                shared[left, right].append(feature)
    found = [
        _overlap(known[left], known[right], unit[left], unit[right], features)
        for (left, right), features in shared.items()
    ]
    return sorted(
        (pair for pair in found if pair.score >= min_score),
        key=lambda pair: (-pair.score, -pair.confidence, pair.a.iri, pair.b.iri),
    )


def _unit_vector(
    measure: Measure, frequency: Mapping[tuple[str, str], int], total: int
) -> dict[tuple[str, str], float]:
    weights = {
        feature: WEIGHTS[feature[0]] * math.log(1 + total / frequency[feature])
        for feature in measure.features
    }
    norm = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {feature: weight / norm for feature, weight in weights.items()}


def _overlap(
    a: Measure,
    b: Measure,
    unit_a: Mapping[tuple[str, str], float],
    unit_b: Mapping[tuple[str, str], float],
    features: Iterable[tuple[str, str]],
) -> Overlap:
    reasons = sorted(
        (Reason(f[0], f[1], a.features[f], unit_a[f] * unit_b[f]) for f in features),
        key=lambda reason: (-reason.contribution, reason.kind, reason.feature),
    )
    return Overlap(
        score=min(1.0, math.fsum(reason.contribution for reason in reasons)),
        confidence=min(1.0, min(a.characters, b.characters) / ENOUGH_TEXT),
        a=a,
        b=b,
        reasons=tuple(reasons),
    )
