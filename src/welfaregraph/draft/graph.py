"""A draft as the graph of a plan, every element with the passage it was read from.

Where the municipality is not printed, or no area of ``graphs/reference`` has its name, IRIs
begin with ``x-`` and the first eight digits of the first document's hash: no code is guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rdflib import DCAT, DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from welfaregraph.documents import Document
from welfaregraph.draft.found import Activity, Draft, Found, Goal, Measure, Part
from welfaregraph.draft.names import EDITION
from welfaregraph.draft.places import Known, known_things
from welfaregraph.draft.quotes import Passages
from welfaregraph.draft.words import table
from welfaregraph.plan import PlanFiles
from welfaregraph.text import number_of, search_key
from welfaregraph.vocab import ID, SCHEME
from welfaregraph.vocab import WG as WG_IRI

__all__ = ["Drafted", "drafted_plans"]

WG = Namespace(WG_IRI)
#: Below this a person must look.
SURE = 0.7
UNSURE = Literal("要確認", lang="ja")
#: Terms whose absence in the documents is said: the words searched stand in facts.toml.
SILENCES = {
    "period": WG.hasPeriod,
    "philosophy": WG.Philosophy,
    "statutes": WG.hasLegalBasis,
    "sdgs": WG.contributesToSDG,
    "issuers": WG.isIssuedBy,
    "review": WG.ReviewArrangement,
}


@dataclass(frozen=True)
class Drafted:
    """One plan: its graph, and what to tell about each element."""

    files: PlanFiles
    notes: Mapping[str, Found] = field(default_factory=dict)  #: IRI → how it was found


def drafted_plans(draft: Draft, documents: Sequence[Document]) -> list[Drafted]:
    """Return the plans of a draft as graphs, the main one first.

    :param documents: those that it was drafted from, in their order
    """
    known = known_things()
    others = (replace(other, municipality=draft.municipality) for other in draft.other_plans)
    plans = [draft, *others]
    return [_Writer(plan, documents, known, number=n).written() for n, plan in enumerate(plans)]


def _ja(text: str) -> Literal:
    return Literal(text, lang="ja")


class _Writer:
    """Writes one plan."""

    def __init__(
        self, draft: Draft, documents: Sequence[Document], known: Known, *, number: int
    ) -> None:
        self.draft, self.documents, self.known = draft, documents, known
        self.mark = f"x-{documents[0].sha256[:8]}"
        self.graph = Graph(bind_namespaces="none")
        self.notes: dict[str, Found] = {}
        self.path = self._path(number)
        self.plan = URIRef(ID + self.path)
        self.own = draft.documents or tuple(range(len(documents)))
        self.further = number > 0  #: not the plan that the documents are of
        ending = f"-plan-{number + 1}" if self.further else ""
        self.passages = Passages(self.graph, documents, ending=ending)
        self.actors: dict[tuple[str, str], URIRef] = {}

    def _path(self, number: int) -> str:
        """Return the folder of the plan: area, type, edition."""
        name = self.draft.municipality.text if self.draft.municipality else ""
        area = self.known.codes.get(name, self.mark)
        kinds = [self.known.plan_type(part.text) for part in self.draft.component_plans]
        kind = next(filter(None, kinds), "plan")
        kind += "-integrated" if len(self.draft.component_plans) > 1 else ""
        edition = number_of(self.draft.edition[0].text[1:-1]) if self.draft.edition else None
        again = f"-{number + 1}" if number else ""
        return f"{area}/{kind}{again}/{edition or 'undated'}"

    def written(self) -> Drafted:
        """Return the whole plan."""
        self._documents()
        self._plan()
        self._facts()
        for order, goal in enumerate(self.draft.goals, 1):
            self._goal(goal, order)
        runs_through = self._runs_through()
        for order, (goal_at, whose, measure) in enumerate(self._measures(), 1):
            place = measure.number if runs_through else f"{goal_at or 'x'}-{order}"
            self._measure(
                measure, self._at(f"measure/{place}"), order, goal=whose, goal_at=goal_at
            )
        self._silences()
        return Drafted(PlanFiles(self.path, self.graph), self.notes)

    def _measures(self) -> Iterable[tuple[int, Goal | None, Measure]]:
        for at, goal in enumerate(self.draft.goals, 1):
            yield from ((at, goal, measure) for measure in goal.measures)
        yield from ((0, None, measure) for measure in self.draft.unplaced_measures)

    def _runs_through(self) -> bool:
        numbers = [measure.number for _, _, measure in self._measures()]
        return all(n.isascii() and n.isdigit() for n in numbers) and len(set(numbers)) == len(
            numbers
        )

    def _at(self, path: str) -> URIRef:
        return URIRef(f"{self.plan}/{path}")

    def _add(self, subject: URIRef, term: URIRef, *values: URIRef | Literal) -> None:
        for value in values:
            self.graph.add((subject, term, value))

    def _element(
        self, subject: URIRef, kind: URIRef, found: Found, *, titled: bool = False
    ) -> None:
        """Write an element: type, label, plan, passage, and a mark where it is unsure."""
        self._add(subject, RDF.type, kind)
        self._add(subject, RDFS.label, _ja(found.text))
        self._add(subject, WG.inPlan, self.plan)
        self._cite(subject, found, RDFS.label, titled=titled)

    def _cite(
        self, subject: URIRef, found: Found, attested: URIRef, *, titled: bool = False
    ) -> None:
        term = WG.isTitledIn if titled else WG.isStatedIn
        self._add(subject, term, self.passages.of(found, attested))
        self.notes.setdefault(str(subject), found)
        if found.confidence < SURE:
            self._add(subject, SKOS.editorialNote, UNSURE)

    # The plan itself

    def _documents(self) -> None:
        title = self.draft.plan_title
        for number in self.own:
            iri, document = self.passages.document(number), self.documents[number]
            if self.further and not self.draft.documents:
                self._add(iri, WG.quotesPlan, self.plan)
                continue
            self._add(iri, RDF.type, WG.Document)
            name = document.title.strip() or (title.text if title else document.name)
            self._add(iri, DCTERMS.title, _ja(" ".join(name.split())))
            self._add(iri, WG.isDocumentOf, self.plan)
            self._add(iri, WG.sha256, Literal(document.sha256))
            for language, words in table("facts")["graph"]["scope"].items():
                held = words.format(lines=len(document.lines))
                self._add(iri, WG.heldScope, Literal(held, lang=language))

    def _plan(self) -> None:
        draft = self.draft
        whole = len(draft.component_plans) > 1
        self._add(self.plan, RDF.type, WG.IntegratedPlan if whole else WG.Plan)
        name = draft.plan_title.text if draft.plan_title else self.documents[self.own[0]].name
        self._add(self.plan, RDFS.label, _ja(name))
        if draft.plan_title:
            self._cite(self.plan, draft.plan_title, RDFS.label)
        else:
            self._add(self.plan, SKOS.editorialNote, UNSURE)
            labels = [u.label for u in draft.goals] + [u.label for u in draft.unplaced_measures]
            for found in labels[:1]:
                self._add(self.plan, WG.isStatedIn, self.passages.of(found, RDF.type))
        self._add(self.plan, WG.coversArea, self._area())
        if len(draft.edition) == 1:
            self._add(self.plan, WG.edition, _ja(draft.edition[0].text))
            self._cite(self.plan, draft.edition[0], WG.edition)
        self.main = self._components() if whole else self.plan
        if not whole and draft.plan_title:
            self._type(self.plan, draft.plan_title.text)

    def _area(self) -> URIRef:
        """Return the area: known by its name, or one that is not identified."""
        found = self.draft.municipality
        code = self.known.codes.get(found.text) if found else None
        if code:
            return URIRef(f"{ID}area/{code}")
        area = URIRef(f"{ID}area/{self.mark}")
        if str(area) in self.known.areas or self.further:
            return area
        self._add(area, RDF.type, WG.UnidentifiedArea)
        name = found.text if found else table("facts")["graph"]["unknown-area"]
        self._add(area, RDFS.label, _ja(name))
        self._add(area, SKOS.editorialNote, UNSURE)
        self._add(area, DCTERMS.source, self.passages.document(0))
        if found:
            self.notes[str(area)] = found
        return area

    def _components(self) -> URIRef:
        """Write the plans joined in one volume; return the one on which its relations rest."""
        parts = []
        for order, found in enumerate(self.draft.component_plans, 1):
            kind = self.known.plan_type(found.text)
            part = self._at(f"component/{kind or order}")
            self._add(part, RDF.type, WG.Plan)
            self._add(part, RDFS.label, _ja(found.text))
            self._add(part, WG.isComponentOf, self.plan)
            self._cite(part, found, RDFS.label)
            self._type(part, found.text)
            self._edition_in(part, found)
            parts.append(part)
        return parts[0]

    def _edition_in(self, part: URIRef, found: Found) -> None:
        import re

        if len(self.draft.edition) > 1 and (printed := re.search(EDITION, found.text)):
            self._add(part, WG.edition, _ja(printed[0]))

    def _type(self, plan: URIRef, name: str) -> None:
        if kind := self.known.plan_type(name):
            self._add(plan, WG.hasPlanType, URIRef(f"{SCHEME}plan-type/{kind}"))

    # Facts

    def _facts(self) -> None:
        draft = self.draft
        if draft.period:
            self._period(
                draft.period.label, draft.period.start_fiscal_year, draft.period.end_fiscal_year
            )
        for kind, found in ((WG.Philosophy, draft.philosophy), (WG.Vision, draft.vision)):
            if found:
                name = "philosophy/1" if kind == WG.Philosophy else "vision/1"
                self._element(self._at(name), kind, found, titled=True)
        if draft.review:
            self._element(self._at("review/1"), WG.ReviewArrangement, draft.review)
        for order, entry in enumerate(draft.glossary, 1):
            term = self._at(f"term/{order}")
            self._element(term, WG.GlossaryTerm, entry.name)
            self._add(term, SKOS.definition, _ja(entry.text))
        for order, entry in enumerate(draft.indicators, 1):
            indicator = self._at(f"indicator/{order}")
            self._element(indicator, WG.Indicator, entry.name)
            if entry.text:
                self._add(indicator, SKOS.note, _ja(entry.text))
        for sdg in draft.sdgs:
            self._add(
                self.plan,
                WG.contributesToSDG,
                URIRef(f"http://metadata.un.org/sdg/{sdg.number}"),
            )
            self._cite(self.plan, sdg.name, WG.contributesToSDG)
        self._statutes()
        self._others()
        self._issuers()

    def _period(self, label: Found, start: int, end: int) -> None:
        period = self._at("period")
        self._add(self.plan, WG.hasPeriod, period)
        self._add(period, RDF.type, DCTERMS.PeriodOfTime)
        self._add(period, RDFS.label, _ja(label.text))
        first, last = datetime.date(start, 4, 1), datetime.date(end + 1, 3, 31)
        self._add(period, DCAT.startDate, Literal(first))
        self._add(period, DCAT.endDate, Literal(last))
        for term, year in ((WG.startFiscalYear, start), (WG.endFiscalYear, end)):
            self._add(period, term, Literal(year, datatype=XSD.integer))
        self._cite(period, label, RDFS.label)

    def _statutes(self) -> None:
        for statute in self.draft.statutes:
            law = self.known.laws.get(search_key(statute.name.text))
            provision = self.known.laws.get(search_key(statute.name.text + statute.article))
            basis = provision if statute.article else None
            if basis:
                self._add(self.main, WG.hasLegalBasis, URIRef(basis))
                self._cite(self.main, statute.name, WG.hasLegalBasis)
            elif law:
                self._add(self.main, DCTERMS.references, URIRef(law))
                self._cite(self.main, statute.name, DCTERMS.references)
            if not basis and (statute.article or not law):
                words = f"{statute.name.text}{statute.article}"
                self._add(self.main, SKOS.note, _ja(words))
                self._add(self.main, SKOS.editorialNote, UNSURE)

    def _others(self) -> None:
        for order, found in enumerate(self.draft.contained_plans, 1):
            plan = self._at(f"contained/{order}")
            self._named_plan(plan, WG.Plan, found)
            self._add(self.main, WG.containsPlan, plan)
        terms = {"upper": WG.isSubordinateTo, "previous": WG.succeeds}
        for order, related in enumerate(self.draft.related_plans, 1):
            plan = self._at(f"related/{order}")
            self._named_plan(plan, WG.PlanSeries, related.title)
            if related.relation == "lower":
                self._add(plan, WG.isSubordinateTo, self.main)
            elif related.relation != "previous":
                term = terms.get(related.relation, WG.isCoordinatedWith)
                self._add(self.main, term, plan)

    def _named_plan(self, plan: URIRef, kind: URIRef, found: Found) -> None:
        self._add(plan, RDF.type, kind)
        self._add(plan, RDFS.label, _ja(found.text))
        self._cite(plan, found, RDFS.label)
        self._type(plan, found.text)

    def _issuers(self) -> None:
        council = table("facts")["graph"]["council"]
        area = self._area()
        for order, found in enumerate(self.draft.issuers, 1):
            body = URIRef(f"{ID}org/{self.mark}-{order}")
            kind = WG.SocialWelfareCouncil if council in found.text else WG.PublicBody
            self._add(body, RDF.type, kind)
            self._add(body, RDFS.label, _ja(found.text))
            self._add(body, DCTERMS.spatial, area)
            self._add(self.plan, WG.isIssuedBy, body)
            self._cite(self.plan, found, WG.isIssuedBy)
            self.notes[str(body)] = found

    # Goals, measures, activities

    def _goal(self, goal: Goal, order: int) -> None:
        iri = self._at(f"goal/{order}")
        self._numbered(iri, WG.Goal, goal, order)

    def _numbered(
        self, iri: URIRef, kind: URIRef, unit: Goal | Measure | Part, order: int
    ) -> None:
        self._element(iri, kind, unit.label, titled=True)
        for wording in () if isinstance(unit, Part) else unit.wordings:
            self._cite(iri, wording, RDFS.label, titled=True)
        if unit.number:
            self._add(iri, WG.number, Literal(unit.number))
        self._add(iri, WG.order, Literal(order, datatype=XSD.integer))

    def _measure(
        self, measure: Measure, iri: URIRef, order: int, *, goal: Goal | None, goal_at: int
    ) -> None:
        self._numbered(iri, WG.Measure, measure, order)
        if goal is not None:
            self._add(iri, WG.pursuesGoal, self._at(f"goal/{goal_at}"))
            if passage := self.passages.between(goal.label, measure.label, WG.pursuesGoal):
                self._add(iri, WG.isStatedIn, passage)
        for at, part in enumerate(measure.parts, 1):
            inner = URIRef(f"{iri}/part/{at}")
            self._numbered(inner, WG.Measure, part, at)
            self._add(inner, WG.isPartOfMeasure, iri)
            self._items(inner, part.items)
        self._items(iri, measure.items)
        counts: dict[str, int] = {}
        for activity in measure.activities:
            counts[activity.actor] = counts.get(activity.actor, 0) + 1
            name = URIRef(f"{iri}#{activity.actor}-{counts[activity.actor]}")
            self._activity(name, iri, activity.label, counts[activity.actor])
            self._add(name, WG.isPerformedBy, self._actor(activity))

    def _items(self, measure: URIRef, items: Sequence[Found]) -> None:
        for order, found in enumerate(items, 1):
            self._activity(URIRef(f"{measure}#item-{order}"), measure, found, order)

    def _activity(self, iri: URIRef, measure: URIRef, found: Found, order: int) -> None:
        self._element(iri, WG.Activity, found)
        self._add(iri, WG.carriesOut, measure)
        self._add(iri, WG.order, Literal(order, datatype=XSD.integer))

    def _actor(self, activity: Activity) -> URIRef:
        key = (activity.actor, search_key(activity.category))
        if key not in self.actors:
            same = sum(kind == activity.actor for kind, _ in self.actors)
            iri = self._at(f"actor/{activity.actor}" + (f"-{same + 1}" if same else ""))
            self.actors[key] = iri
            self._add(iri, RDF.type, WG.Actor)
            self._add(iri, RDFS.label, _ja(activity.category))
            self._add(iri, WG.inPlan, self.plan)
            self._add(iri, WG.isOfKind, URIRef(f"{SCHEME}actor-kind/{activity.actor}"))
            self._add(iri, WG.isStatedIn, self.passages.of(activity.label, WG.isPerformedBy))
        return self.actors[key]

    def _silences(self) -> None:
        """Say what was looked for in vain."""
        searched = table("facts")["silence"]
        for name, term in SILENCES.items():
            if getattr(self.draft, name):
                continue
            silence = URIRef(f"{self.plan}#silence-{name}")
            self._add(self.plan, WG.doesNotState, term)
            self._add(silence, RDF.type, WG.Silence)
            self._add(silence, WG.isAbout, self.plan)
            self._add(silence, WG.onTerm, term)
            self._add(silence, WG.hasReason, URIRef(f"{SCHEME}silence/not-in-held-text"))
            documents = [self.passages.document(n) for n in self.own]
            self._add(silence, WG.isSearchedIn, *documents)
            self._add(silence, WG.searchedFor, *map(_ja, searched[name]))
