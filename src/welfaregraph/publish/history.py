"""What earlier publications left: their versions, and how the data changed since the last.

The last publication is the one named, or the one that is replaced. Nothing of it is read but
its mark and its N-Quads, whose lines stand in the order that ours do.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from welfaregraph.errors import InputError
from welfaregraph.publish.tree import MARK, previous_of
from welfaregraph.vocab import BASE

__all__ = ["QUADS", "Change", "Previous", "Version", "changes_between"]

QUADS = "dumps/welfaregraph.nq"
#: What a thing was called, in the lines of N-Quads.
NAMING = ("rdf-schema#label>", "core#prefLabel>", "dc/terms/title>")


@dataclass(frozen=True)
class Version:
    """A version of the data that was published."""

    version: str
    date: str
    archive: str = ""  #: path of its archive below the publication
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Previous:
    """The publication before this one."""

    folder: Path
    mark: dict[str, Any]

    @classmethod
    def in_folder(cls, folder: Path, *, required: bool = False) -> Previous | None:
        """Read the mark of a publication.

        :raises InputError: there is none, and one was asked for
        """
        mark = previous_of(folder)
        if mark is None and required:
            raise InputError("publish-no-previous", where=str(folder / MARK))
        return None if mark is None else cls(folder, dict(mark))

    @property
    def versions(self) -> list[Version]:
        """Every version published up to then, the oldest first."""
        return [Version(**entry) for entry in self.mark.get("versions", [])]

    @property
    def withdrawn(self) -> dict[str, str]:
        """IRI → day of those that were withdrawn up to then."""
        return dict(self.mark.get("withdrawn", {}))

    def text(self, name: str) -> str:
        """Return a file of it, its IRIs under our base."""
        return self._ours((self.folder / name).read_text("utf-8"))

    def lines(self) -> Iterator[str]:
        """Yield its statements, as N-Quads."""
        try:
            with (self.folder / QUADS).open(encoding="utf-8") as file:
                yield from map(self._ours, file)
        except OSError as error:
            where = str(self.folder / QUADS)
            raise InputError("unreadable", where=where, reason=error.strerror or "") from error

    def _ours(self, text: str) -> str:
        base = str(self.mark.get("base", BASE))
        return text if base == BASE else text.replace(base, BASE)


@dataclass(frozen=True)
class Change:
    """A thing of which something else is said than before."""

    iri: str
    kind: str  #: ``added``, ``changed`` or ``withdrawn``
    added: int  #: statements
    removed: int
    #: language → what a withdrawn thing was called
    name: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it without what is empty."""
        return {key: value for key, value in asdict(self).items() if value not in ("", {})}


def changes_between(
    old: Iterator[str], new: Iterator[str], again: Iterator[str]
) -> tuple[list[Change], list[tuple[bool, str]]]:
    """Compare two series of N-Quads in the same order, reading each line once.

    :param old: lines of the last publication
    :param new: lines of this one
    :param again: the lines of both once more, the old before the new, to see what is new
    :returns: changes by IRI; and the lines that differ, with whether they were added
    """
    added, removed = Counter[str](), Counter[str]()
    lines = _without_pairs(_differing(old, new))
    for is_new, line in lines:
        (added if is_new else removed)[_subject(line)] += 1
    return _judged(added, removed, again), lines


def _differing(old: Iterator[str], new: Iterator[str]) -> Iterator[tuple[bool, str]]:
    """Merge two sorted series, and yield what only one has."""
    left, right = next(old, ""), next(new, "")
    while left or right:
        if left == right:
            left, right = next(old, ""), next(new, "")
        elif not right or (left and _key(left) < _key(right)):
            yield False, left
            left = next(old, "")
        else:
            yield True, right
            right = next(new, "")


def _without_pairs(lines: Iterator[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """Leave out lines that both have, where another program sorted the old ones."""
    found = list(lines)
    seen = Counter(line for _, line in set(found))
    return [(is_new, line) for is_new, line in found if seen[line] == 1]


def _key(line: str) -> tuple[str, str, bool, str]:
    """Return what the lines of a dump are sorted by: graph, subject, types first, the rest."""
    rest, _, graph = line.rstrip(" .\n").rpartition(" ")
    subject, predicate, value = rest.split(" ", 2)
    is_type = predicate.endswith("22-rdf-syntax-ns#type>")
    return graph[1:-1], subject[1:-1], not is_type, f"{predicate[1:-1]} {value}"


def _subject(line: str) -> str:
    return line[1 : line.index(">")]


def _judged(added: Counter[str], removed: Counter[str], again: Iterator[str]) -> list[Change]:
    """Tell what is new and what is gone: of the others, a statement stands in both."""
    before, after = Counter[str](), Counter[str]()
    names: dict[str, dict[str, str]] = {}
    touched = added.keys() | removed.keys()
    for line in again:
        subject = _subject(line[1:])
        if subject in touched:
            (before if line[0] == "-" else after)[subject] += 1
            if line[0] == "-" and any(name in line for name in NAMING):
                language, text = _text(line)
                names.setdefault(subject, {}).setdefault(language, text)
    kinds = dict.fromkeys(touched, "changed")
    kinds |= {iri: "added" for iri in touched if not before[iri]}
    kinds |= {iri: "withdrawn" for iri in touched if not after[iri]}
    return [
        Change(iri, kinds[iri], added[iri], removed[iri],
               names.get(iri, {}) if kinds[iri] == "withdrawn" else {})
        for iri in sorted(touched)
    ]  # fmt: skip


def _text(line: str) -> tuple[str, str]:
    """Return language and text of a literal in a line of N-Quads.

    >>> _text('-<urn:a> <urn:p> "雪"@ja <urn:g> .')
    ('ja', '雪')
    """
    quoted = line[line.index('"') : line.rindex('"') + 1] if '"' in line else '""'
    rest = line[line.rindex('"') + 1 :] if '"' in line else ""
    language = rest[1:].partition(" ")[0] if rest.startswith("@") else ""
    try:
        return language, str(json.loads(quoted))
    except ValueError:
        return language, quoted.strip('"')
