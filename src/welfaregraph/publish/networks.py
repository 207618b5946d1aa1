"""The graph seen as networks, as GraphML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from welfaregraph.netfile import graphml
from welfaregraph.projection import PROJECTIONS

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["count", "make"]

FOLDER = "networks/"


def count(_: Site) -> int:
    """Return how many networks there are."""
    return len(PROJECTIONS)


def make(site: Site, _: Written) -> Iterator[File]:
    """Yield each network."""
    for name in PROJECTIONS:
        analysis = site.graph.network(name, lang=site.languages[0], on=site.date)
        yield f"{FOLDER}{name}.graphml", graphml(analysis)
