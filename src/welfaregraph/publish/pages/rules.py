"""The page of what must hold: the SHACL shapes and the rules that compare plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph import resources
from welfaregraph.publish.pages.frame import SHAPES, Head, Link
from welfaregraph.publish.pages.naming import full
from welfaregraph.queries import Catalogue, localised
from welfaregraph.text import natural_key
from welfaregraph.turtle import find_turtle, read_text
from welfaregraph.vocab import SHAPES as NAMESPACE
from welfaregraph.vocab import compact

if TYPE_CHECKING:
    from welfaregraph.publish.pages.frame import Frame
    from welfaregraph.queries import Question

__all__ = ["page"]

SH = "http://www.w3.org/ns/shacl#"
#: The end of a list.
NIL = ox.NamedNode(full("rdf:nil"))
#: Said elsewhere on the page, or only of use to a program.
UNTOLD = {SH + name for name in ("message", "description", "severity", "path", "property")} | {
    full("rdf:type")
}


@dataclass(frozen=True)
class Rule:
    """A shape or a rule as the page shows it."""

    fragment: str
    name: str
    severity: str
    message: str = ""
    remedy: str = ""
    why: str = ""
    facts: tuple[tuple[str, tuple[Link, ...]], ...] = ()  #: constraint → its values


def page(frame: Frame, language: str) -> bytes:
    """Return the page of all shapes and rules in a language."""
    head = Head(SHAPES, language, frame.say("shapes", language))
    store = _shapes()
    shapes = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, None, None, None)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(NAMESPACE)
    }
    rules = [_rule(rule, language) for rule in Catalogue(resources.CHECKS)]
    return frame.render(
        "rules",
        head,
        shapes=[_shape(frame, head, store, shape) for shape in sorted(shapes, key=natural_key)],
        rules=sorted(rules, key=lambda rule: rule.name),
    )


def _shapes() -> ox.Store:
    store = ox.Store()
    for path in find_turtle(resources.SHAPES):
        store.load(read_text(path).encode(), format=ox.RdfFormat.TURTLE)
    return store


def _rule(rule: Question, language: str) -> Rule:
    return Rule(
        f"rule-{rule.name}",
        rule.name,
        str(rule.header.get("severity", "warning")),
        rule.summary(language),
        localised(rule.header, "remedy", language),
        localised(rule.header, "why", language),
    )


def _shape(frame: Frame, head: Head, store: ox.Store, iri: str) -> Rule:
    said: dict[str, list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]] = {}
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        said.setdefault(quad.predicate.value, []).append(quad.object)

    def text(name: str) -> str:
        texts = {
            one.language or "": one.value
            for one in said.get(SH + name, ())
            if isinstance(one, ox.Literal)
        }
        return texts.get(head.language) or next(iter(texts.values()), "")

    severity = next((one for one in said.get(SH + "severity", ())), None)
    names = {"Violation": "error", "Warning": "warning", "Info": "info"}
    grade = severity.value.rpartition("#")[2] if isinstance(severity, ox.NamedNode) else ""
    return Rule(
        iri.removeprefix(NAMESPACE),
        iri.removeprefix(NAMESPACE),
        names.get(grade, ""),
        text("message"),
        text("description"),
        "",
        tuple(_facts(frame, head, store, said)),
    )


def _facts(
    frame: Frame,
    head: Head,
    store: ox.Store,
    said: Mapping[str, list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]],
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    path = said.get(SH + "path", [])
    for name, values in (*([("sh:path", path)] if path else []), *sorted(said.items())):
        if name in UNTOLD:
            continue
        shown = []
        for value in values:
            for one in _members(store, value):
                if isinstance(one, ox.NamedNode):
                    thing = frame.site.model.thing(one.value)
                    link = frame.link(thing, head) if thing.names else None
                    text = link.text if link else compact(one.value)
                    shown.append(Link(text, frame.target(one.value, head)))
                elif isinstance(one, ox.Literal):
                    shown.append(Link(one.value))
        yield name.replace(SH, "sh:"), tuple(sorted(shown, key=lambda link: link.text))


def _members(
    store: ox.Store, value: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
) -> Iterator[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]:
    """Yield the members of a list, of a list of alternatives, or the value itself."""
    if not isinstance(value, ox.BlankNode):
        yield from [value] if value != NIL else []
        return
    for quad in store.quads_for_pattern(value, None, None, None):
        if quad.predicate.value != full("rdf:type"):
            yield from _members(store, quad.object)
