"""The graph seen as networks, as GraphML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from welfaregraph.netfile import graphml
from welfaregraph.projection import PROJECTIONS

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["each", "names"]

FOLDER = "networks/"


def names(_: Site) -> list[str]:
    """Return the names of the networks."""
    return list(PROJECTIONS)


def each(site: Site, _: Written) -> Callable[[str], Iterator[File]]:
    """Return what yields the file of a network."""

    def file(name: str) -> Iterator[File]:
        analysis = site.graph.network(
            name, partners=site.partners, lang=site.languages[0], on=site.date
        )
        yield f"{FOLDER}{name}.graphml", graphml(analysis)

    return file
