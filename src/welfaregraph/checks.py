"""Validation: the SHACL shapes and the cross-plan rules, as one list of issues.

Shapes (``validation/shapes/*.ttl``) say what a well-formed graph is and run on pySHACL; rules
(``validation/checks/*.rq``) compare elements and plans and run set-wise on Oxigraph. An issue
carries the id of its shape or rule, which is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from welfaregraph import vocab
from welfaregraph.codes import SEVERITIES
from welfaregraph.places import Location, finder
from welfaregraph.queries import Catalogue, Question, localised
from welfaregraph.speech import FALLBACK, languages, phrase_or
from welfaregraph.store import Row, Source, Store
from welfaregraph.turtle import find_turtle, read_text

if TYPE_CHECKING:
    import rdflib

__all__ = ["ORIGINS", "Issue", "check_rules", "check_shapes", "located", "worded"]

#: Whose fault it is; the order in which a reader is told.
ORIGINS = ("plan", "data", "outside", "extraction", "excerpt")
#: Where nothing is known of the place.
NOWHERE = Location()
#: Variant of messages and remedies for findings in a workbook: ``remedy_ja_workbook``.
WORKBOOK = "workbook"
SHACL_SEVERITY = {"Violation": "error", "Warning": "warning", "Info": "info"}


@dataclass(frozen=True)
class Issue:
    """One finding."""

    rule: str  #: local name of the shape, or stem of the rule's file
    severity: str  #: error, warning or info
    origin: str  #: plan, data, outside, extraction or excerpt
    focus: str  #: IRI of the element
    path: str = ""  #: IRI of the property, or nothing
    value: str = ""
    messages: Mapping[str, str] = field(default_factory=dict)  #: language → what is wrong
    remedies: Mapping[str, str] = field(default_factory=dict)  #: language → what to do
    whys: Mapping[str, str] = field(default_factory=dict)  #: language → why it matters
    titles: Mapping[str, str] = field(default_factory=dict)  #: language → what the rule finds
    #: what stands for messages and remedies where it is found in a workbook; empty if alike
    messages_in_workbook: Mapping[str, str] = field(default_factory=dict)
    remedies_in_workbook: Mapping[str, str] = field(default_factory=dict)
    constraint: str = ""  #: of a shape, what is not met: ``MinCount``, ``Class``, ``Or`` …
    is_spelling: bool = False  #: of the wording alone: told after what is of substance
    plan: str = ""  #: IRI of the plan the element is of, or nothing
    label: str = ""  #: the element's label
    location: Location = NOWHERE

    @property
    def sort_key(self) -> tuple[int, bool, int, str, str, str, str]:
        """The gravest first, substance before wording, then by origin, rule and element."""
        return (
            SEVERITIES.index(self.severity),
            self.is_spelling,
            ORIGINS.index(self.origin),
            self.rule,
            self.focus,
            self.path,
            self.value,
        )


def check_rules(store: Store, rules: Catalogue, *, on: str) -> list[Issue]:
    """Run the cross-plan rules.

    :param on: the day on which a plan is in force or not, ISO 8601
    """
    return [
        _rule_issue(rule, row) for rule in rules for row in rule.ask(store, {"on": on}).rows()
    ]


def _rule_issue(rule: Question, row: Row) -> Issue:
    origin = row.get("origin") or str(rule.header.get("origin", "plan"))
    values = {name: _readable(value) for name, value in row.items()}
    return Issue(
        rule=rule.name,
        severity=row.get("severity") or str(rule.header.get("severity", "warning")),
        origin=origin,
        focus=row["focus"] or "",
        path=row.get("path") or _usual_path(rule),
        value=row.get("value") or "",
        messages=worded(rule.header, "message", values=values, variant=origin),
        remedies=worded(rule.header, "remedy", values=values, variant=origin),
        whys={language: localised(rule.header, "why", language) for language in languages()},
        titles={language: rule.summary(language) for language in languages()},
        messages_in_workbook=_for_workbooks(rule.header, "message", values),
        remedies_in_workbook=_for_workbooks(rule.header, "remedy", values),
        is_spelling=bool(rule.header.get("spelling")),
        location=Location(locator=row.get("passage") or ("-" if row.get("nowhere") else "")),
    )


def _usual_path(rule: Question) -> str:
    """Return the property that a rule is about, where its header names one."""
    short = str(rule.header.get("path", ""))
    return vocab.expand(short) if short else ""


def worded(
    header: Mapping[str, Any], key: str, *, values: Mapping[str, str], variant: str = ""
) -> dict[str, str]:
    """Return a header's message in every language, its ``{places}`` filled.

    :param values: what fills the places; a status is put into words
    :param variant: the wording for an origin or status (``message_ja_extraction``) wins
    """
    found = {}
    for language in languages():
        form = str(header.get(f"{key}_{language}_{variant}") or "")
        form = form or localised(header, key, language)
        spoken = dict(values)
        if "status" in spoken:
            spoken["status"] = phrase_or(
                f"status.{spoken['status']}", language, spoken["status"]
            )
        found[language] = "".join(
            text + (spoken.get(name, "") if name is not None else "")
            for text, name, _, _ in Formatter().parse(form)
        )
    return found


def _for_workbooks(
    header: Mapping[str, Any], key: str, values: Mapping[str, str]
) -> dict[str, str]:
    """Return a header's wording for workbooks, empty where it has none of its own."""
    if f"{key}_{FALLBACK}_{WORKBOOK}" not in header:
        return {}
    return worded(header, key, values=values, variant=WORKBOOK)


def _readable(value: str | None) -> str:
    return vocab.compact(value) if value else ""


def check_shapes(store: Store, folder: Path) -> list[Issue]:
    """Validate the default graph against the shapes of a folder.

    Shapes in a sub-folder are for derived graphs and are not run here.
    """
    import rdflib
    from pyshacl import validate
    from rdflib.namespace import RDF, SH

    shapes = rdflib.Graph()
    for path in find_turtle(folder):
        if path.parent == folder:
            shapes.parse(data=read_text(path), format="turtle")
    conforms, report, _ = validate(
        store.default_graph(), shacl_graph=_set_wise(shapes), inference="none"
    )
    if conforms and not isinstance(report, rdflib.Graph):
        return []
    return [
        _shape_issue(report, result, shapes)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]


def _set_wise(shapes: rdflib.Graph) -> rdflib.Graph:
    """Return shapes in which each property shape bears the targets of its node shape itself.

    What is found is the same; pySHACL then looks at all nodes at once, where it would start
    anew for every node and property. Node shapes that others use, and closed ones, stay.
    """
    import rdflib
    from rdflib.namespace import RDFS, SH

    found = rdflib.Graph()
    found += shapes
    targets = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
    for node in set(shapes.subjects(SH.property)):
        own = [(p, o) for p in targets for o in shapes.objects(node, p)]
        is_used = any(p != SH.property for p in shapes.predicates(None, node))
        is_special = any(
            (node, p, None) in shapes for p in (SH.closed, SH.deactivated, RDFS.subClassOf)
        )
        if own and not is_used and not is_special:
            for part in shapes.objects(node, SH.property):
                found.remove((node, SH.property, part))
                for target in own:
                    found.add((part, *target))
    return found


def _shape_issue(report: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph) -> Issue:
    from rdflib import Literal, URIRef
    from rdflib.namespace import RDFS, SH

    def one(graph: rdflib.Graph, node: rdflib.term.Node, name: str) -> str:
        found = graph.value(node, SH[name])
        return "" if found is None else str(found)

    def said(shape: rdflib.term.Node | None, *predicates: rdflib.URIRef) -> dict[str, str]:
        return {
            text.language or "": str(text)
            for predicate in predicates
            for text in shapes.objects(shape, predicate)
            if isinstance(text, Literal)
        }

    shape = report.value(result, SH.sourceShape)
    whole = URIRef(str(shape).partition("-")[0])  # wgsh:Plan of wgsh:Plan-hasPeriod
    return Issue(
        rule=str(shape).removeprefix(vocab.SHAPES),
        severity=SHACL_SEVERITY[one(report, result, "resultSeverity").rpartition("#")[2]],
        origin="data",
        focus=one(report, result, "focusNode"),
        path=one(report, result, "resultPath") or str(shapes.value(shape, RDFS.seeAlso) or ""),
        value=one(report, result, "value"),
        messages=said(shape, SH.message),
        remedies=said(shape, SH.description),
        whys=said(shape, RDFS.comment) or said(whole, RDFS.comment),
        titles=said(shape, SH.name, RDFS.label),
        constraint=_constraint(report, result, shapes, shape),
    )


def _constraint(
    report: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph,
    shape: rdflib.term.Node | None,
) -> str:  # fmt: skip
    """Return what is not met: ``MinCount``, ``Class`` (also one of several) and so on.

    ``None`` is a value where there must not be any, ``Or`` a choice of properties.
    """
    from rdflib.namespace import SH

    component = str(report.value(result, SH.sourceConstraintComponent) or "")
    name = component.rpartition("#")[2].removesuffix("ConstraintComponent")
    most = shapes.value(shape, SH.maxCount)
    if name == "Or" and report.value(result, SH.resultPath):
        return "Class"
    return "None" if name == "MaxCount" and str(most) == "0" else name


def located(
    issues: Iterable[Issue],
    heads: Mapping[str, Row],
    sources: Iterable[Source],
    *,
    plans: Iterable[str] = (),
    bearers: Mapping[str, Sequence[Row]] | None = None,
) -> Iterator[Issue]:
    """Add to each issue the element's label and plan, and where to look.

    :param heads: element or passage IRI → its row of ``queries/places.rq``
    :param sources: files in which the elements stand
    :param plans: IRIs of the held plans
    :param bearers: passage IRI → rows of the elements that it is evidence for: what is wrong
        with words of a plan is shown at the element that has them
    """
    # What the documents say comes before what was judged of it.
    ordered = sorted(sources, key=lambda source: source.graph.endswith("/curated"))
    finders = [finder(source) for source in ordered]
    known = sorted(plans, key=len, reverse=True)
    for issue in issues:
        head = heads.get(issue.focus, {})
        passage = head if issue.location == NOWHERE else heads.get(issue.location.locator, {})
        keys = [
            *_words_of(issue, (bearers or {}).get(issue.location.locator, ())),
            (issue.focus, issue.path, issue.value),
        ]
        spots = (find(*key) for key in keys for find in finders)
        place = next(filter(None, spots), NOWHERE)
        part_of = (plan for plan in known if f"{issue.focus}/".startswith(f"{plan}/"))
        in_book = bool(place.sheet)
        yield replace(
            issue,
            messages=(issue.messages_in_workbook if in_book else {}) or issue.messages,
            remedies=(issue.remedies_in_workbook if in_book else {}) or issue.remedies,
            label=head.get("label") or "",
            plan=head.get("plan") or next(part_of, ""),
            location=replace(
                place,
                document=passage.get("document") or "",
                locator=passage.get("locator") or "",
            ),
        )


def _words_of(issue: Issue, bearers: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """Yield the labels, as places to look, in which what was found stands."""
    held = {str(r["element"]): r.get("label") or "" for r in bearers}
    held.pop(issue.focus, None)
    pieces = [piece for piece in issue.value.split("／") if piece]
    rarest = sorted(pieces, key=lambda piece: sum(piece in label for label in held.values()))
    for piece in rarest:
        for element, label in held.items():
            if piece in label:
                yield element, vocab.PREFIXES["rdfs"] + "label", label
