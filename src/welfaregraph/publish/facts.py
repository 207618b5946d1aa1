"""Writes statements about the publication itself, with IRIs in their short form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from welfaregraph.turtle import PREFIXES
from welfaregraph.vocab import GRAPH

__all__ = [
    "ABOUT",
    "About",
    "Facts",
    "Value",
    "iri",
    "name",
    "number",
    "spoken",
    "text",
    "typed",
]

#: The graphs that a publication writes about itself; they stand aside, as all computed ones.
ABOUT = GRAPH + "derived/publication/"
#: A term; a string is an IRI, short or whole.
Value = ox.NamedNode | ox.Literal | str


def iri(short: str) -> ox.NamedNode:
    """Return an IRI: ``dcterms:title`` of a known prefix, or one that is whole.

    >>> iri("wg:Plan").value, iri("https://example.org/").value
    ('https://w3id.org/welfaregraph/ns#Plan', 'https://example.org/')
    """
    prefix, mark, local = short.partition(":")
    known = mark and not local.startswith("//") and PREFIXES.get(prefix)
    return ox.NamedNode(known + local if known else short)


def name(whole: str) -> str:
    """Return an IRI as a part of another: its prefix and what follows, or its letters.

    >>> name("https://w3id.org/welfaregraph/ns#Plan"), name("https://example.org/a-b")
    ('wg-Plan', 'example.org-a-b')
    """
    for prefix, namespace in PREFIXES.items():
        if whole.startswith(namespace):
            return _letters(f"{prefix}-{whole.removeprefix(namespace)}")
    return _letters(whole.partition("://")[2])


def _letters(whole: str) -> str:
    kept = (c if c.isascii() and (c.isalnum() or c in ".-_") else "-" for c in whole)
    return "".join(kept).strip("-")


def text(value: str, language: str = "") -> ox.Literal:
    """Return a text, in a language or in none."""
    return ox.Literal(value, language=language or None)


def typed(value: str, datatype: str) -> ox.Literal:
    """Return a literal of a datatype of XML Schema (``date``)."""
    return ox.Literal(value, datatype=iri(f"xsd:{datatype}"))


def number(value: int) -> ox.Literal:
    """Return a whole number."""
    return typed(str(value), "integer")


def spoken(texts: Mapping[str, str]) -> list[ox.Literal]:
    """Return the same in each language."""
    return [text(said, language) for language, said in texts.items() if said]


class Facts:
    """Statements of one graph of the publication about itself.

    :param graph: its name below ``graph/derived/publication/``
    """

    def __init__(self, graph: str) -> None:
        self.graph = ox.NamedNode(ABOUT + graph)
        self._found: list[ox.Quad] = []

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self._found)

    def say(self, subject: str, *types: str) -> About:
        """Say of what kinds something is; what else is said of it follows.

        >>> facts = Facts("example")
        >>> facts.say("urn:a", "dcat:Dataset").of("dcterms:title", text("A")) is not None
        True
        >>> len(list(facts))
        2
        """
        about = About(self, iri(subject))
        return about.of("rdf:type", *types)

    def add(self, subject: ox.NamedNode, predicate: str, values: Iterable[Value]) -> None:
        """Add statements of one subject and property."""
        for value in values:
            term = iri(value) if isinstance(value, str) else value
            self._found.append(ox.Quad(subject, iri(predicate), term, self.graph))


class About:
    """Statements of one subject."""

    def __init__(self, facts: Facts, subject: ox.NamedNode) -> None:
        self._facts, self._subject = facts, subject

    def of(self, predicate: str, *values: Value | None) -> About:
        """Say something more of it; nothing where a value is missing."""
        self._facts.add(self._subject, predicate, [v for v in values if v])
        return self
