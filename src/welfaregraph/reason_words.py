"""The reasons of an overlap in words: each with its part of the score, as the parts add up."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from welfaregraph.measures import THEME, Measure
from welfaregraph.overlap import WORDING, Overlap, Reason
from welfaregraph.speech import phrase
from welfaregraph.text import search_key
from welfaregraph.verdicts import JUDGEMENT

__all__ = ["EXACT", "Rarity", "apportioned", "basis", "told"]

#: Digits of a contribution that a program reads, and that a person does.
EXACT, LEGIBLE = 4, 2
#: Letters that carry meaning; one of a word before its ending, and the ending.
WITH_MEANING, KANJI, ENDING = map(
    re.compile, (r"[^ぁ-ゖー]", r"[一-鿿々]", r"^[一-鿿々]+[ぁ-ゖ]+$")
)


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

    The numbers add up to the score as it is printed with so many digits. Titles by which a
    theme is implied are named where they first count.

    :param least: contribution from which on a reason is told, if it reads as a word; a
        judgement always is
    :param most: reasons told, at most
    :param names: IRI of a feature → its name in that language, where not as in the reason
    :param rarity: of the themes that both have
    """
    weighty = [
        reason
        for reason in pair.reasons
        if reason.kind == JUDGEMENT
        or (reason.contribution >= least and not (least and _is_scrap(reason, pair)))
    ]
    shown = weighty[:most] or list(pair.reasons[:1])
    own = [reason.contribution for reason in shown]
    *parts, rest = apportioned([*own, max(0.0, pair.score - math.fsum(own))], digits)
    found: list[str] = []
    said: set[str] = set()
    for reason, part in zip(shown, parts, strict=True):
        if not part and reason.kind != JUDGEMENT:
            continue
        words = phrase(
            f"reason.{reason.kind}",
            language,
            label=(names or {}).get(reason.feature, reason.label),
            contribution=f"{part:.{digits}f}",
        )
        new = [title for title in reason.examples if title not in said]
        said.update(new)
        found.append(
            words
            + (rarity.of(reason, language) if rarity else "")
            + (_by_examples(new, language) if new else "")
        )
    if rest:
        found.append(phrase("overlaps.rest", language, rest=f"{rest:.{digits}f}"))
    return found


def _by_examples(titles: Iterable[str], language: str) -> str:
    """Say by which titles a theme is implied."""
    quoted = (phrase("list.quoted", language, text=title) for title in titles)
    listed = phrase("list.separator", language).join(quoted)
    return phrase("reason-examples", language, examples=listed)


def _is_scrap(reason: Reason, pair: Overlap) -> bool:
    """Whether shared letters are no word: endings alone, or the tail of a word with its ending.

    >>> a = Measure("a", "孤立した人の支援", "", "p", "P", "p")
    >>> b = Measure("b", "自立した暮らし", "", "q", "Q", "q")
    >>> pair = Overlap(0.3, 0.5, a, b, ())
    >>> words = ("立した", "した", "支援", "自立した")
    >>> [_is_scrap(Reason(WORDING, word, word, 0.1), pair) for word in words]
    [True, True, False, False]
    """
    word = reason.label
    if reason.kind != WORDING or not word:
        return False
    if not WITH_MEANING.search(word):
        return True
    if not ENDING.search(word):
        return False
    texts = [search_key(text) for m in (pair.a, pair.b) for text in (m.title, *m.texts)]
    found = [text[at - 1] if at else "" for text in texts if (at := text.find(word)) >= 0]
    return bool(found and all(map(KANJI.match, found)))


def apportioned(parts: Sequence[float], digits: int) -> list[float]:
    """Round the parts of a sum so that they add up to the sum, rounded alike.

    What rounding down leaves over goes to those it cut most.

    :param parts: 0 or more each

    >>> apportioned([0.333, 0.333, 0.334], 2)
    [0.33, 0.33, 0.34]
    >>> round(sum(apportioned([0.0049] * 100, 2)), 6), sum(round(0.0049, 2) for _ in range(100))
    (0.49, 0.0)
    """
    scale = 10**digits
    units = [math.floor(part * scale + 1e-9) for part in parts]
    missing = round(math.fsum(parts) * scale) - sum(units)
    cut = sorted(range(len(parts)), key=lambda at: (units[at] - parts[at] * scale, at))
    for at in cut[: max(0, missing)]:
        units[at] += 1
    return [unit / scale for unit in units]
