"""What is wrong with the vocabulary itself, by the rules of ``validation/ontology/``.

The rules follow what ROBOT's report, OOPS! and FOOPS! look for; each says so in its header
(``after``). They read the ontology with its schemes, its shapes and the graphs that use it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from welfaregraph import resources
from welfaregraph.checks import check_rules
from welfaregraph.queries import Catalogue
from welfaregraph.store import Store, sources_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from welfaregraph.checks import Issue
    from welfaregraph.store import Source

__all__ = ["pitfalls", "vocabulary_sources"]


def vocabulary_sources() -> list[Source]:
    """Return the files of the ontology, of its shapes and of the graphs that use it."""
    return [
        *sources_in(resources.ONTOLOGY, prefix="ontology/"),
        *sources_in(resources.SHAPES, prefix="shapes/"),
        *sources_in(resources.GRAPHS),
    ]


def pitfalls(sources: Iterable[Source] = (), *, on: str = "") -> list[Issue]:
    """Return what is wrong with the vocabulary, the gravest first.

    :param sources: those of :func:`vocabulary_sources` unless given
    :param on: the day that counts as today, ISO 8601; no rule asks for it yet

    >>> pitfalls()
    []
    """
    store = Store(sources or vocabulary_sources())
    found = check_rules(store, Catalogue(resources.PITFALLS), on=on or "2026-01-01")
    return sorted(found, key=lambda issue: issue.sort_key)
