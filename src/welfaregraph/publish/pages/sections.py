"""What a page shows of a document: its own statements, and its parts in tables by class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from welfaregraph.publish.model import Group, Text, Thing
from welfaregraph.publish.pages.frame import Link
from welfaregraph.publish.pages.naming import full, settings
from welfaregraph.publish.paths import document
from welfaregraph.text import natural_key
from welfaregraph.vocab import SCHEME, WG

if TYPE_CHECKING:
    from welfaregraph.publish.model import Model, Resource, Said
    from welfaregraph.publish.pages.frame import Frame, Head

__all__ = ["NAMES", "Part", "Row", "Sections", "Table", "Value"]

#: Values of one property shown on a page; of a cell of a table; of what points to a part.
MOST, MOST_IN_CELL, MOST_BACK = 200, 12, 4
#: Parts of one class shown in a table.
MOST_PARTS = 1000
#: Authorities that need no mark: what a document or a reference says is the rule.
USUAL = {f"{SCHEME}authority/{name}" for name in ("stated", "reference", "ontology")}
#: What a thing is named by: its heading says it.
NAMES = {full(name) for name in ("rdfs:label", "skos:prefLabel", "dcterms:title")}

QUIET, MARK = (
    Markup(f' <span class="{name}">{{}}</span>')  # noqa: S704 (a text of ours)
    for name in ("quiet", "mark")
)


@dataclass(frozen=True)
class Value:
    """One value as a page shows it."""

    link: Link
    authorities: tuple[Link, ...] = ()  #: on whose word, where that is worth a mark

    def __html__(self) -> Markup:
        """Return it as templates put it."""
        html = self.link.__html__()
        if self.link.details:
            html += QUIET.format(self.link.details)
        for mark in self.authorities:
            html += MARK.format(mark)
        return html


@dataclass(frozen=True)
class Row:
    """A property and its values."""

    name: Link
    values: tuple[Value, ...]
    more: int = 0  #: values that are not shown
    kind: Link | None = None  #: class of what points here by it


@dataclass(frozen=True)
class Part:
    """A thing with a fragment, as a row of a table."""

    fragment: str
    name: Link
    cells: tuple[tuple[Value, ...], ...]
    back: Row | None = None  #: what other things say of it


@dataclass(frozen=True)
class Table:
    """The parts of a document that are of one class."""

    kind: Link
    common: tuple[Row, ...]  #: what all parts have alike
    columns: tuple[Link, ...]
    parts: tuple[Part, ...]
    more: int = 0
    has_back: bool = False


@cache
def _listed(key: str) -> dict[str, int]:
    return {full(name): at for at, name in enumerate(settings()[key])}


def _place(group: Group) -> tuple[int, int, str]:
    name, known, last = group.property.iri, _listed("properties"), _listed("last")
    return last.get(name, -1), known.get(name, len(known)), name


class Sections:
    """Turns what the model says into what a page shows."""

    def __init__(self, frame: Frame, head: Head) -> None:
        self._frame, self._head = frame, head
        self._model: Model = frame.site.model
        self._links: dict[str, Link] = {}
        self._properties: dict[str, Link] = {}

    def link(self, thing: Thing) -> Link:
        """Return a thing's name and where it leads."""
        found = self._links.get(thing.iri)
        if found is None:
            found = self._links[thing.iri] = self._frame.link(thing, self._head)
        return found

    def rows(self, groups: Iterable[Group], *, without: Iterable[str] = ()) -> list[Row]:
        """Return properties with their values, in the order of ``order.toml``."""
        left_out = set(without)
        shown = [group for group in groups if group.property.iri not in left_out]
        return [self._row(group, MOST) for group in sorted(shown, key=_place)]

    def back(self, groups: Iterable[Group], iri: str) -> list[Row]:
        """Return what points to a document, by property and by class of what does."""
        found = []
        for group in sorted(groups, key=_place):
            by_kind: defaultdict[str, list[Said]] = defaultdict(list)
            for said in group.said:
                if isinstance(said.value, Thing) and document(said.value.iri) != iri:
                    by_kind[self._kind(said.value.iri)].append(said)
            left_out = group.total - len(group.said)
            for kind in sorted(by_kind):
                part = Group(group.property, tuple(by_kind[kind]), len(by_kind[kind]))
                row = self._row(part, MOST)
                named = self.link(self._model.thing(kind)) if kind else None
                found.append(Row(row.name, row.values, row.more + left_out, named))
                left_out = 0
        return found

    def _kind(self, iri: str) -> str:
        types = self._model.types(iri)
        return next((name for name in types if name.startswith(WG)), next(iter(types), ""))

    def _row(self, group: Group, most: int) -> Row:
        told = self._in_language(group.said)
        shown = tuple(self._value(said) for said in told[:most])
        more = group.total - len(shown) - (len(group.said) - len(told))
        return Row(self._property(group.property), shown, more)

    def _in_language(self, said: Sequence[Said]) -> Sequence[Said]:
        """Leave out texts of other languages where one is in the language of the page."""
        mine = [
            one
            for one in said
            if not isinstance(one.value, Text)
            or one.value.language in ("", self._head.language)
        ]
        return mine or said

    def _property(self, thing: Thing) -> Link:
        found = self._properties.get(thing.iri)
        if found is None:
            name = self._frame.property_name(thing, self._head.language)
            found = Link(name, self._frame.target(thing.iri, self._head))
            self._properties[thing.iri] = found
        return found

    def _value(self, said: Said) -> Value:
        marks = tuple(
            self.link(self._model.thing(iri)) for iri in said.authorities if iri not in USUAL
        )
        if isinstance(said.value, Text):
            text = said.value
            other = text.language if text.language != self._head.language else ""
            return Value(Link(text.text, "", other), marks)
        return Value(self.link(said.value), marks)

    def tables(self, parts: Sequence[Resource]) -> Iterator[Table]:
        """Yield the parts of a document, a table for each class.

        :param parts: resources with a fragment
        """
        by_kind: defaultdict[str, list[Resource]] = defaultdict(list)
        for part in parts:
            by_kind[part.types[0].iri if part.types else ""].append(part)
        for kind in sorted(by_kind, key=lambda iri: (iri == WG + "Judgement", iri)):
            yield self._table(kind, by_kind[kind])

    def _table(self, kind: str, parts: Sequence[Resource]) -> Table:
        shown = sorted(parts, key=lambda part: natural_key(part.thing.iri))[:MOST_PARTS]
        common, columns = self._split(shown)
        return Table(
            self.link(self._model.thing(kind)) if kind else Link("–"),
            tuple(self._row(group, MOST_IN_CELL) for group in common),
            tuple(self._property(group.property) for group in columns),
            tuple(self._part(part, columns) for part in shown),
            len(parts) - len(shown),
            any(part.incoming for part in shown),
        )

    def _split(self, parts: Sequence[Resource]) -> tuple[list[Group], list[Group]]:
        """Return what all parts have alike, and what is worth a column."""
        seen: dict[str, Group] = {}
        counts: Counter[tuple[str, object]] = Counter()
        for part in parts:
            for group in part.outgoing:
                if group.property.iri not in NAMES | _listed("untold").keys():
                    seen.setdefault(group.property.iri, group)
                    values = frozenset(said.value for said in group.said)
                    counts[group.property.iri, values] += 1
        alike = {name for (name, _), count in counts.items() if count == len(parts) > 1}
        groups = sorted(seen.values(), key=_place)
        return (
            [group for group in groups if group.property.iri in alike],
            [group for group in groups if group.property.iri not in alike],
        )

    def _part(self, part: Resource, columns: Sequence[Group]) -> Part:
        said = {group.property.iri: group for group in part.outgoing}
        fragment = part.thing.iri.partition("#")[2]
        name = self.link(part.thing)
        back = [one for group in part.incoming for one in group.said]
        pointing = tuple(self._value(one) for one in back[:MOST_BACK])
        total = sum(group.total for group in part.incoming)
        return Part(
            fragment,
            Link(name.text, f"#{fragment}", name.language),
            tuple(
                self._row(said[group.property.iri], MOST_IN_CELL).values
                if group.property.iri in said
                else ()
                for group in columns
            ),
            Row(Link(""), pointing, total - len(pointing)) if total else None,
        )
