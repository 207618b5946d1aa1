"""Whether a document is a plan of welfare at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import unspaced

__all__ = ["no_plan_because"]

#: So many different words of another kind of document outweigh a plan's name.
LEAST_CUES = 3
#: So often they stand in each thousand characters: a plan may hold a by-law or a survey.
LEAST_SAID = 6.0
#: Fewer are enough where the first lines say what the document is.
LEAST_BELOW_TITLE = 2
#: Lines on which a document says what it is.
TITLE_LINES = 5
#: Kinds of documents that speak of a plan and its period without being one.
DECISIVE = ("minutes", "ordinance", "opinions")
#: Kinds that may quote a plan so fully that the quotation is worth drafting.
QUOTING = ("opinions", "newsletter", "report")
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
    structured = has_goals and has_measures
    kind = _other_kind(readings, text, structured=structured)
    if kind and (kind.entitled or kind.decisive or not (has_facts and has_title)):
        return kind.name
    speaks = sum(text.count(word) for word in table("facts")["plan"]["speaks"])
    if not (has_goals or has_measures or has_title or has_facts):
        return "" if speaks >= LEAST_SPEAKING * len(text) / 1000 else "no-structure"
    return ""


@dataclass(frozen=True)
class _Kind:
    """Another kind of document."""

    name: str  #: a key of the messages ``draft.no-plan.*``
    entitled: bool  #: whether its first lines say so
    decisive: bool  #: whether its words weigh more than what it says of a plan


def _other_kind(readings: Sequence[Reading], text: str, *, structured: bool) -> _Kind | None:
    """Return what else the documents are by their titles, or by their words."""
    words = {k: v for k, v in table("facts")["not-a-plan"].items() if k != "welfare"}
    cues = {kind: sum(word in text for word in words[kind]) for kind in words}
    titles = [line for reading in readings for line in _titles(reading)]
    for kind, forms in table("facts")["not-a-plan-titles"].items():
        said = any(re.search("|".join(forms), title) for title in titles)
        if said and cues[kind] >= LEAST_BELOW_TITLE and not (structured and kind in QUOTING):
            return _Kind(kind, entitled=True, decisive=True)
    most = max(cues, key=lambda each: cues[each])
    often = sum(text.count(word) for word in words[most]) * 1000 / len(text)
    if cues[most] < LEAST_CUES or structured or often < LEAST_SAID:
        return None
    decisive = most in DECISIVE and cues[most] > LEAST_CUES
    return _Kind(most, entitled=False, decisive=decisive)


def _titles(reading: Reading) -> Iterator[str]:
    """Yield the first lines without number and the headings of the first level."""
    for n, block in enumerate(reading.lines):
        chapter = block.mark is not None and bool(block.mark.numbers)
        if (n < TITLE_LINES or block.heading == 1) and not (chapter or block.is_sentence):
            yield unspaced(block.text).strip()
