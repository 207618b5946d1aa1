"""Themes suggested from the text, for plans that no curator has read yet.

Pure functions over rows of ``queries/theme-handles.rq``; what a theme is called in plan texts,
what must stand beside an ambiguous word and which longer words it must not be part of is data
of the scheme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from welfaregraph.text import search_key

__all__ = ["Lexicon", "Suggestion"]

#: Kinds of words that are looked for in texts.
HANDLES = ("handle", "boilerplate")


@dataclass(frozen=True, order=True)
class Suggestion:
    """A theme that a text seems to address, and the word that says so."""

    theme: str  #: IRI
    handle: str  #: as it stands in the scheme
    start: int  #: where it begins in the text's search key
    end: int


@dataclass(frozen=True)
class _Handle:
    theme: str
    written: str
    key: str


class Lexicon:
    """The words by which plan texts speak of the themes.

    :param rows: ``theme kind words`` with kind ``handle``, ``needsContext``, ``excludedBy``, or
        ``boilerplate`` for set phrases in which no handle counts; others are passed over
    """

    def __init__(self, rows: Iterable[Mapping[str, str | None]]) -> None:
        self._by_start: defaultdict[str, list[_Handle]] = defaultdict(list)
        self._context: defaultdict[str, list[str]] = defaultdict(list)
        self._longer: defaultdict[str, list[str]] = defaultdict(list)
        self._boilerplate: set[str] = set()
        known: set[tuple[str, str]] = set()
        for row in rows:
            theme, written = row["theme"] or "", row["words"] or ""
            key = search_key(written)
            if row["kind"] == "boilerplate":
                self._boilerplate.add(theme)
            if row["kind"] == "needsContext":
                self._context[theme].append(key)
            elif row["kind"] == "excludedBy":
                self._longer[theme].append(key)
            elif row["kind"] in HANDLES and len(key) > 1 and (theme, key) not in known:
                known.add((theme, key))
                self._by_start[key[:2]].append(_Handle(theme, written, key))

    def suggest(self, text: str) -> list[Suggestion]:
        """Return the themes of a text, each once, with the longest word that names it.

        A word inside a longer word of another theme does not count (ネットワーク in
        見守りネットワーク), nor one without the context that its theme needs.

        >>> rows = [
        ...     {"theme": "crime", "kind": "handle", "words": "防犯"},
        ...     {"theme": "again", "kind": "handle", "words": "再犯防止"},
        ...     {"theme": "watch", "kind": "handle", "words": "見守りネットワーク"},
        ...     {"theme": "net", "kind": "handle", "words": "ネットワーク"},
        ... ]
        >>> [s.theme for s in Lexicon(rows).suggest("再犯防止と見守りネットワーク")]
        ['again', 'watch']
        """
        key = search_key(text)
        best: dict[str, Suggestion] = {}
        for hit in self._standing(key):
            if hit.theme not in best and hit.theme not in self._boilerplate:
                best[hit.theme] = hit
        return sorted(best.values(), key=lambda hit: (hit.start, hit.theme))

    def _standing(self, key: str) -> list[Suggestion]:
        """Return the hits that no longer hit of another theme covers, the longest first."""
        hits = [
            Suggestion(handle.theme, handle.written, at, at + len(handle.key))
            for at in range(len(key) - 1)
            for handle in self._by_start.get(key[at : at + 2], ())
            if key.startswith(handle.key, at) and self._counts(handle, key, at)
        ]
        hits.sort(key=lambda hit: (hit.start - hit.end, hit.start, hit.theme))
        standing: list[Suggestion] = []
        for hit in hits:
            covered = any(
                other.theme != hit.theme
                and other.start <= hit.start
                and hit.end <= other.end
                and other.end - other.start > hit.end - hit.start
                for other in standing
            )
            if not covered:
                standing.append(hit)
        return standing

    def _counts(self, handle: _Handle, key: str, at: int) -> bool:
        context = self._context.get(handle.theme)
        if context and not any(word in key for word in context):
            return False
        return not any(
            key.startswith(longer, at - offset)
            for longer in self._longer.get(handle.theme, ())
            for offset in _places(handle.key, longer)
            if at >= offset
        )


def _places(word: str, longer: str) -> list[int]:
    return [at for at in range(len(longer)) if longer.startswith(word, at)]
