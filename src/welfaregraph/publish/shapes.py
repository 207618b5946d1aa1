"""The SHACL shapes as one file, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

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
    yield "shapes.ttl", canonical("\n".join(texts)).encode()
