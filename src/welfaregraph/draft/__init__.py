"""From the lines of a plan document to a draft of the plan.

Each value carries its lines, the recogniser that found it and a confidence. What the document
does not print stays empty. Nothing here knows a municipality.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from welfaregraph.documents import Document
from welfaregraph.draft import details, ideals
from welfaregraph.draft.assembly import Structure, assembled
from welfaregraph.draft.contained import contained_plans
from welfaregraph.draft.found import Draft, Related
from welfaregraph.draft.glossary import glossary_of
from welfaregraph.draft.grouping import grouped
from welfaregraph.draft.indicators import indicators_of
from welfaregraph.draft.issuers import issuers_of
from welfaregraph.draft.nature import no_plan_because
from welfaregraph.draft.periods import period_of
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.related import related_plans
from welfaregraph.draft.statutes import statutes_of
from welfaregraph.draft.titles import title_of_plan
from welfaregraph.draft.walk import Walk

__all__ = ["Draft", "draft_plan"]

#: Told while drafting: documents done, and how many there are.
Step = Callable[[int, int], None]


def draft_plan(documents: Sequence[Document], *, step: Step | None = None) -> Draft:
    """Draft the plan that one or several documents print.

    :param documents: of one plan; where they differ, the first has the word and the others'
        wordings are kept
    :param step: told after each document
    :returns: the plan as far as it could be read; ``is_plan`` is false where it is none;
        documents of another plan of the same municipality are among its ``other_plans``
    :raises InputError: the documents name different municipalities, or different editions

    >>> from welfaregraph.documents import Document, Line
    >>> text = ["基本目標１　つながる", "施策１　見守り", "【市民】", "・声かけ"]
    >>> lines = tuple(Line(n, line) for n, line in enumerate(text, 1))
    >>> plan = draft_plan([Document("a.txt", "0" * 64, "", lines)])
    >>> plan.goals[0].measures[0].activities[0].label.text
    '声かけ'
    """
    readings, roots = [], {}
    for number, document in enumerate(documents):
        reading = Reading(document, number)
        readings.append(reading)
        roots[number] = Walk(reading.blocks).run()
        if step:
            step(number + 1, len(documents))
    drafts = [
        _drafted(group, assembled([root for r in group for root in roots[r.number]]))
        for group in grouped(readings)
    ]
    main = next((each for each in drafts if each.is_plan), drafts[0])
    further = tuple(each for each in drafts if each.is_plan and each is not main)
    return replace(main, other_plans=(*main.other_plans, *further)) if further else main


def _drafted(group: Sequence[Reading], structures: Sequence[Structure]) -> Draft:
    documents = tuple(reading.number for reading in group)
    return replace(_plan(group, structures), documents=documents)


def _plan(readings: Sequence[Reading], structures: Sequence[Structure]) -> Draft:
    main = structures[0] if structures else Structure((), ())
    title = title_of_plan(readings)
    own = [f.text for f in (title.title, *title.components) if f]
    period = period_of(readings, [*own, *(f.text for f in title.editions)])
    philosophy = ideals.philosophy_of(readings)
    contained = contained_plans(readings, title)
    statutes = statutes_of(readings, title, contained)
    measures = [m for goal in main.goals for m in goal.measures] + list(main.unplaced)
    related = related_plans(readings, title, contained)
    reason = no_plan_because(
        readings,
        has_goals=bool(main.goals),
        has_measures=bool(measures),
        has_title=title.title is not None,
        has_facts=bool(period or philosophy or statutes),
    )
    if reason:
        return Draft(
            is_plan=False, reason=reason, municipality=title.municipality,
            issuers=issuers_of(readings, title),
        )  # fmt: skip
    return Draft(
        municipality=title.municipality,
        plan_title=title.title,
        component_plans=title.components,
        edition=title.editions,
        period=period,
        philosophy=philosophy,
        vision=ideals.vision_of(readings),
        goals=main.goals,
        unplaced_measures=main.unplaced,
        other_plans=_others(structures[1:], related),
        indicators=indicators_of(readings),
        roles=details.roles_of(readings),
        statutes=statutes,
        contained_plans=contained,
        related_plans=related,
        sdgs=details.sdgs_of(readings),
        glossary=glossary_of(readings),
        review=details.review_of(readings),
        issuers=issuers_of(readings, title),
    )


def _others(structures: Sequence[Structure], related: Sequence[Related]) -> tuple[Draft, ...]:
    """Return further plans; a single one is the council's plan where one such is named."""
    named = [each.title for each in related if each.relation == "council"]
    title = named[0] if len(structures) == 1 and len(named) == 1 else None
    parts = (title,) if title else ()
    return tuple(
        Draft(
            goals=s.goals, unplaced_measures=s.unplaced, plan_title=title, component_plans=parts
        )
        for s in structures
    )
