"""Other plans that the document names, and how they are related to its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from welfaregraph.draft.editions import EDITION_OF
from welfaregraph.draft.found import Found, Related
from welfaregraph.draft.mentions import is_past, sentence_around
from welfaregraph.draft.names import PLACE, Name, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.timetables import rows_of_years
from welfaregraph.draft.titles import Title
from welfaregraph.draft.volumes import CONTAINABLE, OWN_TYPES
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import number_of, search_key, unspaced

__all__ = ["related_plans"]

#: Between plans of their own; those joined by ・ are one volume.
COORDINATE = re.compile(r"(?<=計画)(?:及び|および|並びに|と)")


def related_plans(
    readings: Sequence[Reading], title: Title, contained: Sequence[Found]
) -> tuple[Related, ...]:
    """Return the other plans named, each once, with their relation where words tell it.

    :param title: what the document calls itself; its own plan is not among them
    """
    own = _Own(title, contained)
    found: dict[str, Related] = {}
    for reading in readings:
        rows = rows_of_years(reading)
        for n, block in enumerate(reading.lines):
            for text in () if n in rows else block.cells or (block.text,):
                line = unspaced(text.replace("\n", ""))
                for name in _single(names_in(line)):
                    relation = own.relation(line, name)
                    key = search_key(name.text)
                    if not relation or (key in found and found[key].relation != "related"):
                        continue
                    if key not in found or relation != "related":
                        sure = 0.7 if relation != "related" else 0.5
                        printed = reading.found(name.text, block, "related-plan", sure)
                        found[key] = Related(printed, relation)
    return tuple(found.values())


def _single(names: Iterator[Name]) -> Iterator[Name]:
    """Yield names one by one where 及び joins them: 障害者計画及び障害福祉計画 are two."""
    for name in names:
        pieces = COORDINATE.split(name.text)
        if len(pieces) == 1 or not all(pieces):
            yield name
            continue
        at = name.start
        for piece in pieces:
            one = next(names_in(piece), None)
            if one:
                yield Name(piece.strip(), one.kinds, at, at + len(piece), one.parts)
            at += len(piece)


class _Own:
    """What is not another plan."""

    def __init__(self, title: Title, contained: Sequence[Found]) -> None:
        self.keys = {search_key(f.text) for f in (title.title, *title.components) if f}
        self.keys |= {search_key(f.text) for f in contained}
        self.kinds = set(title.kinds) - {""}
        self.editions = {
            kind: [number_of(e[1:-1].strip()) for e in EDITION_OF.findall(f.text)]
            for f in title.components
            for kind in next((n.kinds for n in names_in(f.text)), ())
        }

    def relation(self, text: str, name: Name) -> str:
        """Return how a plan is related to the document's own; empty where it is none."""
        key = search_key(name.text)
        if name.is_general or any(key == k or key in k for k in self.keys):
            return ""
        if not any(name.kinds) or any(kind in CONTAINABLE for kind in name.kinds):
            return ""
        if {*OWN_TYPES, *self.kinds} & set(name.kinds):
            return self._of_own_type(text, name)
        return _relation(text, name)

    def _of_own_type(self, text: str, name: Name) -> str:
        """Return the relation of a plan of the same field: of other years or bodies."""
        placed = re.search(PLACE, name.text)
        numbers = [number_of(e[1:-1].strip()) for e in EDITION_OF.findall(name.text)]
        if not placed and not numbers and not _somebodys(text, name):
            return ""
        if not self.kinds & set(name.kinds):
            above = _relation(text, name) == "upper"
            council = "community-welfare-activity" in name.kinds
            return "upper" if above else "council" if council else "related"
        known = [n for kind in name.kinds for n in self.editions.get(kind, ()) if n]
        if known and numbers:
            return "previous" if max(filter(None, numbers), default=99) < min(known) else ""
        return "previous" if is_past(text, name.start, name.end) else ""


def _somebodys(text: str, name: Name) -> bool:
    """Tell whether a name without place is said to be some body's: 県の地域福祉支援計画."""
    before = text[: name.start].rstrip("「『")
    return before.endswith(tuple(table("facts")["related"]["whose"]))


def _relation(text: str, name: Name) -> str:
    words = table("facts")["plan"]
    sentence, begin = sentence_around(text, name.start, name.end)
    after = sentence[name.end - begin :][:12]
    ours = any_of(table("facts")["related"]["ours"])
    above = rf"[」』]?(?:等|など)?(?:を|が|の)?(?:{ours})?(?:最)?上位計画"
    if re.match(above, after) or "general" in name.kinds:
        return "upper"
    if is_past(text, name.start, name.end) or any(w in sentence for w in words["previous"]):
        return "previous"
    lower = table("facts")["related"]["lower"]
    return "lower" if any(word in sentence for word in lower) else "related"
