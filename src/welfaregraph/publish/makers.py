"""What a publication is made of: makers, each of which yields files, in the order they run.

A maker that needs sizes and checksums of files, or what stands in the store by then, comes
after those that make them. To add one, write a module with ``make`` and name it here; its
progress step is the message ``publish.step.{name}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
from welfaregraph.publish.pages import questions, things
from welfaregraph.publish.site import Site
from welfaregraph.publish.tree import Bundle, File, Written

__all__ = ["MAKERS", "Maker", "Shared"]


#: Small items that a process does at a time.
PIECE = 20
#: Returns the files of one item of a site, given what was written before.
Each = Callable[[Any], Iterator[File | Bundle]]


def _one(_: Site) -> int:
    return 1


@dataclass(frozen=True)
class Shared:
    """Files that are made item by item, which several processes share."""

    items: Callable[[Site], Sequence[Any]]
    each: Callable[[Site, Written], Each]
    size: int = 1  #: items that a process does at a time


@dataclass(frozen=True)
class Maker:
    """A part of a publication: files one after another, then those of each item."""

    name: str
    make: Callable[[Site, Written], Iterator[File | Bundle]] | None = None
    count: Callable[[Site], int] = _one  #: files to come of ``make``, for the progress shown
    is_packed: bool = False  #: each file stands compressed beside itself
    shared: Shared | None = None


MAKERS = (
    Maker("derive", derivation.make, derivation.count),
    Maker("dumps", dumps.make, is_packed=True, shared=Shared(dumps.every, dumps.each)),
    Maker("shapes", shapes.make),
    Maker("queries", examples.make),
    Maker("stratml", shared=Shared(stratml.plans, stratml.each, PIECE)),
    Maker("tables", tables.make, tables.count),
    Maker("networks", shared=Shared(networks.names, networks.each)),
    Maker("archive", archive.make),
    Maker("changes", changes.make),
    Maker("description", description.make),
    Maker("documents", shared=Shared(documents.every, documents.each, PIECE)),
    Maker("answers", shared=Shared(questions.every, questions.each)),
    Maker("lists", shared=Shared(things.every, things.each)),
    Maker("pages", pages.make, pages.count, shared=Shared(documents.every, pages.each, PIECE)),
    Maker("redirects", redirects.make),
)
