"""What a person is asked to judge in a workbook: overlaps and themes that nobody has judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from welfaregraph.overlap import Measure, Overlap
from welfaregraph.sheet.record import Proposal
from welfaregraph.speech import phrase
from welfaregraph.suggest import Suggestion
from welfaregraph.verdicts import Verdict
from welfaregraph.vocab import WG

__all__ = ["overlaps_to_judge", "themes_to_judge"]

OVERLAPS, ADDRESSES = WG + "overlapsWith", WG + "addressesTheme"
#: Reasons told of an overlap.
REASONS = 4


def overlaps_to_judge(
    plan: str,
    pairs: Iterable[Overlap],
    verdicts: Iterable[Verdict],
    *,
    limit: int,
    language: str,
) -> Iterator[Proposal]:
    """Iterate over the overlaps of a plan: those judged, then the strongest others.

    :param plan: IRI
    :param pairs: of the plan's measures with those of others, the strongest first
    :param limit: how many that nobody has judged
    """
    judged = {verdict.pair: verdict for verdict in verdicts}
    left = limit
    for pair in pairs:
        own, other = (pair.a, pair.b) if pair.a.plan == plan else (pair.b, pair.a)
        verdict = judged.get(frozenset((own.iri, other.iri)))
        if verdict is None:
            if left == 0:
                continue
            left -= 1
        reasons = "、".join(r.label for r in pair.reasons[:REASONS] if r.label)
        yield Proposal(
            about=own.iri,
            term=OVERLAPS,
            value=other.iri,
            value_label=_called(other),
            hint=phrase(
                "workbook.overlap", language, score=f"{pair.score:.2f}", reasons=reasons
            ),
            accepted=verdict.accepted if verdict else None,
            reason=verdict.reason if verdict else "",
            on=verdict.created if verdict else "",
        )


def _called(measure: Measure) -> str:
    return f"{measure.plan_label}｜{measure.number} {measure.label}".replace("｜ ", "｜")


def themes_to_judge(
    hits: Iterable[tuple[str, Suggestion]],
    known: Iterable[tuple[str, str]],
    *,
    limit: int,
    language: str,
) -> Iterator[Proposal]:
    """Iterate over themes that the wording suggests and nobody has judged.

    :param hits: IRI of a measure, and a theme its text suggests
    :param known: (measure, theme) that are judged
    """
    seen = set(known)
    for measure, hit in hits:
        if (measure, hit.theme) in seen or limit == 0:
            continue
        seen.add((measure, hit.theme))
        limit -= 1
        hint = phrase("workbook.theme", language, word=hit.handle)
        yield Proposal(about=measure, term=ADDRESSES, value=hit.theme, hint=hint)
