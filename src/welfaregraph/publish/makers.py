"""What a publication is made of: makers, each of which yields files, in the order they run.

A maker that needs sizes and checksums of files, or what stands in the store by then, comes
after those that make them. To add one, write a module with ``make`` and name it here; its
progress step is the message ``publish.step.{name}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from welfaregraph.publish import (
    archive,
    changes,
    derivation,
    description,
    documents,
    dumps,
    examples,
    networks,
    redirects,
    shapes,
    stratml,
    tables,
)
from welfaregraph.publish.pages import make as pages
from welfaregraph.publish.site import Site
from welfaregraph.publish.tree import Bundle, File, Written

__all__ = ["MAKERS", "Maker"]


def _one(_: Site) -> int:
    return 1


@dataclass(frozen=True)
class Maker:
    """A part of a publication."""

    name: str
    make: Callable[[Site, Written], Iterator[File | Bundle]]
    count: Callable[[Site], int] = _one  #: files to come, about, for the progress shown
    is_packed: bool = False  #: each file stands compressed beside itself


MAKERS = (
    Maker("derive", derivation.make, derivation.count),
    Maker("dumps", dumps.make, dumps.count, is_packed=True),
    Maker("shapes", shapes.make),
    Maker("queries", examples.make),
    Maker("stratml", stratml.make, stratml.count),
    Maker("tables", tables.make, tables.count),
    Maker("networks", networks.make, networks.count),
    Maker("archive", archive.make),
    Maker("changes", changes.make),
    Maker("description", description.make),
    Maker("documents", documents.make, documents.count),
    Maker("pages", pages.make, pages.count),
    Maker("redirects", redirects.make),
)
