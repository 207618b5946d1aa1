"""Passages: the lines that a value was read from, and its words exactly as they stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rdflib import RDF, Graph, Literal, Namespace, URIRef

from welfaregraph.documents import Document
from welfaregraph.draft.editions import HEADED
from welfaregraph.draft.found import Found
from welfaregraph.vocab import ID, SCHEME
from welfaregraph.vocab import WG as WG_IRI

__all__ = ["Passages"]

WG = Namespace(WG_IRI)
#: Between the characters of a value there may stand, in the text held, blanks and marks.
BETWEEN = r"[\s\u3000*＊※\[\]［］☆★]*"
LONGEST = 400


class Passages:
    """Writes the passages of one plan, one for each piece of text.

    :param graph: to write to
    :param documents: the documents drafted together
    :param ending: of the IRIs, where another plan cites the same lines
    """

    def __init__(
        self, graph: Graph, documents: Sequence[Document], *, ending: str = ""
    ) -> None:
        self.graph, self.documents, self.ending = graph, documents, ending
        self.texts = [_lines(document) for document in documents]
        self.known: dict[tuple[str, str], URIRef] = {}
        self.suffixes: dict[str, int] = {}

    def document(self, number: int) -> URIRef:
        """Return the IRI of one of the documents."""
        return URIRef(f"{ID}doc/x-{self.documents[number].sha256[:8]}")

    def of(self, found: Found, attested: URIRef) -> URIRef:
        """Return the passage of a value, which is evidence for a property."""
        quotation = self._quotation(found)
        several = found.place.last > found.place.first
        reading = "line-joined" if several else "as-printed"
        return self._passage(found, found, quotation, reading, attested)

    def between(self, above: Found, below: Found, attested: URIRef) -> URIRef | None:
        """Return the passage from a heading to one below it: what only their order says."""
        same = above.place.document == below.place.document
        if not same or above.place.first > below.place.last:
            return None
        return self._passage(above, below, "", "layout-order", attested)

    def _passage(
        self, first: Found, last: Found, quotation: str, reading: str, attested: URIRef
    ) -> URIRef:
        begin, end = first.place.first, last.place.last
        locator = f"L{begin}" if begin == end else f"L{begin}-L{end}"
        document = self.document(first.place.document)
        name = f"{document}#{locator}"
        key = (name, f"{reading} {quotation}")
        if key not in self.known:
            self.suffixes[name] = self.suffixes.get(name, 0) + 1
            again = f"-{self.suffixes[name]}" if self.suffixes[name] > 1 else ""
            iri = self.known[key] = URIRef(name + self.ending + again)
            self.graph.add((iri, RDF.type, WG.Passage))
            self.graph.add((iri, WG.isFoundIn, document))
            self.graph.add((iri, WG.locator, Literal(locator)))
            self.graph.add((iri, WG.isReadAs, URIRef(f"{SCHEME}reading/{reading}")))
            if quotation:
                self.graph.add((iri, WG.quotation, Literal(quotation, lang="ja")))
        self.graph.add((self.known[key], WG.attests, attested))
        return self.known[key]

    def _quotation(self, found: Found) -> str:
        """Return a value's words as they stand in the text held, line breaks removed."""
        if found.recogniser == HEADED:
            return found.text
        lines = self.texts[found.place.document]
        numbers = range(found.place.first, found.place.last + 1)
        raw = "".join(lines.get(number, "").strip(" \u3000\t\r\n") for number in numbers)
        letters = [re.escape(c) for c in found.text if not c.isspace()]
        exact = re.search(BETWEEN.join(letters), raw) if letters else None
        if exact:
            return re.sub(r"\s*\n\s*|\t", " ", exact[0]).strip()
        whole = re.sub(r"[\n\t]+", " ", raw).strip()
        return whole if 0 < len(whole) <= LONGEST else found.text


def _lines(document: Document) -> dict[int, str]:
    found: dict[int, str] = {}
    for line in document.lines:
        found[line.number] = found.get(line.number, "") + line.text
    return found
