"""The reasons of an overlap in words: each with its part of the score, as the parts add up."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from welfaregraph.overlap import THEME, Measure, Overlap, Reason
from welfaregraph.speech import phrase
from welfaregraph.verdicts import JUDGEMENT

__all__ = ["EXACT", "Rarity", "apportioned", "basis", "told"]

#: Digits of a contribution that a program reads, and that a person does.
EXACT, LEGIBLE = 4, 2


@dataclass(frozen=True)
class Rarity:
    """How many of the things compared have a theme: the fewer, the more it weighs."""

    count: int = 0  #: measures, or activities, that were compared
    bearers: Mapping[str, int] = field(default_factory=dict)  #: IRI of a theme → how many

    @classmethod
    def among(cls, measures: Iterable[Measure]) -> Rarity:
        """Count the bearers of each theme.

        >>> from welfaregraph.overlap import Feature
        >>> snow = (Feature("theme", "snow", "雪対策"),)
        >>> Rarity.among([Measure(n, n, "", "p", "P", "p", snow) for n in "ab"])
        Rarity(count=2, bearers={'snow': 2})
        """
        known = list(measures)
        themes = (f.iri for measure in known for f in measure.features if f.kind == THEME)
        return cls(len(known), dict(Counter(themes)))

    def of(self, reason: Reason, language: str) -> str:
        """Say how rare a shared theme is; nothing of other reasons."""
        bearers = self.bearers.get(reason.feature, 0) if reason.kind == THEME else 0
        if not bearers:
            return ""
        return phrase("reason-rarity", language, bearers=bearers, count=self.count)


def basis(pair: Overlap) -> str:
    """Return what a pair rests on: ``judged``, a bare title (``bare``) or ``text``."""
    if any(reason.kind == JUDGEMENT for reason in pair.reasons):
        return "judged"
    return "bare" if pair.rests_on_title else "text"


def told(
    pair: Overlap,
    language: str,
    *,
    digits: int = LEGIBLE,
    least: float = 0.0,
    most: int | None = None,
    names: Mapping[str, str] | None = None,
    rarity: Rarity | None = None,
) -> list[str]:
    """Return the reasons in words, the greatest first, and what is left as one sum.

    The numbers add up to the score as it is printed with so many digits.

    :param least: contribution from which on a reason is told; a judgement always is
    :param most: reasons told, at most
    :param names: IRI of a feature → its name in that language, where not as in the reason
    :param rarity: of the themes that both have
    """
    weighty = [r for r in pair.reasons if r.contribution >= least or r.kind == JUDGEMENT]
    shown = weighty[:most] or list(pair.reasons[:1])
    own = [reason.contribution for reason in shown]
    *parts, rest = apportioned([*own, max(0.0, pair.score - math.fsum(own))], digits)
    found = [
        phrase(
            f"reason.{reason.kind}",
            language,
            label=(names or {}).get(reason.feature, reason.label),
            contribution=f"{part:.{digits}f}",
        )
        + (rarity.of(reason, language) if rarity else "")
        for reason, part in zip(shown, parts, strict=True)
        if part or reason.kind == JUDGEMENT
    ]
    if rest:
        found.append(phrase("overlaps.rest", language, rest=f"{rest:.{digits}f}"))
    return found


def apportioned(parts: Sequence[float], digits: int) -> list[float]:
    """Round the parts of a sum so that they add up to the sum, rounded alike.

    What rounding down leaves over goes to those it cut most.

    :param parts: 0 or more each

    >>> apportioned([0.333, 0.333, 0.334], 2)
    [0.33, 0.33, 0.34]
    >>> sum(apportioned([0.0049] * 100, 2)), round(0.49, 2)
    (0.49, 0.49)
    """
    scale = 10**digits
    units = [math.floor(part * scale + 1e-9) for part in parts]
    missing = round(math.fsum(parts) * scale) - sum(units)
    cut = sorted(range(len(parts)), key=lambda at: (units[at] - parts[at] * scale, at))
    for at in cut[: max(0, missing)]:
        units[at] += 1
    return [unit / scale for unit in units]
