"""How far a draft agrees with its gold.

The rule: labels are compared after :func:`welfaregraph.text.search_key` (NFKC, radicals as
ideographs, no blanks, lower case) and must then be equal; nothing counts as nearly right.

=============  ==================================================================
``goals``      label
``measures``   label of the goal (empty where the goal is not stated), label
``activities`` label of the measure, actor, wording
``items``      label of the measure, label of the part or empty, wording
``parts``      label of the measure, label
``statutes``   name, article as far as 条 and 項
``editions``   number and 期 or 次, of all components
``period``     first and last fiscal year
=============  ==================================================================

Plans in ``other_plans`` count like the first one. Two equal things in the gold need two in the
draft. Where gold and draft are both empty there is nothing to measure; where only the gold is
empty, everything drafted is invented and the score 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from welfaregraph.text import search_key

__all__ = ["FIELDS", "STRUCTURE", "Score", "scores", "things"]

#: What is listed in a plan, and what the issue sets its higher floor on.
STRUCTURE = ("goals", "measures", "activities", "items", "parts")
FIELDS = ("period", "editions", "statutes")
#: Looked at besides, without a floor.
OTHERS = (
    "municipality",
    "philosophy",
    "issuers",
    "contained_plans",
    "glossary",
    "sdgs",
    "indicators",
    "is_plan",
)
MEMBERS = {kind: kind for kind in (*FIELDS, *OTHERS)} | {"editions": "edition"}
KANJI = str.maketrans("一二三四五六七八九", "123456789")
EDITION = re.compile("第?(\\d+)(期|次)")
ARTICLE = re.compile("第(\\d+)条(?:の(\\d+))?(?:第(\\d+)項)?")

Plan = Mapping[str, Any]
Thing = tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """One kind of thing in one document."""

    matched: int
    missed: tuple[Thing, ...]  #: in the gold, not in the draft
    invented: tuple[Thing, ...]  #: in the draft, not in the gold

    @property
    def precision(self) -> float:
        """How much of the draft is right."""
        drafted = self.matched + len(self.invented)
        return self.matched / drafted if drafted else float(not self.missed)

    @property
    def recall(self) -> float:
        """How much of the gold was found."""
        gold = self.matched + len(self.missed)
        return self.matched / gold if gold else float(not self.invented)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return (
            2 * self.matched / (2 * self.matched + len(self.missed) + len(self.invented) or 1)
        )

    @property
    def empty(self) -> bool:
        """Neither gold nor draft has any."""
        return not (self.matched or self.missed or self.invented)


def scores(gold: Plan, drafted: Plan) -> dict[str, Score]:
    """Return the score of each kind of thing, in the order of the table above.

    A kind that the gold has no member for is not known there, and empty on both sides.
    """
    wanted, found = things(gold), things(drafted)
    unknown = {kind for kind, member in MEMBERS.items() if member not in gold}
    return {
        kind: Score(0, (), ()) if kind in unknown else _score(wanted[kind], found[kind])
        for kind in wanted
    }


def _score(gold: Counter[Thing], drafted: Counter[Thing]) -> Score:
    return Score(
        (gold & drafted).total(),
        tuple(sorted((gold - drafted).elements())),
        tuple(sorted((drafted - gold).elements())),
    )


def things(top: Plan) -> dict[str, Counter[Thing]]:
    """Return everything a plan in the JSON form says, kind by kind."""
    found: dict[str, Counter[Thing]] = {
        kind: Counter() for kind in (*STRUCTURE, *FIELDS, *OTHERS)
    }
    for plan in _plans(top):
        placed = [("", measure) for measure in plan.get("unplaced_measures") or ()]
        for goal in plan.get("goals") or ():
            label = search_key(goal["label"])
            found["goals"][label,] += 1
            placed += [(label, measure) for measure in goal.get("measures") or ()]
        for label, measure in placed:
            _add_measure(found, label, measure)
    found["period"].update(_period(top))
    found["editions"].update(set(_editions(top)))
    found["statutes"].update(set(_statutes(top)))
    found["is_plan"][str(bool(top.get("is_plan"))),] += 1
    found["municipality"].update(_labels([top.get("municipality") or ""]))
    found["philosophy"].update(_labels([(top.get("philosophy") or "").strip("「」")]))
    found["issuers"].update(_labels(top.get("issuers") or ()))
    found["sdgs"].update({(str(number),) for number in _numbers(top.get("sdgs") or ())})
    for kind, key in (
        ("contained_plans", "title"),
        ("glossary", "term"),
        ("indicators", "label"),
    ):
        found[kind].update(_labels(_named(top.get(kind) or (), key)))
    return found


def _plans(top: Plan) -> Iterator[Plan]:
    yield top
    for other in top.get("other_plans") or ():
        yield from _plans(other)


def _add_measure(found: dict[str, Counter[Thing]], goal: str, measure: Plan) -> None:
    label = search_key(measure["label"])
    found["measures"][goal, label] += 1
    for part in ({"label": ""} | dict(measure), *(measure.get("parts") or ())):
        heading = "" if part.get("parts") is not None else search_key(part["label"])
        if heading:
            found["parts"][label, heading] += 1
        for item in _named(part.get("items") or (), "label"):
            found["items"][label, heading, search_key(item)] += 1
        for activity in part.get("activities") or ():
            wording = search_key(activity["label"])
            found["activities"][label, activity.get("actor") or "", wording] += 1


def _named(values: Iterable[Any], key: str) -> list[str]:
    return [value if isinstance(value, str) else str(value.get(key) or "") for value in values]


def _labels(values: Iterable[str]) -> set[Thing]:
    return {(search_key(value),) for value in values if value}


def _numbers(values: Iterable[Any]) -> Iterator[int]:
    for value in values:
        yield int(value["number"] if isinstance(value, Mapping) else value)


def _period(plan: Plan) -> list[Thing]:
    period = plan.get("period") or {}
    years = (period.get("start_fiscal_year"), period.get("end_fiscal_year"))
    return [tuple(map(str, years))] if any(years) else []


def _editions(plan: Plan) -> Iterator[Thing]:
    edition = plan.get("edition") or ()
    for text in [edition] if isinstance(edition, str) else edition:
        plain = unicodedata.normalize("NFKC", text).translate(KANJI)
        yield from ((number, kind) for number, kind in EDITION.findall(plain))


def _statutes(plan: Plan) -> Iterator[Thing]:
    for statute in plan.get("statutes") or ():
        article = ARTICLE.search(search_key(statute.get("article") or ""))
        yield (search_key(statute["name"]), *(article.groups("") if article else ("", "", "")))
