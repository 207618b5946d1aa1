"""What a person is asked to judge in a workbook: overlaps and themes that nobody has judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from welfaregraph.examples import Implied
from welfaregraph.measures import Measure
from welfaregraph.overlap import Overlap
from welfaregraph.sheet.record import Proposal
from welfaregraph.speech import phrase
from welfaregraph.suggest import Suggestion
from welfaregraph.verdicts import Verdict
from welfaregraph.vocab import WG

__all__ = ["overlaps_judged", "overlaps_to_judge", "themes_to_judge"]

OVERLAPS, ADDRESSES = WG + "overlapsWith", WG + "addressesTheme"
#: Reasons told of an overlap.
REASONS = 4
#: Share from which on a theme that a title implies is worth a person's look.
LIKELY = 0.5


def overlaps_judged(
    plan: str, verdicts: Iterable[Verdict], measures: Iterable[Measure]
) -> Iterator[Proposal]:
    """Iterate over what people decided about overlaps of a plan.

    :param plan: IRI
    :param measures: of all plans held
    """
    held = {measure.iri: measure for measure in measures}
    for verdict in verdicts:
        sides = [held[iri] for iri in (verdict.left, verdict.right) if iri in held]
        sides.sort(key=lambda measure: measure.plan != plan)
        if len(sides) == len(verdict.pair) and sides[0].plan == plan:
            yield Proposal(
                about=sides[0].iri,
                term=OVERLAPS,
                value=sides[1].iri,
                value_label=_called(sides[1]),
                accepted=verdict.accepted,
                reason=verdict.reason,
                on=verdict.created,
            )


def overlaps_to_judge(
    plan: str,
    pairs: Iterable[Overlap],
    judged: Iterable[Verdict],
    *,
    limit: int,
    language: str,
) -> Iterator[Proposal]:
    """Iterate over the strongest overlaps of a plan that nobody has judged.

    :param plan: IRI
    :param pairs: of the plan's measures with those of others, the strongest first
    """
    done = {verdict.pair for verdict in judged}
    new = (pair for pair in pairs if frozenset((pair.a.iri, pair.b.iri)) not in done)
    for pair in islice(new, limit):
        own, other = (pair.a, pair.b) if pair.a.plan == plan else (pair.b, pair.a)
        named = (reason.label for reason in pair.reasons[:REASONS] if reason.label)
        reasons = phrase("list.separator", language).join(named)
        score = f"{pair.score:.2f}"
        yield Proposal(
            about=own.iri,
            term=OVERLAPS,
            value=other.iri,
            value_label=_called(other),
            hint=phrase("workbook.overlap", language, score=score, reasons=reasons),
        )


def _called(measure: Measure) -> str:
    return f"{measure.plan_label}｜{measure.number} {measure.label}".replace("｜ ", "｜")


def themes_to_judge(
    offers: Iterable[tuple[str, Suggestion | Implied]],
    known: Iterable[tuple[str, str]],
    *,
    limit: int,
    language: str,
) -> Iterator[Proposal]:
    """Iterate over themes that wording or title suggests and nobody has judged.

    :param offers: IRI of a measure, and a theme its text names or its title implies
    :param known: (measure, theme) that are judged
    """
    seen = set(known)
    for measure, offer in offers:
        if (measure, offer.theme) in seen or limit == 0:
            continue
        if isinstance(offer, Suggestion):
            hint = phrase("workbook.theme", language, word=offer.handle)
        elif offer.share >= LIKELY:
            hint = phrase("workbook.implied", language, title=offer.example)
        else:
            continue
        seen.add((measure, offer.theme))
        limit -= 1
        yield Proposal(about=measure, term=ADDRESSES, value=offer.theme, hint=hint)
