"""What was searched before a gap was called one, and what came nearest.

Pure functions over rows of ``queries/silences.rq``, ``theme-handles.rq``, ``documents.rq`` and
``plan-texts.rq``. Where a curator recorded a search, those words count; else the words of the
theme, or the names of what is missing and the words of the themes these names speak of, are
searched in everything the plan says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from welfaregraph.gaps import COMPARED, RECORDED, UNSEARCHED, WORDS, Gap, Hit, Searched
from welfaregraph.suggest import Lexicon
from welfaregraph.text import search_key
from welfaregraph.vocab import WG

__all__ = ["MISSING", "NOTHING", "SUBJECT", "Evidence"]

Row = Mapping[str, str | None]
#: Whose names are searched: of what is missing, of what the gap is about, or none.
MISSING, SUBJECT, NOTHING = "missing", "subject", "nothing"
#: Elements that count before others as the nearest thing.
WORK = (WG + "Measure", WG + "Activity")
#: Hits of one gap, at most.
MOST = 5


@dataclass(frozen=True)
class _Text:
    """One thing that a plan says."""

    element: str
    label: str
    is_work: bool
    key: str  #: as it is searched


class Evidence:
    """What was searched, for the gaps of all plans.

    :param silences: rows of ``silences``
    :param handles: rows of ``theme-handles``
    :param documents: rows of ``documents``
    :param texts: plan IRI → rows of ``plan-texts``
    :param names: IRI → what it is called in Japanese texts
    """

    def __init__(
        self,
        *,
        silences: Iterable[Row],
        handles: Sequence[Row],
        documents: Iterable[Row],
        texts: Callable[[str], Iterable[Row]],
        names: Callable[[str], Sequence[str]],
    ) -> None:
        self._silences: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in silences:
            self._silences[row["term"] or "", row["status"] or ""].append(row)
        self._documents: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in documents:
            title = row["documentTitle"] or row["document"] or ""
            self._documents[row["plan"] or ""][row["document"] or ""] = title
        self._handles: defaultdict[str, list[str]] = defaultdict(list)
        for row in handles:
            if row["kind"] == "handle":
                self._handles[row["theme"] or ""].append(row["words"] or "")
        self._lexicon = Lexicon(handles)
        self._texts, self._names = texts, names
        self._read: dict[str, list[_Text]] = {}
        self._spoken: dict[str, dict[str, dict[str, Hit]]] = {}

    def told(self, gap: Gap, *, names_of: str = MISSING, silent_on: str = "") -> Gap:
        """Return a gap with what was searched, and the nearest thing found.

        :param names_of: whose names are searched where nothing better is known
        :param silent_on: the term whose silence is the gap, where it is not what is missing
        """
        recorded = self._recorded(gap, gap.missing) or self._recorded(gap, silent_on)
        searched = self._searched(gap, names_of, recorded)
        if gap.nearest or not searched.hits:
            return replace(gap, searched=searched)
        first = searched.hits[0]
        return replace(gap, searched=searched, nearest=first.element, nearest_label=first.label)

    def _searched(self, gap: Gap, names_of: str, recorded: Sequence[Row]) -> Searched:
        plan = gap.missing if gap.missing in self._documents else gap.plan
        documents = tuple(self._documents.get(plan, {}).items())
        if gap.status == "not-searched":
            return Searched(UNSEARCHED, (), documents)
        if recorded:
            return _as_recorded(recorded, documents)
        themes = [gap.missing] if gap.missing in self._handles else []
        names: list[str] = []
        thing = {MISSING: gap.missing, SUBJECT: gap.subject}.get(names_of, "")
        if not themes and thing and not thing.startswith(WG):
            names = [name for name in self._names(thing) if len(search_key(name)) > 1]
            themes = [hit.theme for name in names for hit in self._lexicon.suggest(name)]
        words = [*names, *(word for theme in themes for word in self._handles[theme])]
        if not words:
            return Searched(COMPARED, (), documents)
        hits = self._hits(plan, names, themes)
        found = tuple(hit for hit in hits if hit.element != gap.subject)
        return Searched(WORDS, _plainest_first(words), documents, hits=found[:MOST])

    def _recorded(self, gap: Gap, term: str) -> list[Row]:
        """Return the silences of the element or, with none, of the elements of its plan."""
        same = self._silences.get((term, gap.status), [])
        own = [row for row in same if row["subject"] in (gap.subject, gap.plan)]
        return own or [row for row in same if (row["subject"] or "").startswith(f"{gap.plan}/")]

    def _hits(self, plan: str, names: Sequence[str], themes: Iterable[str]) -> list[Hit]:
        """Return the elements that have the words, work first, the longest word first."""
        found: dict[str, tuple[bool, int, Hit]] = {}
        keys = {search_key(name): name for name in names}
        for text in self._read_of(plan):
            for key, name in keys.items():
                if key in text.key:
                    _keep(found, text, Hit(name, text.element, text.label))
        by_theme = self._spoken_of(plan)
        works = {text.element: text for text in self._read_of(plan)}
        for theme in themes:
            for hit in by_theme.get(theme, {}).values():
                _keep(found, works[hit.element], hit)
        ranked = sorted(found.values(), key=lambda known: (*known[:2], known[2].element))
        return [hit for *_, hit in ranked]

    def _read_of(self, plan: str) -> list[_Text]:
        if plan not in self._read:
            self._read[plan] = [
                _Text(
                    row["element"] or "",
                    row["elementLabel"] or "",
                    row["kind"] in WORK,
                    search_key(row["words"] or ""),
                )
                for row in self._texts(plan)
            ]
        return self._read[plan]

    def _spoken_of(self, plan: str) -> dict[str, dict[str, Hit]]:
        """Return the elements whose words speak of each theme, with those words."""
        if plan not in self._spoken:
            found: defaultdict[str, dict[str, Hit]] = defaultdict(dict)
            for text in self._read_of(plan):
                for hit in self._lexicon.suggest(text.key):
                    new = Hit(hit.handle, text.element, text.label)
                    found[hit.theme].setdefault(text.element, new)
            self._spoken[plan] = found
        return self._spoken[plan]


def _plainest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Put first what the others are made of.

    >>> _plainest_first(["不審者", "地域の防犯", "防犯", "防犯灯"])
    ('防犯', '不審者', '防犯灯', '地域の防犯')
    """
    known = set(words)
    within = {word: sum(word in other for other in known) for word in known}
    return tuple(sorted(known, key=lambda word: (-within[word], len(word), word)))


def _keep(found: dict[str, tuple[bool, int, Hit]], text: _Text, hit: Hit) -> None:
    """Keep of one element's hits the one with the longest words."""
    new = (not text.is_work, -len(hit.words), hit)
    known = found.get(text.element)
    if known is None or new[:2] < known[:2]:
        found[text.element] = new


def _as_recorded(rows: Iterable[Row], documents: tuple[tuple[str, str], ...]) -> Searched:
    rows = list(rows)
    words = dict.fromkeys(word for row in rows for word in (row["searched"] or "").split("、"))
    where = {
        row["document"] or "": row["documentTitle"] or row["document"] or "" for row in rows
    }
    where.pop("", None)
    notes = dict.fromkeys(row["note"] or "" for row in rows)
    return Searched(
        RECORDED,
        tuple(filter(None, words)),
        tuple(sorted(where.items())) or documents,
        note="".join(filter(None, notes)) if len(notes) == 1 else "",
    )
