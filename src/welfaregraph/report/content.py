"""What a reader of several plans is told: overlaps, gaps, findings and tables, with sources.

Pure: a graph in, a :class:`Report` out. How it looks stands in ``page`` and ``book``, its words
in ``messages/*/report.toml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from welfaregraph.measures import THEME
from welfaregraph.network import analysed
from welfaregraph.projection import narrowed, of_measures
from welfaregraph.reason_words import Rarity
from welfaregraph.report.grids import (
    Grid,
    actor_measures,
    measure_pairs,
    plan_themes,
    strongest,
)
from welfaregraph.report.places import Place, Places
from welfaregraph.themes import Ladder

if TYPE_CHECKING:
    from welfaregraph.checks import Issue
    from welfaregraph.gaps import Gap
    from welfaregraph.measures import Measure
    from welfaregraph.network import Analysis
    from welfaregraph.overlap import Overlap
    from welfaregraph.plangraph import PlanGraph
    from welfaregraph.store import Row

__all__ = ["STEPS", "Document", "Flaw", "Grid", "Lack", "Pair", "Plan", "Report", "Side",
           "report_on"]  # fmt: skip

#: What :func:`report_on` does one after another, for a progress bar.
STEPS = ("plans", "overlaps", "gaps", "findings", "tables")
#: Findings from this severity up are listed, the others counted.
LISTED = ("error", "warning")
#: Tables of one kind, at most.
MOST_GRIDS = 12


@dataclass(frozen=True)
class Document:
    """A document held, numbered as the rows cite it."""

    number: int  #: from 1
    iri: str
    title: str
    issuers: str
    scope: str  #: which part is held
    left_out: str
    sha256: str
    plans: tuple[str, ...]  #: labels of the plans it is of or quotes
    quoted: bool  #: whether it only quotes one of them


@dataclass(frozen=True)
class Plan:
    """A plan compared, and what is held of it."""

    iri: str
    label: str
    area: str
    issuers: str
    start: str  #: first day, ISO 8601, or nothing
    end: str  #: last day, ISO 8601, or nothing
    goals: int
    measures: int  #: those that are part of no other
    parts: int  #: sub-headings: measures that are part of one
    activities: int
    documents: tuple[int, ...]  #: their numbers
    is_asked: bool  #: whether the report is about it, or only compares with it


@dataclass(frozen=True)
class Side:
    """A measure of a pair."""

    measure: Measure
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Pair:
    """Two measures that do the same work."""

    rank: int  #: from 1
    overlap: Overlap
    a: Side
    b: Side


@dataclass(frozen=True)
class Lack:
    """A gap with what was searched for it."""

    gap: Gap
    places: tuple[Place, ...]  #: of the element it is about; of its plan: its documents
    searched: tuple[int, ...]  #: numbers of the documents searched
    nearest_places: tuple[Place, ...]
    hit_places: tuple[tuple[Place, ...], ...] = ()  #: of each hit of the search


@dataclass(frozen=True)
class Flaw:
    """What a check found, with its place."""

    issue: Issue
    plan_label: str
    place: Place


@dataclass(frozen=True)
class Report:
    """Everything that both the page and the workbook show."""

    language: str
    on: str  #: the day that counted as today, ISO 8601
    plans: tuple[Plan, ...]
    documents: tuple[Document, ...]
    pairs: tuple[Pair, ...]  #: the strongest first
    lacks: tuple[Lack, ...]  #: the gravest first
    findings: tuple[Flaw, ...]  #: warnings and errors
    counted: Mapping[str, int]  #: severity → findings, the listed ones too
    grids: tuple[Grid, ...]
    network: Analysis  #: of the measures, tied by the scores of their overlaps
    grids_left_out: int = 0  #: tables that did not find room, the weakest
    rarity: Rarity = field(default_factory=Rarity)  #: of themes, among all measures held
    is_uncurated: bool = False  #: whether themes were suggested from the texts
    unthemed: tuple[str, ...] = ()  #: labels of plans none of whose measures has a theme

    @property
    def asked(self) -> tuple[Plan, ...]:
        """The plans that the report is about."""
        return tuple(plan for plan in self.plans if plan.is_asked)


def _ignored(_: str) -> None:
    pass


def report_on(
    graph: PlanGraph,
    *plans: str,
    on: str,
    language: str,
    uncurated: bool = False,
    step: Callable[[str], None] = _ignored,
) -> Report:
    """Gather a report on plans.

    :param plans: IRIs; of one its overlaps with all others, of several those between them, of
        none those between all that are held
    :param on: the day that counts as today, ISO 8601
    :param uncurated: overlaps and themes as the texts suggest them, not as curated
    :param step: told each of ``STEPS`` as it begins
    """
    values: dict[str, Any] = {"on": on, "lang": language}
    step("plans")
    documents, numbers = _documents(graph.ask("documents", **values).rows(), graph, values)
    compared = _plans(graph, plans, numbers, values)
    places = Places(graph.ask("sources", **values).rows(), {d.iri: d.number for d in documents})
    step("overlaps")
    held = {plan.iri for plan in compared}
    known = graph.measures(uncurated=uncurated, **values)
    measures = [measure for measure in known if measure.plan in held]
    found = graph.overlaps(*plans, uncurated=uncurated, measures=known, **values)
    pairs = tuple(_pairs(found, places))
    step("gaps")
    lacks = tuple(_lacks(graph.gaps(*plans, **values), compared, places))
    step("findings")
    issues = _findings_of(graph, compared, on=on)
    step("tables")
    grids, left_out = strongest([*_grids(graph, compared, measures, pairs, values)], MOST_GRIDS)
    kept = {document for plan in compared for document in plan.documents}
    return Report(
        language=language,
        on=on,
        plans=compared,
        documents=tuple(d for d in documents if d.number in kept),
        pairs=pairs,
        lacks=lacks,
        findings=tuple(_findings(issues, compared, documents)),
        counted=Counter(issue.severity for issue in issues),
        grids=grids,
        network=analysed(narrowed(of_measures(measures, found), plans)),
        grids_left_out=left_out,
        rarity=Rarity.among(known),
        is_uncurated=uncurated,
        unthemed=() if uncurated else _unthemed(compared, measures),
    )


def _unthemed(plans: Iterable[Plan], measures: Iterable[Measure]) -> tuple[str, ...]:
    """Return the labels of plans that have measures, and no theme on any of them."""
    themed: defaultdict[str, bool] = defaultdict(bool)
    for measure in measures:
        themed[measure.plan] |= any(feature.kind == THEME for feature in measure.features)
    return tuple(plan.label for plan in plans if not themed.get(plan.iri, True))


def _documents(
    rows: Sequence[Row], graph: PlanGraph, values: Mapping[str, str]
) -> tuple[list[Document], dict[str, tuple[int, ...]]]:
    """Give the documents numbers, in the order of their plans.

    :returns: the documents, and plan IRI → numbers of its documents
    """
    labels = {row["plan"]: row["planLabel"] or "" for row in graph.plans(**values)}
    by_document: defaultdict[str, list[Row]] = defaultdict(list)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_document[row["document"] or ""].append(row)
    found = []
    for number, (iri, same) in enumerate(by_document.items(), 1):
        first = same[0]
        for row in same:
            if number not in numbers[row["plan"] or ""]:
                numbers[row["plan"] or ""].append(number)
        found.append(
            Document(
                number=number,
                iri=iri,
                title=first["documentTitle"] or iri,
                issuers=first["issuers"] or "",
                scope=first["scope"] or "",
                left_out=first["note"] or "",
                sha256=first["sha256"] or "",
                plans=tuple(dict.fromkeys(labels.get(row["plan"], "") for row in same)),
                quoted=all(row["manner"] == "quotation" for row in same),
            )
        )
    return found, {plan: tuple(of_plan) for plan, of_plan in numbers.items()}


def _plans(
    graph: PlanGraph,
    asked: Sequence[str],
    documents: Mapping[str, tuple[int, ...]],
    values: Mapping[str, str],
) -> tuple[Plan, ...]:
    """Return the plans that are compared: those asked for, and with one all others."""
    more: dict[str | None, Row] = {}
    for row in graph.ask("plans", **values).rows():
        more.setdefault(row["plan"], row)
    found = []
    for row in graph.plans(**values):
        iri = row["plan"] or ""
        is_asked = not asked or iri in asked
        if not is_asked and len(set(asked)) > 1:
            continue
        head = more.get(iri, {})
        found.append(
            Plan(
                iri=iri,
                label=row["planLabel"] or iri,
                area=head.get("areaLabel") or "",
                issuers=head.get("issuers") or "",
                start=head.get("start") or "",
                end=head.get("end") or "",
                goals=int(row["goals"] or 0),
                measures=int(row["measures"] or 0),
                parts=int(row["parts"] or 0),
                activities=int(row["activities"] or 0),
                documents=documents.get(iri, ()),
                is_asked=is_asked,
            )
        )
    return tuple(found)


def _pairs(overlaps: Iterable[Overlap], places: Places) -> Iterable[Pair]:
    for rank, pair in enumerate(overlaps, 1):
        a, b = (Side(measure, places.of(measure.iri)) for measure in (pair.a, pair.b))
        yield Pair(rank, pair, a, b)


def _findings_of(graph: PlanGraph, plans: Sequence[Plan], *, on: str) -> list[Issue]:
    """Return what is found about the plans asked for; about all, what is of no plan too."""
    wanted = [plan.iri for plan in plans if plan.is_asked]
    return [
        issue
        for issue in graph.check(on=on)
        if len(wanted) == len(plans) == len(graph.plans()) or _is_about(issue, wanted)
    ]


def _lacks(gaps: Iterable[Gap], plans: Iterable[Plan], places: Places) -> Iterable[Lack]:
    documents = {plan.iri: plan.documents for plan in plans}
    for gap in gaps:
        yield _lack(gap, places, documents.get(gap.plan, ()))


def _lack(gap: Gap, places: Places, documents: Sequence[int]) -> Lack:
    whole = tuple(Place(number) for number in documents)
    searched = {places.numbers.get(iri, 0) for iri, _ in gap.searched.documents}
    return Lack(
        gap=gap,
        places=whole if gap.subject == gap.plan else places.of(gap.subject) or whole,
        searched=tuple(sorted(searched - {0})) or tuple(documents),
        nearest_places=places.of(gap.nearest) if gap.nearest else (),
        hit_places=tuple(places.of(hit.element) for hit in gap.searched.hits),
    )


def _is_about(issue: Issue, plans: Iterable[str]) -> bool:
    """Tell whether a finding is of one of these plans, by its plan or its IRI."""
    return any(
        plan in (issue.plan, issue.focus) or issue.focus.startswith((f"{plan}/", f"{plan}#"))
        for plan in plans
    )


def _findings(
    issues: Iterable[Issue], plans: Iterable[Plan], documents: Iterable[Document]
) -> Iterable[Flaw]:
    labels = {plan.iri: plan.label for plan in plans}
    numbers = {document.title: document.number for document in documents}
    for issue in issues:
        if issue.severity not in LISTED:
            continue
        of_plan = [label for iri, label in labels.items() if _is_about(issue, (iri,))]
        at = issue.location
        number = numbers.get(at.document, 0)
        title = "" if number else at.document
        yield Flaw(issue, (of_plan or [""])[0], Place(number, at.locator, title))


def _grids(
    graph: PlanGraph,
    plans: Sequence[Plan],
    measures: Sequence[Measure],
    pairs: Sequence[Pair],
    values: Mapping[str, str],
) -> Iterable[Grid]:
    ladder = Ladder.of(graph.ask("theme-ladder", **values).rows())
    yield plan_themes({plan.iri: plan.label for plan in plans}, measures, ladder)
    outlines = [row for plan in plans for row in graph.ask("outline", plan=plan.iri)]
    places = {str(row["element"]): at for at, row in enumerate(outlines)}
    yield from measure_pairs(measures, [pair.overlap for pair in pairs], places)
    kinds = {
        str(row["kind"]): row["kindLabel"] or ""
        for row in graph.ask("activities-per-actor-kind", **values).rows()
        if row["kind"]
    }
    rows = graph.ask("activities", **values).rows()
    for plan in plans:
        of_plan = [row for row in rows if row["plan"] == plan.iri and row["actorKind"]]
        if plan.is_asked and of_plan:
            yield actor_measures(plan.label, of_plan, kinds)
