"""Whether a document is a plan of welfare at all."""

from __future__ import annotations

from collections.abc import Sequence

from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table

__all__ = ["no_plan_because"]

#: So many different words of another kind of document outweigh a plan's name.
LEAST_CUES = 3
#: Kinds of documents that speak of a plan and its period without being one.
DECISIVE = ("minutes", "ordinance")
#: Words of planning for each thousand characters of a part of a plan without structure.
LEAST_SPEAKING = 6.0
#: Words of welfare for each thousand characters of a plan of welfare.
LEAST_WELFARE = 1.0


def no_plan_because(
    readings: Sequence[Reading],
    *,
    has_goals: bool,
    has_measures: bool,
    has_title: bool,
    has_facts: bool,
) -> str:
    """Return why the documents are no plan of welfare; empty if they are one.

    :param has_facts: whether they state a period, a philosophy or a basis of a plan
    """
    text = "\n".join(reading.text for reading in readings)
    words = table("facts")["not-a-plan"]
    welfare = sum(text.count(word) for word in words["welfare"])
    if welfare < LEAST_WELFARE * len(text) / 1000 or not welfare:
        return "other-field" if has_goals or has_title else "no-welfare"
    cues = {
        kind: sum(word in text for word in words[kind]) for kind in words if kind != "welfare"
    }
    kind: str = max(cues, key=lambda each: cues[each])
    structured = has_goals and has_measures
    if cues[kind] >= LEAST_CUES and not structured:
        decisive = kind in DECISIVE and cues[kind] > LEAST_CUES
        if decisive or not (has_facts and has_title):
            return kind
    speaks = sum(text.count(word) for word in table("facts")["plan"]["speaks"])
    if not (has_goals or has_measures or has_title or has_facts):
        return "" if speaks >= LEAST_SPEAKING * len(text) / 1000 else "no-structure"
    return ""
