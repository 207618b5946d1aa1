"""The lists of words a workbook offers, out of what is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.term import Node

from welfaregraph.sheet.layout import Layout, WordList, in_language
from welfaregraph.sheet.values import is_safe
from welfaregraph.speech import FALLBACK
from welfaregraph.vocab import compact

if TYPE_CHECKING:
    from welfaregraph.store import Row, Store

__all__ = ["unambiguous", "word_lists"]

#: Everything that has a name, with what kind of thing it is and the scheme it is in.
NAMED = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?class ?scheme ?label (LANG(?label) AS ?language) ?number
WHERE {
  { ?thing skos:prefLabel ?label }
  UNION { ?thing rdfs:label ?label }
  UNION { ?thing dcterms:title ?label }
  ?thing a ?class .
  OPTIONAL { ?thing skos:inScheme ?scheme }
  OPTIONAL { ?thing skos:notation ?number }
}
ORDER BY ?thing ?class ?scheme ?label
"""


def word_lists(
    store: Store, layout: Layout, language: str, *, wanted: Set[str] = frozenset()
) -> dict[str, dict[str, Node]]:
    """Return name of a list → word → the thing it stands for.

    Two things of one name are told apart by their identifiers.

    :param wanted: IRIs for which the list of things given needs words too
    """
    rows = store.query(NAMED).rows()
    found: dict[str, dict[str, Node]] = {}
    for spec in layout.lists.values():
        named: dict[Node, str] = {}
        for row in rows:
            if not row["label"] or row["language"] not in (language, FALLBACK, ""):
                continue
            thing = URIRef(str(row["thing"]))
            if _belongs(row, spec, wanted) and (
                row["language"] == language or thing not in named
            ):
                number = f"{row['number']} " if spec.numbered and row["number"] else ""
                named[thing] = f"{number}{row['label']}"
        found[spec.name] = unambiguous(named.items()) | _fixed(spec, language)
    return found


def _belongs(row: Row, spec: WordList, wanted: Set[str]) -> bool:
    if spec.is_given:
        return row["thing"] in wanted
    return row["scheme"] == spec.scheme or URIRef(str(row["class"])) in spec.classes


def _fixed(spec: WordList, language: str) -> dict[str, Node]:
    words = {in_language(said, language): iri for iri, said in (spec.words or {}).items()}
    literals = {
        in_language(said, language): Literal(text)
        for text, said in (spec.literals or {}).items()
    }
    return {**words, **literals}


def unambiguous(named: Iterable[tuple[Node, str]]) -> dict[str, Node]:
    """Return word → thing; things of one name carry the end of their identifiers.

    >>> [*unambiguous([(URIRef("urn:a/1"), "水"), (URIRef("urn:a/2"), "水")])]
    ['水〔urn:a/1〕', '水〔urn:a/2〕']
    """
    pairs = sorted(named, key=lambda pair: str(pair[0]))
    counts = Counter(word for _, word in pairs)
    return {
        word if counts[word] == 1 else f"{word}〔{_tail(str(thing))}〕": thing
        for thing, word in pairs
        if is_safe(word, many=True)
    }


def _tail(iri: str) -> str:
    return compact(iri).removeprefix("id/")
