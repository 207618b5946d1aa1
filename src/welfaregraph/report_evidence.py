"""Where each row of a report comes from, and what was searched before a gap was called one.

Pure functions over rows of ``queries/sources.rq``, ``silences.rq`` and ``theme-handles.rq``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfaregraph.suggest import Lexicon

if TYPE_CHECKING:
    from welfaregraph.gaps import Gap
    from welfaregraph.overlap import Measure
    from welfaregraph.store import Row

__all__ = ["Evidence", "Hit", "Place", "Places", "Searched"]

DIGITS = re.compile(r"\d+")
#: How a gap was looked for: words recorded by the curator, words of the theme in the texts,
#: or what the graph says put side by side.
RECORDED, WORDS, COMPARED = "recorded", "words", "compared"


@dataclass(frozen=True, order=True)
class Place:
    """Where to look: a document by its number in the report, and lines."""

    document: int  #: from 1; 0 for one that the report does not list
    locator: str = ""  #: ``L192-L194``; nothing for the whole document
    title: str = ""  #: of a document without number


class Places:
    """The places of the elements.

    :param rows: of ``queries/sources.rq``
    :param numbers: document IRI → its number
    """

    def __init__(self, rows: Iterable[Row], numbers: Mapping[str, int]) -> None:
        self._found: defaultdict[str, set[Place]] = defaultdict(set)
        for row in rows:
            number = numbers.get(row["document"] or "", 0)
            title = "" if number else row["documentTitle"] or ""
            place = Place(number, row["locator"] or "", title)
            self._found[row["element"] or ""].add(place)
        self.numbers = numbers

    def of(self, element: str) -> tuple[Place, ...]:
        """Return the places of an element, by document and line."""
        found = self._found.get(element, ())
        return tuple(sorted(found, key=lambda p: (p.document, p.title, _line(p), p.locator)))


def _line(place: Place) -> int:
    match = DIGITS.search(place.locator)
    return int(match[0]) if match else 0


@dataclass(frozen=True)
class Hit:
    """A measure whose words speak of what is missing, though no curator judged so."""

    words: str  #: as they stand in the scheme
    measure: Measure
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Searched:
    """What was searched before a gap was called one."""

    manner: str  #: recorded, words or compared
    words: tuple[str, ...]
    documents: tuple[int, ...]  #: their numbers
    note: str  #: the curator's remark, or nothing
    hits: tuple[Hit, ...] = ()


class Evidence:
    """What was searched, for the gaps of all plans.

    :param silences: rows of ``queries/silences.rq``
    :param handles: rows of ``queries/theme-handles.rq``
    :param measures: in whose texts the words of themes are searched
    """

    def __init__(
        self,
        silences: Iterable[Row],
        handles: Sequence[Row],
        measures: Iterable[Measure],
        places: Places,
    ) -> None:
        self._places = places
        self._silences: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in silences:
            self._silences[row["term"] or "", row["status"] or ""].append(row)
        self._handles: defaultdict[str, list[str]] = defaultdict(list)
        for row in handles:
            if row["kind"] == "handle":
                self._handles[row["theme"] or ""].append(row["words"] or "")
        lexicon = Lexicon(handles)
        self._hits: defaultdict[tuple[str, str], dict[str, Hit]] = defaultdict(dict)
        for measure in measures:
            for text in (measure.label, *measure.texts):
                for hit in lexicon.suggest(text):
                    known = self._hits[measure.plan, hit.theme]
                    if measure.iri not in known:
                        at = places.of(measure.iri)
                        known[measure.iri] = Hit(hit.handle, measure, at)

    def of(self, gap: Gap, documents: Sequence[int]) -> Searched:
        """Return what was searched for one gap.

        :param documents: numbers of the documents of its plan
        """
        recorded = self._recorded(gap)
        if recorded:
            words = dict.fromkeys(
                w for row in recorded for w in (row["searched"] or "").split("、")
            )
            numbers = {self._places.numbers.get(row["document"] or "", 0) for row in recorded}
            notes = dict.fromkeys(row["note"] or "" for row in recorded)
            return Searched(
                RECORDED,
                tuple(filter(None, words)),
                tuple(sorted(numbers - {0})) or tuple(documents),
                "".join(filter(None, notes)) if len(notes) == 1 else "",
            )
        words_of = tuple(self._handles.get(gap.missing, ()))
        if words_of:
            hits = self._hits.get((gap.plan, gap.missing), {})
            return Searched(WORDS, words_of, tuple(documents), "", tuple(hits.values()))
        return Searched(COMPARED, (), tuple(documents), "")

    def _recorded(self, gap: Gap) -> list[Row]:
        """Return the silences of the element or, with none, of the elements of its plan."""
        same = self._silences.get((gap.missing, gap.status), [])
        own = [row for row in same if row["subject"] in (gap.subject, gap.plan)]
        return own or [row for row in same if (row["subject"] or "").startswith(f"{gap.plan}/")]
