"""What drafts are held against: the curated graph for the five sources, fixtures otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import welfaregraph

__all__ = ["FIXTURES", "SOURCES", "Case", "fixture_cases", "source_cases"]

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests/fixtures/documents"
SOURCES = ROOT.parent / "shared/sources"
#: Documents that are read together → the plans in them, the first the main one.
PLANS = {
    ("000", "001", "002"): ("012033/community-welfare-integrated/1",),
    ("003",): ("012301/community-welfare/3", "012301/kizuna/undated"),
    ("004",): ("x-5d769e45/unnamed/undated",),
}
BASE = "https://w3id.org/welfaregraph/id/"


@dataclass(frozen=True)
class Case:
    """Documents of one plan, and what is in them."""

    name: str
    paths: tuple[Path, ...]
    gold: dict[str, Any]


def fixture_cases() -> list[Case]:
    """Return the made-up documents, each with its gold."""
    cases = []
    for path in sorted(FIXTURES.iterdir()):
        gold = path.with_suffix(".gold.json")
        if path != gold and gold.is_file():
            cases.append(Case(path.name, (path,), json.loads(gold.read_text("utf-8"))))
    return cases


def source_cases(graph: welfaregraph.PlanGraph) -> list[Case]:
    """Return the five sources with what the curated graph says of them.

    Only goals, measures, activities and items are held; the graph has its period and edition
    from the same documents, its statutes from more than them.
    """
    return [
        Case(
            "+".join(numbers),
            tuple(path for number in numbers for path in sorted(SOURCES.glob(f"{number}_*"))),
            _plan(graph, plans[0])
            | {"other_plans": [_plan(graph, other) for other in plans[1:]]},
        )
        for numbers, plans in PLANS.items()
    ]


def _plan(graph: welfaregraph.PlanGraph, name: str) -> dict[str, Any]:
    iri = BASE + name
    goals: dict[str, dict[str, Any]] = {}
    for row in graph.ask("goals", plan=iri):
        number = row["number"] or ""
        goals[row["goal"]] = {"number": number, "label": row["goalLabel"], "measures": []}
    measures: dict[str, dict[str, Any]] = {}
    unplaced = []
    for row in graph.ask("measures", plan=iri):
        measure = {"number": row["number"] or "", "label": row["measureLabel"]}
        measures[row["measure"]] = measure | {"parts": [], "items": [], "activities": []}
        home = goals[row["goal"]]["measures"] if row["goal"] in goals else unplaced
        home.append(measures[row["measure"]])
    for part, activity in _activities(graph, iri, measures):
        home = part["activities"] if activity.get("actor") else part["items"]
        home.append(activity)
    [held] = [row for row in graph.ask("plans") if row["plan"] == iri]
    return {
        "goals": list(goals.values()),
        "unplaced_measures": unplaced,
        "edition": held["edition"] or "",
        "period": _period(held["start"], held["end"]),
        "is_plan": True,
    }


def _activities(
    graph: welfaregraph.PlanGraph, plan: str, measures: dict[str, dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each activity with the measure or the part that it stands in."""
    parts: dict[str, dict[str, Any]] = {}
    wholes = {
        row["part"]: (row["whole"], row["label"])
        for row in graph.sparql(PARTS.format(plan=plan))
    }
    for row in graph.ask("activities", plan=plan):
        home = measures.get(row["measure"])
        if home is None:
            whole, label = wholes[row["measure"]]
            if row["measure"] not in parts:
                parts[row["measure"]] = {"number": "", "label": label, "items": []}
                measures[whole]["parts"].append(parts[row["measure"]])
            home = parts[row["measure"]]
        actor = (row["actorKind"] or "").rpartition("/")[2]
        yield home, {"actor": actor, "label": row["activityLabel"]}


PARTS = """
PREFIX wg: <https://w3id.org/welfaregraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?part ?whole ?label WHERE {{
  ?part wg:inPlan <{plan}> ; wg:isPartOfMeasure ?whole ; rdfs:label ?label .
}}
"""


def _period(start: str | None, end: str | None) -> dict[str, int] | None:
    if not start or not end:
        return None
    return {"start_fiscal_year": int(start[:4]), "end_fiscal_year": int(end[:4]) - 1}
