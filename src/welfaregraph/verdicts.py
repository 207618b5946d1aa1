"""What people decided about overlaps and themes; it wins over the machine.

Pure functions over rows of ``queries/judged-overlaps.rq`` and ``rejected-themes.rq``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from welfaregraph.measures import Measure
from welfaregraph.overlap import HALF_TEXT, Overlap, Reason

__all__ = ["JUDGEMENT", "Refusals", "Verdict", "applied", "strongest", "verdicts_of"]

#: Kind of the reason that is a person's word.
JUDGEMENT = "judgement"
Row = Mapping[str, str | None]


@dataclass(frozen=True)
class Verdict:
    """What a person decided about two measures."""

    left: str  #: measure IRI
    right: str  #: measure IRI
    accepted: bool
    reason: str
    judgement: str  #: IRI of the record
    created: str = ""  #: the day, ISO 8601
    by: str = ""  #: IRI of who decided

    @property
    def pair(self) -> frozenset[str]:
        """The two measures, whichever comes first."""
        return frozenset((self.left, self.right))


def verdicts_of(rows: Iterable[Row]) -> list[Verdict]:
    """Read ``left right verdict reason judgement created by``, in their order."""
    return [
        Verdict(
            left=row["left"] or "",
            right=row["right"] or "",
            accepted=row["verdict"] == "accepted",
            reason=row["reason"] or "",
            judgement=row["judgement"] or "",
            created=row["created"] or "",
            by=row["by"] or "",
        )
        for row in rows
    ]


def applied(
    found: Sequence[Overlap],
    verdicts: Iterable[Verdict],
    *,
    measures: Iterable[Measure],
    everything: bool = False,
) -> list[Overlap]:
    """Let the verdicts win over what the engine found.

    An accepted pair is listed with score 1: the judgement stands first among its reasons and
    contributes what the shared features leave open. A rejected pair is left out, or listed
    last with score 0 and the judgement alone.

    :param found: by the engine
    :param verdicts: two on one pair: the later in order holds; of measures not held: ignored
    :param everything: list rejected pairs too

    >>> m1 = Measure("m1", "防犯", "1", "p1", "P1", "p1")
    >>> m2 = Measure("m2", "再犯防止", "2", "p2", "P2", "p2")
    >>> yes = Verdict("m1", "m2", True, "同じ仕事", "j")
    >>> [pair] = applied([], [yes], measures=[m1, m2])
    >>> pair.score, [(r.kind, r.label, r.contribution) for r in pair.reasons]
    (1.0, [('judgement', '同じ仕事', 1.0)])
    >>> applied([pair], [replace(yes, accepted=False)], measures=[m1, m2])
    []
    """
    decided = {verdict.pair: verdict for verdict in verdicts}
    known = {m.iri: m for m in measures} if decided else {}
    scored = {frozenset((pair.a.iri, pair.b.iri)): pair for pair in found}
    kept = [pair for key, pair in scored.items() if key not in decided]
    for key, verdict in decided.items():
        if not key <= known.keys():
            continue
        pair = scored.get(key) or _unscored(*(known[iri] for iri in key))
        if verdict.accepted:
            kept.append(_accepted(pair, verdict))
        elif everything:
            kept.append(replace(pair, score=0.0, reasons=(_reason(verdict, 0.0),)))
    return sorted(kept, key=lambda p: (-p.score, -p.confidence, p.a.iri, p.b.iri))


def strongest(found: Iterable[Overlap], partners: int) -> list[Overlap]:
    """Return the pairs that are among the first so many of either measure, or were accepted.

    :param found: the strongest first
    :param partners: of one measure, 1 or more
    """
    met: Counter[str] = Counter()
    kept = []
    for pair in found:
        ends = (pair.a.iri, pair.b.iri)
        is_accepted = any(reason.kind == JUDGEMENT for reason in pair.reasons)
        if is_accepted or any(met[iri] < partners for iri in ends):
            kept.append(pair)
        met.update(ends)
    return kept


def _unscored(first: Measure, second: Measure) -> Overlap:
    a, b = sorted((first, second), key=lambda m: (m.plan, m.iri))
    text = min(sum(map(len, (m.title, *m.texts))) for m in (a, b))
    return Overlap(score=0.0, confidence=text / (text + HALF_TEXT), a=a, b=b, reasons=())


def _accepted(pair: Overlap, verdict: Verdict) -> Overlap:
    rest = max(0.0, 1 - math.fsum(reason.contribution for reason in pair.reasons))
    return replace(pair, score=1.0, reasons=(_reason(verdict, rest), *pair.reasons))


def _reason(verdict: Verdict, contribution: float) -> Reason:
    return Reason(JUDGEMENT, verdict.judgement, verdict.reason, contribution)


class Refusals:
    """The themes that people rejected, so that no text suggests them again.

    :param rows: ``element measure theme text``; without text the theme is rejected for the
        measure as a whole, else for the activity that is the element, and for its measure
        only where that text suggests it

    >>> refusals = Refusals([{"element": "m", "measure": "m", "theme": "t", "text": None}])
    >>> refusals.cover("m", "t", "見守り"), refusals.cover("m", "u", "見守り")
    (True, False)
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._known = {
            key
            for row in rows
            for key in (
                (row["measure"], row["theme"], row["text"] or ""),
                (row["element"], row["theme"], ""),
            )
        }

    def cover(self, measure: str, theme: str, text: str) -> bool:
        """Tell whether a theme that a text of a measure suggests was rejected."""
        return not self._known.isdisjoint({(measure, theme, ""), (measure, theme, text)})
