"""What the texts of measures suggest, in the place of what a curator gave.

Pure functions over rows of ``queries/measure-features.rq``, ``theme-handles.rq`` and
``rejected-themes.rq``, and over titles whose themes are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from welfaregraph.examples import Example, Examples
from welfaregraph.measures import TEXT, THEME, Measure
from welfaregraph.suggest import Lexicon, Suggestion
from welfaregraph.verdicts import Refusals

if TYPE_CHECKING:
    from welfaregraph.store import Row

__all__ = ["Suggestions"]

#: Kinds of feature that a curator gave, or that rest on what a curator gave.
CURATED = (THEME, "required-item")


class Suggestions:
    """How themes are suggested.

    :param words: rows of ``theme-handles``
    :param rejected: rows of ``rejected-themes``
    """

    def __init__(self, words: Iterable[Row], rejected: Iterable[Row]) -> None:
        self._lexicon = Lexicon(words)
        self._refusals = Refusals(rejected)

    def of(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Suggestion]]:
        """Yield the themes that texts suggest and nobody rejected, each beside its row."""
        for row in rows:
            if row["kind"] != TEXT:
                continue
            text = row["feature"] or ""
            for hit in self._lexicon.suggest(text):
                if not self._refusals.cover(row["measure"] or "", hit.theme, text):
                    yield row, hit

    def in_place(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Yield the rows with suggested themes for those that a curator gave."""
        yield from (row for row in rows if row["kind"] not in CURATED)
        for row, hit in self.of(rows):
            yield row | {"kind": THEME, "feature": hit.theme, "featureLabel": None}

    def examples(self, known: Sequence[Example], *, fillers: Iterable[str] = ()) -> Examples:
        """Return titles whose themes are known, compared by the words that name themes too."""

        def named(title: str) -> Iterator[str]:
            return (hit.theme for hit in self._lexicon.suggest(title))

        return Examples(known, named, fillers=fillers)

    def implied(self, measures: Sequence[Measure], examples: Examples) -> list[Measure]:
        """Return the measures with what their titles imply and nobody rejected."""
        return [
            replace(
                measure,
                implied=tuple(
                    each
                    for each in found
                    if not self._refusals.cover(measure.iri, each.theme, measure.title)
                ),
            )
            for measure, found in zip(
                measures, examples.of([measure.title for measure in measures]), strict=True
            )
        ]
