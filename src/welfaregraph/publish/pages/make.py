"""Makes the pages of a publication, and what they need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.publish.pages import front, questions, resource, rules, things, vocabulary
from welfaregraph.publish.pages.frame import SCRIPT, SHAPES, STYLE, Frame
from welfaregraph.publish.paths import page
from welfaregraph.vocab import BASE, SCHEME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["count", "make"]

TEMPLATES = Path(__file__).parents[2] / "templates"
#: The sheets that make up the style sheet.
SHEETS = ("page.css", "publish/site.css")
ONTOLOGY = BASE + "ns"


def count(site: Site) -> int:
    """Return how many pages there are to make, about."""
    return len(site.languages) * len(site.documents)


def make(site: Site, written: Written) -> Iterator[File]:
    """Yield the pages, the style sheet, the script and the picture of the model."""
    frame = Frame(site)
    yield STYLE, b"".join((TEMPLATES / name).read_bytes() for name in SHEETS)
    yield SCRIPT, (TEMPLATES / "publish" / "search.js").read_bytes()
    yield "static/model.svg", (TEMPLATES / "publish" / "model.svg").read_bytes()
    done: set[str] = set()
    for name, content in _special(frame, written):
        done.add(name)
        yield name, content
    for iri, subjects in site.documents.items():
        for language in site.languages:
            name = page(iri, language)
            if name not in done:
                yield name, _page(frame, iri, subjects, language)


def _special(frame: Frame, written: Written) -> Iterator[tuple[str, bytes]]:
    for language in frame.site.languages:
        yield page(BASE, language), front.front(frame, written, language)
        yield page(SHAPES, language), rules.page(frame, language)
        if "changes.json" in written:
            yield page(BASE + "changes", language), front.changes(frame, written, language)
    yield from questions.pages(frame)
    kinds = things.by_class(frame.site)
    yield from things.lists(frame, kinds)
    yield from things.searched(frame, kinds)


def _page(frame: Frame, iri: str, subjects: Sequence[str], language: str) -> bytes:
    if iri == ONTOLOGY:
        return vocabulary.ontology(frame, iri, subjects, language)
    if iri.startswith(SCHEME) and "/" not in iri.removeprefix(SCHEME):
        return vocabulary.scheme(frame, iri, language)
    return resource.page(frame, iri, subjects, language)
