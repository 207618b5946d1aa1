"""Makes the pages of a publication, and what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.publish.pages import front, questions, resource, rules, things, vocabulary
from welfaregraph.publish.pages.frame import NAVIGATION, SCRIPT, SHAPES, STYLE, Frame
from welfaregraph.publish.paths import page
from welfaregraph.vocab import BASE, SCHEME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["count", "each", "make"]

TEMPLATES = Path(__file__).parents[2] / "templates"
#: The sheets that make up the style sheet.
SHEETS = ("page.css", "publish/site.css")
ONTOLOGY = BASE + "ns"


def count(site: Site) -> int:
    """Return how many files there are beside the pages on documents, about."""
    return len(site.languages) * len(NAVIGATION)


def make(site: Site, written: Written) -> Iterator[File]:
    """Yield the style sheet, the script, the picture of the model; pages on no document."""
    frame = Frame(site)
    yield STYLE, b"".join((TEMPLATES / name).read_bytes() for name in SHEETS)
    yield SCRIPT, (TEMPLATES / "publish" / "search.js").read_bytes()
    yield "static/model.svg", (TEMPLATES / "publish" / "model.svg").read_bytes()
    yield from _special(frame, written)


def each(site: Site, written: Written) -> Callable[[str], Iterator[File]]:
    """Return what yields the pages on a document, if they are not written yet."""
    frame, done = Frame(site), frozenset(written)

    def pages(iri: str) -> Iterator[File]:
        for language in site.languages:
            name = page(iri, language)
            if name not in done:
                yield name, _page(frame, iri, site.documents[iri], language)

    return pages


def _special(frame: Frame, written: Written) -> Iterator[tuple[str, bytes]]:
    for language in frame.site.languages:
        yield page(BASE, language), front.front(frame, written, language)
        yield page(SHAPES, language), rules.page(frame, language)
        if "changes.json" in written:
            yield page(BASE + "changes", language), front.changes(frame, written, language)
        yield questions.listed(frame, language)
    kinds = things.by_class(frame.site)
    for language in frame.site.languages:
        yield things.browsed(frame, kinds, language)
    yield from things.searched(frame, kinds)


def _page(frame: Frame, iri: str, subjects: Sequence[str], language: str) -> bytes:
    if iri == ONTOLOGY:
        return vocabulary.ontology(frame, iri, subjects, language)
    if iri.startswith(SCHEME) and "/" not in iri.removeprefix(SCHEME):
        return vocabulary.scheme(frame, iri, language)
    return resource.page(frame, iri, subjects, language)
