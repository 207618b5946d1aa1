"""All things of a publication by their class: lists to browse, and what the search reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.publish.pages.frame import BROWSE, SEARCH, Frame, Head
from welfaregraph.publish.paths import is_file, is_ours
from welfaregraph.publish.rdf import TYPE, graph_of, link_of, subject_of
from welfaregraph.text import natural_key, search_key
from welfaregraph.vocab import BASE, WG

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["browsed", "by_class", "each", "every", "searched"]

CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
#: Classes that are listed beside our own.
OTHERS = {CONCEPT}
#: Names on one list page, and in one file of the search.
ON_PAGE, IN_FILE = 1000, 5000


def by_class(site: Site) -> dict[str, list[str]]:
    """Return class IRI → the IRIs of ours that are of it, in natural order."""
    shown = {graph.iri for graph in site.graphs}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for quad in site.graph.store.match(None, ox.NamedNode(TYPE)):
        kind, iri = link_of(quad), subject_of(quad)
        listed = kind in OTHERS or (kind.startswith(WG) and kind != WG)
        if listed and graph_of(quad) in shown and is_ours(iri) and not is_file(iri):
            found[kind].add(iri)
    return {kind: sorted(found[kind], key=natural_key) for kind in sorted(found)}


def browsed(frame: Frame, kinds: Mapping[str, list[str]], language: str) -> tuple[str, bytes]:
    """Return the page of all classes."""
    head = Head(BROWSE, language, frame.say("nav.browse", language), has_data=False)
    rows = []
    for kind, things in kinds.items():
        thing = frame.site.model.thing(kind)
        target = frame.target(_list_iri(kind, 1), head)
        rows.append((frame.property_name(thing, language), target, len(things)))
    return head.path, frame.render("browse", head, kinds=rows)


def every(site: Site) -> list[tuple[str, int]]:
    """Return the pages that list things: class, and number of the page from 1."""
    return [
        (kind, number)
        for kind, things in by_class(site).items()
        for number in range(1, _pages(things) + 1)
    ]


def each(site: Site, _: Written) -> Callable[[tuple[str, int]], Iterator[File]]:
    """Return what yields a page that lists things of a class, in each language."""
    frame, kinds = Frame(site), by_class(site)

    def pages(item: tuple[str, int]) -> Iterator[File]:
        for language in site.languages:
            yield _listed(frame, *item, kinds[item[0]], language)

    return pages


def _pages(things: list[str]) -> int:
    return -(-len(things) // ON_PAGE)


def _listed(
    frame: Frame, kind: str, number: int, things: list[str], language: str
) -> tuple[str, bytes]:
    model, first = frame.site.model, (number - 1) * ON_PAGE
    title = frame.property_name(model.thing(kind), language)
    head = Head(_list_iri(kind, number), language, title, has_data=False)
    pieces = [
        (str(n), frame.target(_list_iri(kind, n), head), n == number)
        for n in range(1, _pages(things) + 1)
    ]
    links = [frame.link(model.thing(iri), head) for iri in things[first : first + ON_PAGE]]
    page = frame.render(
        "list",
        head,
        links=links,
        first=first + 1,
        total=len(things),
        pieces=pieces if len(pieces) > 1 else [],
    )
    return head.path, page


def _list_iri(kind: str, number: int) -> str:
    slug = kind.rpartition("#")[2]
    name = "".join(f"-{c.lower()}" if c.isupper() else c for c in slug).strip("-")
    return f"{BROWSE}/{name}" + (f"-{number}" if number > 1 else "")


def searched(frame: Frame, kinds: Mapping[str, list[str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the search page and its files: key, name, class, path of each named thing."""
    model = frame.site.model
    for language in frame.site.languages:
        front = Head(BASE, language, "")
        rows = []
        for kind, things in kinds.items():
            called = frame.property_name(model.thing(kind), language)
            for iri in things:
                thing = model.thing(iri)
                if thing.names:
                    called_so = {*thing.names.values(), thing.number}
                    key = " ".join(sorted(map(search_key, called_so)))
                    link = frame.link(thing, front)
                    rows.append([key, link.text, called, link.href])
        files = [rows[at : at + IN_FILE] for at in range(0, len(rows), IN_FILE)]
        names = [f"static/names-{language}-{n}.js" for n in range(1, len(files) + 1)]
        for name, piece in zip(names, files, strict=True):
            text = json.dumps(piece, ensure_ascii=False, separators=(",", ":"))
            yield name, f"welfaregraphNames({text});\n".encode()
        title = frame.say("nav.search", language)
        head = Head(SEARCH, language, title, has_data=False, has_script=True)
        yield (
            head.path,
            frame.render(
                "search",
                head,
                files=[frame.to(name, head) for name in names],
                browse=frame.target(BROWSE, head),
            ),
        )
