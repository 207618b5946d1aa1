"""The stable JSON form of a draft, described by ``docs/draft.schema.json``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from welfaregraph.documents import Document
from welfaregraph.draft.found import Draft, Entry, Found, Goal, Measure, Part

__all__ = ["as_json"]

#: Below this a person must look.
SURE = 0.7


def as_json(draft: Draft, documents: Sequence[Document], *, reason: str = "") -> dict[str, Any]:
    """Return a draft as JSON: values, and beside them their evidence in the same shape.

    :param documents: those it was drafted from, in their order
    :param reason: in words, why it is no plan
    """
    values = _values(draft)
    values["is_plan"] = draft.is_plan
    values["reason"] = reason
    values["documents"] = [
        {"name": each.name, "sha256": each.sha256, "lines": len(each.lines)}
        for each in documents
    ]
    values["evidence"] = _evidence(draft)
    return values


def _values(draft: Draft) -> dict[str, Any]:
    period = draft.period
    return {
        "municipality": _text(draft.municipality),
        "plan_title": _text(draft.plan_title),
        "component_plans": _texts(draft.component_plans),
        "edition": _texts(draft.edition)
        if len(draft.edition) > 1
        else "".join(_texts(draft.edition)),
        "period": {
            "label": period.label.text,
            "start_fiscal_year": period.start_fiscal_year,
            "end_fiscal_year": period.end_fiscal_year,
        }
        if period
        else None,
        "philosophy": _text(draft.philosophy),
        "vision": _text(draft.vision),
        "goals": [_goal(goal) for goal in draft.goals],
        "unplaced_measures": [_measure(measure) for measure in draft.unplaced_measures],
        "other_plans": [_values(other) for other in draft.other_plans],
        "indicators": [_entry(entry) for entry in draft.indicators],
        "roles": [_entry(entry) for entry in draft.roles],
        "statutes": [{"name": s.name.text, "article": s.article} for s in draft.statutes],
        "contained_plans": _texts(draft.contained_plans),
        "related_plans": [
            {"title": r.title.text, "relation": r.relation} for r in draft.related_plans
        ],
        "sdgs": [{"number": sdg.number, "label": sdg.name.text} for sdg in draft.sdgs],
        "glossary": [{"term": e.name.text, "text": e.text} for e in draft.glossary],
        "review": _text(draft.review),
        "issuers": _texts(draft.issuers),
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "number": goal.number,
        "label": goal.label.text,
        "wordings": _texts(goal.wordings),
        "measures": [_measure(measure) for measure in goal.measures],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "number": measure.number,
        "label": measure.label.text,
        "wordings": _texts(measure.wordings),
        "parts": [_part(part) for part in measure.parts],
        "items": _texts(measure.items),
        "activities": [
            {"actor": a.actor, "category": a.category, "label": a.label.text}
            for a in measure.activities
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"number": part.number, "label": part.label.text, "items": _texts(part.items)}


def _entry(entry: Entry) -> dict[str, str]:
    return {"label": entry.name.text, "text": entry.text}


def _text(found: Found | None) -> str:
    return found.text if found else ""


def _texts(found: Iterable[Found]) -> list[str]:
    return [each.text for each in found]


def _evidence(draft: Draft) -> dict[str, Any]:
    single = {
        "municipality": draft.municipality,
        "plan_title": draft.plan_title,
        "period": draft.period.label if draft.period else None,
        "philosophy": draft.philosophy,
        "vision": draft.vision,
        "review": draft.review,
    }
    several: dict[str, Sequence[Found]] = {
        "component_plans": draft.component_plans,
        "edition": draft.edition,
        "indicators": [entry.name for entry in draft.indicators],
        "roles": [entry.name for entry in draft.roles],
        "statutes": [statute.name for statute in draft.statutes],
        "contained_plans": draft.contained_plans,
        "related_plans": [related.title for related in draft.related_plans],
        "sdgs": [sdg.name for sdg in draft.sdgs],
        "glossary": [entry.name for entry in draft.glossary],
        "issuers": draft.issuers,
    }
    return {
        **{name: _place(found) if found else None for name, found in single.items()},
        **{name: [_place(each) for each in found] for name, found in several.items()},
        "goals": [
            {
                "label": _place(goal.label),
                "wordings": [_place(each) for each in goal.wordings],
                "measures": [_measure_evidence(measure) for measure in goal.measures],
            }
            for goal in draft.goals
        ],
        "unplaced_measures": [_measure_evidence(m) for m in draft.unplaced_measures],
        "other_plans": [_evidence(other) for other in draft.other_plans],
    }


def _measure_evidence(measure: Measure) -> dict[str, Any]:
    return {
        "label": _place(measure.label),
        "wordings": [_place(each) for each in measure.wordings],
        "parts": [
            {"label": _place(part.label), "items": [_place(item) for item in part.items]}
            for part in measure.parts
        ],
        "items": [_place(item) for item in measure.items],
        "activities": [_place(activity.label) for activity in measure.activities],
    }


def _place(found: Found) -> dict[str, Any]:
    return {
        "document": found.place.document,
        "line": found.place.first,
        "last_line": found.place.last,
        "recogniser": found.recogniser,
        "confidence": round(found.confidence, 2),
        "unsure": found.confidence < SURE,
    }
