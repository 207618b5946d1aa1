"""Sets of judged pairs besides the development pairs, each in a folder of ``gold``.

``printed`` and ``fresh`` have titles of real plans, the others are made up. Two take no part in
the choice of settings. The measures are told to the engine as rows of ``measure-features``, so
that handles, scheme and engine are those of the program; only the plans are not its own.
"""

from __future__ import annotations

import csv
import itertools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypedDict

from handles import THEME
from judged import GOLD, JudgedPair, second_curation
from welfaregraph.measures import MAIN, SIDE, TEXT, Feature, Measure
from welfaregraph.measures import THEME as THEME_KIND

if TYPE_CHECKING:
    import welfaregraph

__all__ = [
    "CHOOSING",
    "SETS",
    "recurated",
    "set_labels",
    "set_measures",
    "set_pairs",
    "set_plans",
]

#: Name of the folder → what is in it.
SETS = {
    "wider": "made-up measures",
    "mixed": "made-up plans, two readers",
    "printed": "printed titles",
    "fresh": "printed titles, a second lot",
    "quartets/1": "four made-up plans, first",
    "quartets/2": "four made-up plans, second",
    "quartets/3": "four made-up plans, third",
    "quartets/4": "four made-up plans, fourth (kept from the choice of settings)",
    "quartets/5": "four made-up plans, fifth (kept from the choice of settings)",
}

#: The sets that settings are chosen by.
CHOOSING = [name for name in SETS if name not in {"quartets/4", "quartets/5"}]


class Titled(TypedDict):
    """A measure as ``plans.toml`` has it; themes by slug."""

    id: str
    label: str
    texts: list[str]
    main: list[str]
    side: list[str]


class Printed(TypedDict):
    """A plan as ``plans.toml`` has it."""

    name: str
    measure: list[Titled]


@cache
def _plans(name: str) -> tuple[Printed, ...]:
    with (GOLD / name / "plans.toml").open("rb") as file:
        return tuple(tomllib.load(file)["plan"])


def _measures(name: str) -> Iterator[tuple[str, Titled]]:
    for plan in _plans(name):
        for measure in plan["measure"]:
            yield plan["name"], measure


def set_plans(name: str) -> list[list[str]]:
    """Return the ids of the measures, plan by plan."""
    found: dict[str, list[str]] = {}
    for plan, measure in _measures(name):
        found.setdefault(plan, []).append(measure["id"])
    return list(found.values())


def set_labels(name: str) -> dict[str, str]:
    """Return id → id and title."""
    return {m["id"]: f"{m['id']} {m['label']}" for _, m in _measures(name)}


def _rows(name: str) -> Iterator[dict[str, str | None]]:
    for plan, measure in _measures(name):
        head: dict[str, str | None] = {
            "plan": plan, "planLabel": plan, "family": plan, "measure": measure["id"],
            "measureLabel": measure["label"], "number": measure["id"],
            "bearers": "1", "featureLabel": None,
        }  # fmt: skip
        yield head | {"kind": TEXT, "role": MAIN, "feature": measure["label"]}
        for text in measure["texts"]:
            yield head | {"kind": TEXT, "role": SIDE, "feature": text}
        for role, themes in ((MAIN, measure["main"]), (SIDE, measure["side"])):
            for theme in themes:
                yield head | {"kind": THEME_KIND, "role": role, "feature": f"{THEME}{theme}"}


def set_measures(name: str, graph: welfaregraph.PlanGraph, *, uncurated: bool) -> list[Measure]:
    """Return the measures as the engine takes them."""
    return graph.gathered(list(_rows(name)), uncurated=uncurated)


def set_pairs(name: str) -> list[JudgedPair]:
    """Return every pair of measures of different plans; those not in the file have 0 and 0."""
    with (GOLD / name / "pairs.csv").open(encoding="utf-8", newline="") as file:
        marks = {
            (row["unit_a"], row["unit_b"]): (int(row["judge_a"]), int(row["judge_b"]))
            for row in csv.DictReader(file)
        }
    return [
        JudgedPair(a, b, *marks.get((a, b), (0, 0)))
        for one, other in itertools.combinations(set_plans(name), 2)
        for a, b in itertools.product(one, other)
    ]


def recurated(measures: Iterable[Measure]) -> list[Measure]:
    """Return measures of this graph with the themes of a second curator for those they have."""
    found = []
    for measure in measures:
        others = [feature for feature in measure.features if feature.kind != THEME_KIND]
        themes = [
            Feature(THEME_KIND, f"{THEME}{slug}", slug, role)
            for slug, role in second_curation()[measure.iri].items()
        ]
        found.append(replace(measure, features=(*others, *themes)))
    return found
