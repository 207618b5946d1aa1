"""Changes between two editions, arranged and worded for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from welfaregraph.diff import VERDICTS, Change, Reason
from welfaregraph.editions import LEVELS, Edition, Element
from welfaregraph.speech import phrase

__all__ = ["COLUMNS", "Comparison", "Item", "Section", "Words", "compared"]

#: Columns of a comparison as rows: one row for each old and new element that correspond.
COLUMNS = (
    "change", "level", "verdict", "score", "old_number", "old_label", "old_above",
    "new_number", "new_label", "new_above", "reasons", "old", "new",
)  # fmt: skip
#: A sign for each verdict, for those who do not see colours.
MARKS = dict(zip(VERDICTS, "＝≒⇒＜＞＋－", strict=True))


@dataclass
class Item:
    """A measure's change with the changes of what stands under it."""

    change: Change
    below: list[Change] = field(default_factory=list)

    @property
    def told(self) -> list[Change]:
        """The changes below it that say something."""
        return [change for change in self.below if change.verdict != "kept"]

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → number of changes below it."""
        found = {v: sum(c.verdict == v for c in self.below) for v in VERDICTS}
        return {verdict: count for verdict, count in found.items() if count}


@dataclass
class Section:
    """A goal's change with its measures; of measures under no goal, the change is none."""

    change: Change | None
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """Two editions and all that changed, by goal and measure."""

    old: Edition
    new: Edition
    changes: Sequence[Change]
    sections: Sequence[Section]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Level → verdict → number of changes; levels that have none are left out."""
        found = {
            level: {
                v: sum(c.level == level and c.verdict == v for c in self.changes)
                for v in VERDICTS
            }
            for level in LEVELS
        }
        return {level: counts for level, counts in found.items() if any(counts.values())}


def compared(old: Edition, new: Edition, changes: Sequence[Change]) -> Comparison:
    """Put changes under one another: activities under measures, measures under goals."""
    goals = {id(c): Section(c) for c in changes if c.level == "goal"}
    items = {id(c): Item(c) for c in changes if c.level == "measure"}
    of_old = {e.iri: id(c) for c in changes for e in c.old if c.level in ("goal", "measure")}
    of_new = {e.iri: id(c) for c in changes for e in c.new if c.level in ("goal", "measure")}

    def above(change: Change) -> int:
        """Where it stands now, or where it stood."""
        known, element = (of_new, change.new[0]) if change.new else (of_old, change.old[0])
        return next((known[iri] for iri in element.above if iri in known), 0)

    loose = Section(None)
    for change in changes:
        if change.level == "measure":
            goals.get(above(change), loose).items.append(items[id(change)])
        elif change.level in ("part", "activity"):
            at = above(change)
            if at in items:
                items[at].below.append(change)
            else:
                goals.get(at, loose).items.append(Item(change))
    sections = [*goals.values(), *([loose] if loose.items else [])]
    return Comparison(old, new, tuple(changes), tuple(sections))


@dataclass(frozen=True)
class Words:
    """Says changes in one language."""

    language: str

    def say(self, key: str, /, **values: object) -> str:
        """Return a message of ``diff.toml``."""
        return phrase(f"diff.{key}", self.language, **values)

    def mark(self, change: Change) -> str:
        """Return the sign of a change's verdict."""
        return MARKS[change.verdict]

    def verdict(self, name: str) -> str:
        """Return a verdict in words."""
        return self.say(f"verdict.{name}")

    def named(self, element: Element) -> str:
        """Return number, title and actors of an element."""
        label = f"{element.number} {element.label}".strip()
        if not element.actors:
            return label
        return self.say("by-actor", label=label, actors=self._listed(element.actors))

    def side(self, elements: Iterable[Element]) -> str:
        """Name the elements of one edition."""
        return self.say("both").join(map(self.named, elements))

    def both(self, change: Change) -> str:
        """Name what a change is about: once where both sides say the same."""
        sides = [self.side(elements) for elements in (change.old, change.new) if elements]
        if len(set(sides)) == 1:
            return sides[0]
        return self.say("arrow", old=sides[0], new=sides[1])

    def line(self, change: Change) -> str:
        """Return a change in a line, without its reasons."""
        return self.say(
            "line",
            mark=self.mark(change),
            verdict=self.verdict(change.verdict),
            score=change.score,
            text=self.both(change),
        )

    def reason(self, reason: Reason) -> str:
        """Return a reason in words."""
        values = {name: self._value(value) for name, value in reason.values.items()}
        return self.say(f"reason.{reason.kind}", **values)

    def reasons(self, change: Change) -> str:
        """Return all reasons of a change in a line."""
        return self._listed([self.reason(reason) for reason in change.reasons])

    def counted(self, counts: Mapping[str, int]) -> str:
        """Say how many have which verdict."""
        return self._listed(
            [self.say("count", verdict=self.verdict(v), count=n) for v, n in counts.items()]
        )

    def rows(self, found: Comparison) -> list[dict[str, object]]:
        """Return a comparison as rows of :data:`COLUMNS`."""
        names = [{e.iri: e.label for e in side.elements} for side in (found.old, found.new)]
        return [
            {
                "change": number,
                "level": self.say(f"level.{change.level}"),
                "verdict": self.verdict(change.verdict),
                "score": change.score,
                "reasons": self.reasons(change),
                **self._cells("old", a, names[0]),
                **self._cells("new", b, names[1]),
            }
            for number, change in enumerate(found.changes, 1)
            for a in change.old or (None,)
            for b in change.new or (None,)
        ]

    def _cells(
        self, side: str, element: Element | None, names: Mapping[str, str]
    ) -> dict[str, object]:
        if element is None:
            return dict.fromkeys((f"{side}_number", f"{side}_label", f"{side}_above", side))
        above = self._listed([names.get(iri, iri) for iri in element.above])
        return {
            f"{side}_number": element.number or None,
            f"{side}_label": element.label,
            f"{side}_above": above or None,
            side: element.iri,
        }

    def _value(self, value: object) -> object:
        if isinstance(value, list):
            return self._listed([str(one) for one in value]) or self.say("reason.none")
        return self.say("reason.none") if value == "" else value

    def _listed(self, texts: Sequence[str]) -> str:
        return phrase("list.separator", self.language).join(texts)
