"""How rows are named by other rows: by number, title or, where those are not unique, more."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from rdflib.term import Node

from welfaregraph.sheet.layout import Column, Sheet, in_language, layout
from welfaregraph.vocab import compact

__all__ = ["Names", "forms", "loosely", "rows_of", "self_name"]

Thing = TypeVar("Thing")


def loosely(word: str) -> str:
    """Return a word as it is compared where it is not written exactly.

    >>> loosely("社会福祉法 第１０７条") == loosely("社会福祉法第107条")
    True
    """
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def forms(sheet: Sheet, iri: str, said: Sequence[str], *, shown: str) -> list[str]:
    """Return the names a row can go by, the plainest first.

    :param iri: of the row, empty for a new one
    :param said: what stands in the columns that name it
    :param shown: its No., if it has one
    """
    if sheet.selves:
        return sorted(set(sheet.selves.values()))
    tail = compact(iri).removeprefix("id/")
    if sheet.key:
        with_sheet = [f"{title} {shown}" for title in sheet.titles.values() if shown]
        found = [shown, *with_sheet, tail]
    else:
        label, *more = [*said, ""]
        found = [label, *(f"{label}（{text}）" for text in more if text), f"{label}〔{tail}〕"]
        found = [*(found if label else []), tail]
    return [name for name in dict.fromkeys(found) if name and (iri or name != tail)]


class Names(Generic[Thing]):
    """The names of all rows and words, and what they stand for."""

    def __init__(self, lists: Mapping[str, Mapping[str, Node]]) -> None:
        self._lists = lists
        self._rows: defaultdict[str, defaultdict[str, list[Thing]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._told: defaultdict[str, list[list[str]]] = defaultdict(list)
        self._words = {
            name: {thing: word for word, thing in words.items()}
            for name, words in lists.items()
        }
        self._loose: dict[tuple[str, ...], dict[str, list[str]]] = {}

    def add(self, sheet: str, thing: Thing, names: Iterable[str]) -> None:
        """Let a row be known by names, the plainest first; shared ones become ambiguous."""
        known = list(names)
        self._told[sheet].append(known)
        for name in known:
            self._rows[sheet][name].append(thing)

    def rows(self, column: Column, name: str) -> list[Thing]:
        """Return the rows of that name on the first sheet that knows it."""
        for sheet in column.to:
            found = self._rows[sheet].get(name)
            if found:
                return found
        return []

    def listed(self, column: Column, word: str) -> Node | None:
        """Return what a word of the column's lists stands for."""
        found = (self._lists.get(name, {}).get(word) for name in column.lists)
        return next((thing for thing in found if thing is not None), None)

    def word(self, column: Column, thing: Node) -> str:
        """Return the word of the column's lists for a thing, or nothing."""
        found = (self._words.get(name, {}).get(thing) for name in column.lists)
        return next((word for word in found if word), "")

    def known(self, column: Column) -> list[str]:
        """Return every name and word that a cell of the column may hold."""
        rows = [name for sheet in column.to for name in self._rows[sheet]]
        return rows + [w for name in column.lists for w in self._lists.get(name, {})]

    def offered(self, column: Column, language: str) -> list[str]:
        """Return what a cell of the column may hold as the drop-down lists have it.

        :param language: of the workbook: rows that are named with their sheet bear its title
        """
        sheets = {sheet.name: sheet.title(language) for sheet in layout().sheets}
        found = []
        for sheet in column.to:
            for names in self._told[sheet]:
                whole = (n for n in names if n.startswith(f"{sheets[sheet]} "))
                plain = [n for n in names[:1] if len(names) > 1 or "/" not in n]
                first = next(whole, "") if column.is_qualified else ""
                found += [first] if first else plain
        return found + [w for name in column.lists for w in self._lists.get(name, {})]

    def exactly(self, column: Column, word: str) -> list[str]:
        """Return the names that differ from a word in width, case and blanks only."""
        at = (*column.to, "", *column.lists)
        if at not in self._loose:
            table: defaultdict[str, list[str]] = defaultdict(list)
            for name in dict.fromkeys(self.known(column)):
                table[loosely(name)].append(name)
            self._loose[at] = table
        return self._loose[at].get(loosely(word), [])


def self_name(sheet: Sheet, language: str) -> str:
    """Return what other sheets call the one row of a form."""
    return in_language(sheet.selves or {}, language)


def rows_of(sheet: Sheet) -> Column:
    """Return a column whose cells name rows of a sheet."""
    return Column(sheet.name, None, "ref", {}, {}, to=(sheet.name,))
