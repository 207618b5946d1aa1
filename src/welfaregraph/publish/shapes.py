"""The SHACL shapes as one file, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from welfaregraph import resources
from welfaregraph.turtle import canonical, find_turtle, head_comment, read_text

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["make"]


def make(_: Site, __: Written) -> Iterator[File]:
    """Yield the shapes of plans; lists in them are blank nodes, as SHACL has them."""
    texts = []
    for path in find_turtle(resources.SHAPES):
        text = read_text(path)
        texts.append(text.removeprefix(head_comment(text)))
    text = canonical("\n".join(texts))
    yield "shapes.ttl", text.encode()
    yield "shapes.jsonld", _jsonld(text)


def _jsonld(text: str) -> bytes:
    """Return the same as JSON-LD, its blank nodes numbered as they come."""
    import pyoxigraph as ox

    numbers: dict[ox.BlankNode, ox.BlankNode] = {}

    def numbered(term: Any) -> Any:
        if not isinstance(term, ox.BlankNode):
            return term
        return numbers.setdefault(term, ox.BlankNode(f"b{len(numbers)}"))

    quads = [
        ox.Quad(numbered(quad.subject), quad.predicate, numbered(quad.object))
        for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
    ]
    return ox.serialize(quads, format=ox.RdfFormat.JSON_LD) or b""
