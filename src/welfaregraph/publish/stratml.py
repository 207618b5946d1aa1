"""Each plan as StratML Part 1, for readers of strategic plans.

A philosophy is a value, a goal a goal, a measure an objective with its actors as stakeholders;
its parts and activities stand as other information. Nothing is invented: a description that the
schema demands and no document gives repeats the name. A plan without any goal has no file, as
the schema demands one.

Source: ISO 17469-1, http://xml.govwebs.net/stratml/
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.publish.rdf import TYPE, subject_of
from welfaregraph.speech import FALLBACK, phrase
from welfaregraph.text import legible, natural_key
from welfaregraph.vocab import WG

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written
    from welfaregraph.store import Store

__all__ = ["each", "plans"]

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
FOLDER = "stratml/"
LABEL, TEXT = "http://www.w3.org/2000/01/rdf-schema#label", WG + "text"
DCAT = "http://www.w3.org/ns/dcat#"


def plans(site: Site) -> list[str]:
    """Return the IRIs of the plans."""
    return sorted(site.plans)


def each(site: Site, _: Written) -> Callable[[str], Iterator[File]]:
    """Return what yields the file of a plan, if it has a goal."""

    def file(plan: str) -> Iterator[File]:
        elements = _Elements(site.graph.store, plan)
        if elements.of_kind("Goal"):
            root = _plan(elements)
            ET.indent(root)
            text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
            name = site.plans[plan].removeprefix("plans/")
            yield f"{FOLDER}{name}.stratml.xml", text + b"\n"

    return file


@dataclass(frozen=True)
class _Elements:
    """What a plan is made of, read off the store."""

    store: Store
    plan: str

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property: texts in Japanese or in no language, and IRIs."""
        found = set()
        for quad in self.store.match(ox.NamedNode(subject), ox.NamedNode(predicate)):
            term = quad.object
            if isinstance(term, ox.NamedNode):
                found.add(term.value)
            elif isinstance(term, ox.Literal) and (term.language or FALLBACK) == FALLBACK:
                found.add(legible(term.value))
        return sorted(found)

    def value(self, subject: str, predicate: str) -> str:
        """Return the first value, or nothing."""
        return next(iter(self.values(subject, predicate)), "")

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return what points to something, in its printed order."""
        found = self.store.match(None, ox.NamedNode(predicate), ox.NamedNode(value))
        return sorted({subject_of(quad) for quad in found}, key=self._place)

    def of_kind(self, kind: str) -> list[str]:
        """Return the plan's elements of a class, in their printed order."""
        inside = self.store.match(None, ox.NamedNode(WG + "inPlan"), ox.NamedNode(self.plan))
        return sorted(
            {s for s in map(subject_of, inside) if WG + kind in self.values(s, TYPE)},
            key=self._place,
        )

    def _place(self, iri: str) -> tuple[object, ...]:
        order = self.value(iri, WG + "order")
        return int(order) if order.isdigit() else 0, natural_key(iri)


def _plan(elements: _Elements) -> ET.Element:
    plan = elements.plan
    root = ET.Element("StrategicPlan", xmlns=NAMESPACE)
    _add(root, "Name", elements.value(plan, LABEL))
    placed = {
        measure
        for goal in elements.of_kind("Goal")
        for measure in elements.subjects(WG + "pursuesGoal", goal)
    }
    _add(root, "OtherInformation", "\n".join(_notes(elements, placed)))
    core = ET.SubElement(root, "StrategicPlanCore")
    for issuer in elements.values(plan, WG + "isIssuedBy"):
        _add(ET.SubElement(core, "Organization"), "Name", elements.value(issuer, LABEL))
    whole = [v for v in elements.of_kind("Vision") if not elements.values(v, WG + "isVisionOf")]
    if whole:
        _add(ET.SubElement(core, "Vision"), "Description", _described(elements, whole[0]))
    for philosophy in elements.of_kind("Philosophy"):
        value = ET.SubElement(core, "Value")
        _add(value, "Name", elements.value(philosophy, LABEL))
        _add(value, "Description", elements.value(philosophy, TEXT))
    for goal in elements.of_kind("Goal"):
        _goal(core, elements, goal)
    _administration(root, elements)
    return root


def _described(elements: _Elements, iri: str) -> str:
    return elements.value(iri, TEXT) or elements.value(iri, LABEL)


def _notes(elements: _Elements, placed: set[str]) -> Iterator[str]:
    """Yield what part of the plan is held, and the measures whose goal is not known."""
    for document in elements.subjects(WG + "isDocumentOf", elements.plan):
        yield from elements.values(document, WG + "heldScope")
    loose = [
        elements.value(measure, LABEL)
        for measure in elements.of_kind("Measure")
        if measure not in placed and not elements.values(measure, WG + "isPartOfMeasure")
    ]
    if loose:
        separator = phrase("list.separator", FALLBACK)
        yield phrase("publish.loose", FALLBACK, measures=separator.join(loose))


def _goal(core: ET.Element, elements: _Elements, goal: str) -> None:
    found = ET.SubElement(core, "Goal")
    name = elements.value(goal, LABEL)
    _add(found, "Name", name)
    _add(found, "Description", elements.value(goal, TEXT) or name)
    _identify(found, elements, goal)
    visions = elements.subjects(WG + "isVisionOf", goal)
    _add(found, "OtherInformation", "\n".join(_described(elements, v) for v in visions))
    for measure in elements.subjects(WG + "pursuesGoal", goal):
        if not elements.values(measure, WG + "isPartOfMeasure"):
            _objective(found, elements, measure)


def _objective(goal: ET.Element, elements: _Elements, measure: str) -> None:
    found = ET.SubElement(goal, "Objective")
    _add(found, "Name", elements.value(measure, LABEL))
    _add(found, "Description", elements.value(measure, TEXT))
    _identify(found, elements, measure)
    parts = elements.subjects(WG + "isPartOfMeasure", measure)
    lines, actors = list[str](), dict[str, None]()
    for unit in (measure, *parts):
        lines += [elements.value(unit, LABEL)] if unit in parts else []
        for activity in elements.subjects(WG + "carriesOut", unit):
            lines.append(elements.value(activity, LABEL))
            actors |= dict.fromkeys(elements.values(activity, WG + "isPerformedBy"))
    _stakeholders(found, elements, actors)
    _add(found, "OtherInformation", "\n".join(lines))


def _stakeholders(parent: ET.Element, elements: _Elements, actors: Iterable[str]) -> None:
    for actor in sorted(actors, key=natural_key):
        _add(ET.SubElement(parent, "Stakeholder"), "Name", elements.value(actor, LABEL))


def _identify(parent: ET.Element, elements: _Elements, iri: str) -> None:
    """Add an identifier, which XML wants as a name, and the number printed."""
    path = iri.removeprefix(f"{elements.plan}/")
    _add(parent, "Identifier", "_" + re.sub(r"[^A-Za-z0-9._-]", "-", path))
    _add(parent, "SequenceIndicator", elements.value(iri, WG + "number"))


def _administration(root: ET.Element, elements: _Elements) -> None:
    found = ET.SubElement(root, "AdministrativeInformation")
    for period in elements.values(elements.plan, WG + "hasPeriod")[:1]:
        _add(found, "StartDate", elements.value(period, DCAT + "startDate"))
        _add(found, "EndDate", elements.value(period, DCAT + "endDate"))
    _add(found, "Source", elements.plan)


def _add(parent: ET.Element, name: str, text: str) -> None:
    """Add an element, where there is something to say."""
    if text:
        ET.SubElement(parent, name).text = text
