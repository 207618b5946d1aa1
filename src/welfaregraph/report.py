"""What a reader of several plans is told: overlaps, gaps, findings and tables, with sources.

Pure: a graph in, a :class:`Report` out. How it looks stands in ``report_page`` and
``report_book``, its words in ``messages/*/report.toml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from welfaregraph.report_evidence import Evidence, Place, Places, Searched
from welfaregraph.themes import Ladder

if TYPE_CHECKING:
    from welfaregraph.checks import Issue
    from welfaregraph.gaps import Gap
    from welfaregraph.overlap import Measure, Overlap
    from welfaregraph.plangraph import PlanGraph
    from welfaregraph.store import Row

__all__ = ["STEPS", "Document", "Finding", "Grid", "Lack", "Pair", "Plan", "Report", "Side",
           "report_on"]  # fmt: skip

#: What :func:`report_on` does one after another, for a progress bar.
STEPS = ("plans", "overlaps", "gaps", "findings", "tables")
#: Findings from this severity up are listed, the others counted.
LISTED = ("error", "warning")
#: Rows and columns of a table of measures, at most: the strongest.
LARGEST = 40
#: (row, column) → value.
Cells = Mapping[tuple[int, int], float]


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
    measures: int  #: leaf measures
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
    searched: Searched
    nearest_places: tuple[Place, ...]


@dataclass(frozen=True)
class Finding:
    """What a check found, with its place."""

    issue: Issue
    plan_label: str
    place: Place


@dataclass(frozen=True)
class Grid:
    """A table of numbers: a heat map, or a matrix of counts."""

    kind: str  #: plan-theme, measure-measure or actor-measure
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Cells  #: (row, column) → count or score; absent where there is none
    names: tuple[str, ...] = ()  #: labels of the plans it is about
    left_out: int = 0  #: rows and columns that did not fit


@dataclass(frozen=True)
class Report:
    """Everything that both the page and the workbook show."""

    language: str
    on: str  #: the day that counted as today, ISO 8601
    plans: tuple[Plan, ...]
    documents: tuple[Document, ...]
    pairs: tuple[Pair, ...]  #: the strongest first
    lacks: tuple[Lack, ...]  #: the gravest first
    findings: tuple[Finding, ...]  #: warnings and errors
    counted: Mapping[str, int]  #: severity → findings, the listed ones too
    grids: tuple[Grid, ...]

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
    step: Callable[[str], None] = _ignored,
) -> Report:
    """Gather a report on plans.

    :param plans: IRIs; of one its overlaps with all others, of several those between them, of
        none those between all that are held
    :param on: the day that counts as today, ISO 8601
    :param step: told each of ``STEPS`` as it begins
    """
    values: dict[str, Any] = {"on": on, "lang": language}
    step("plans")
    documents, numbers = _documents(graph.ask("documents", **values).rows(), graph, values)
    compared = _plans(graph, plans, numbers, values)
    wanted = {plan.iri for plan in compared if plan.is_asked}
    places = Places(graph.ask("sources", **values).rows(), {d.iri: d.number for d in documents})
    step("overlaps")
    measures = [m for m in graph.measures(**values) if m.plan in {p.iri for p in compared}]
    pairs = tuple(
        Pair(rank, pair, *(Side(m, places.of(m.iri)) for m in (pair.a, pair.b)))
        for rank, pair in enumerate(graph.overlaps(*plans, **values), 1)
    )
    step("gaps")
    evidence = Evidence(
        graph.ask("silences", **values).rows(), graph.ask("theme-handles").rows(), measures,
        places,
    )  # fmt: skip
    by_plan = {plan.iri: plan.documents for plan in compared}
    lacks = tuple(
        _lack(gap, evidence, places, by_plan.get(gap.plan, ()))
        for gap in graph.gaps(*plans, **values)
    )
    step("findings")
    issues = [i for i in graph.check(on=on) if not plans or _is_about(i, wanted)]
    step("tables")
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
        grids=tuple(_grids(graph, compared, measures, pairs, values)),
    )


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
                measures=int(row["leafMeasures"] or 0),
                activities=int(row["activities"] or 0),
                documents=documents.get(iri, ()),
                is_asked=is_asked,
            )
        )
    return tuple(found)


def _lack(gap: Gap, evidence: Evidence, places: Places, documents: Sequence[int]) -> Lack:
    whole = tuple(Place(number) for number in documents)
    return Lack(
        gap=gap,
        places=whole if gap.subject == gap.plan else places.of(gap.subject) or whole,
        searched=evidence.of(gap, documents),
        nearest_places=places.of(gap.nearest) if gap.nearest else (),
    )


def _is_about(issue: Issue, plans: Iterable[str]) -> bool:
    """Tell whether a finding is of one of these plans, by its plan or its IRI."""
    return any(
        plan in (issue.plan, issue.focus) or issue.focus.startswith((f"{plan}/", f"{plan}#"))
        for plan in plans
    )


def _findings(
    issues: Iterable[Issue], plans: Iterable[Plan], documents: Iterable[Document]
) -> Iterable[Finding]:
    labels = {plan.iri: plan.label for plan in plans}
    numbers = {document.title: document.number for document in documents}
    for issue in issues:
        if issue.severity not in LISTED:
            continue
        of_plan = [label for iri, label in labels.items() if _is_about(issue, (iri,))]
        at = issue.location
        number = numbers.get(at.document, 0)
        title = "" if number else at.document
        yield Finding(issue, (of_plan or [""])[0], Place(number, at.locator, title))


def _grids(
    graph: PlanGraph,
    plans: Sequence[Plan],
    measures: Sequence[Measure],
    pairs: Sequence[Pair],
    values: Mapping[str, str],
) -> Iterable[Grid]:
    ladder = Ladder.of(graph.ask("theme-ladder", **values).rows())
    yield plan_themes(plans, measures, ladder)
    yield from measure_pairs(measures, pairs)
    kinds = {
        str(row["kind"]): row["kindLabel"] or ""
        for row in graph.ask("activities-per-actor-kind", **values).rows()
        if row["kind"]
    }
    rows = graph.ask("activities", **values).rows()
    for plan in plans:
        of_plan = [row for row in rows if row["plan"] == plan.iri and row["actorKind"]]
        if plan.is_asked and of_plan:
            yield actor_measures(plan, of_plan, kinds)


def plan_themes(plans: Sequence[Plan], measures: Iterable[Measure], ladder: Ladder) -> Grid:
    """Count, theme by theme of the first level, the measures of each plan that address it.

    A measure counts once for a theme of the first level, whatever it addresses below it.
    """
    columns = {plan.iri: at for at, plan in enumerate(plans)}
    counts: Counter[tuple[str, int]] = Counter()
    for measure in measures:
        own = (f.iri for f in measure.features if f.kind == "theme")
        for top in {top for theme in own for top in tops(theme, ladder)}:
            counts[top, columns[measure.plan]] += 1
    weight = Counter({top: 0 for top, _ in counts})
    for (top, _), count in counts.items():
        weight[top] += count
    order = sorted(weight, key=lambda top: (-weight[top], top))
    return Grid(
        kind="plan-theme",
        rows=tuple(ladder.labels.get(top, top) for top in order),
        columns=tuple(plan.label for plan in plans),
        values={(order.index(top), column): float(n) for (top, column), n in counts.items()},
    )


def tops(theme: str, ladder: Ladder) -> set[str]:
    """Return the themes above which there is none, from a theme upwards.

    >>> tops("snow", Ladder({}, {"snow": ("living",), "living": ("life",)}))
    {'life'}
    """
    edge, found, seen = [theme], set(), {theme}
    while edge:
        at = edge.pop()
        above = ladder.broader.get(at, ())
        if not above:
            found.add(at)
        edge.extend(up for up in above if up not in seen)
        seen.update(above)
    return found


def measure_pairs(measures: Iterable[Measure], pairs: Iterable[Pair]) -> Iterable[Grid]:
    """Return one table of scores for each two plans that overlap, the measures in order."""
    scores: defaultdict[tuple[str, str], dict[tuple[str, str], float]] = defaultdict(dict)
    for pair in pairs:
        a, b = pair.overlap.a, pair.overlap.b
        scores[a.plan, b.plan][a.iri, b.iri] = pair.overlap.score
    of_plan: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        of_plan[measure.plan].append(measure)
    for plans, found in sorted(scores.items()):
        best: dict[str, float] = {}
        for ends, score in found.items():
            for iri in ends:
                best[iri] = max(best.get(iri, 0.0), score)
        sides = [_strongest(of_plan[plan], best) for plan in plans]
        at = [{m.iri: i for i, m in enumerate(side)} for side in sides]
        yield Grid(
            kind="measure-measure",
            rows=tuple(numbered(m) for m in sides[0]),
            columns=tuple(numbered(m) for m in sides[1]),
            values={
                (at[0][a], at[1][b]): score
                for (a, b), score in found.items()
                if a in at[0] and b in at[1]
            },
            names=tuple(of_plan[plan][0].plan_label for plan in plans),
            left_out=sum(len(of_plan[plan]) for plan in plans) - sum(map(len, sides)),
        )


def _strongest(measures: Sequence[Measure], best: Mapping[str, float]) -> list[Measure]:
    ranked = sorted(measures, key=lambda m: (-best.get(m.iri, 0.0), m.iri))
    kept = {m.iri for m in ranked[:LARGEST]}
    return sorted((m for m in measures if m.iri in kept), key=in_order)


def in_order(measure: Measure) -> tuple[int, str, str]:
    """Return where a measure stands in its plan: by number, those without one last."""
    digits = "".join(filter(str.isdecimal, measure.number))
    return (int(digits) if digits else 10**9, measure.number, measure.iri)


def numbered(measure: Measure) -> str:
    """Return number and title of a measure."""
    return f"{measure.number} {measure.label}".strip()


def actor_measures(plan: Plan, rows: Iterable[Row], kinds: Mapping[str, str]) -> Grid:
    """Count the activities of each kind of actor under each measure of a plan.

    :param rows: of ``queries/activities.rq``, in the order of the plan
    :param kinds: IRI of a kind of actor → its label
    """
    heads: dict[str, str] = {}
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        measure, kind = row["measure"] or "", row["actorKind"] or ""
        name = f"{row['measureNumber'] or ''} {row['measureLabel'] or ''}".strip()
        heads.setdefault(measure, name)
        seen.add((measure, kind, row["activity"] or ""))
    used = sorted({kind for _, kind, _ in seen})
    shown = list(heads)[: LARGEST * 2]
    counts = Counter((m, k) for m, k, _ in seen if m in set(shown))
    return Grid(
        kind="actor-measure",
        rows=tuple(heads[measure] for measure in shown),
        columns=tuple(kinds.get(kind, kind) for kind in used),
        values={(shown.index(m), used.index(k)): float(n) for (m, k), n in counts.items()},
        names=(plan.label,),
        left_out=len(heads) - len(shown),
    )
