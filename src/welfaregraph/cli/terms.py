"""Cells as a person reads them: codes in words, IRIs by what they are called."""

from __future__ import annotations

from collections.abc import Mapping

import click

from welfaregraph.cli.language import chosen
from welfaregraph.codes import word_of
from welfaregraph.vocab import compact

__all__ = ["GRAPH", "PLANS", "WEB", "names", "worded"]

#: Where :func:`welfaregraph.cli.options.opened` leaves the graph of this run.
GRAPH = "welfaregraph.graph"
#: Where a command that reads plans of its own leaves what they are called.
PLANS = "welfaregraph.plans"
#: How the IRIs begin that a cell can hold.
WEB = ("https://", "http://", "urn:", "file:")


def names() -> Mapping[str, str]:
    """Return IRI → what it is called in the graph of this run; nothing without one."""
    context = click.get_current_context(silent=True)
    graph = context.meta.get(GRAPH) if context else None
    if graph is None:
        return {}
    rows = graph.ask("labels", lang=chosen())
    return {str(row["iri"]): str(row["iriLabel"]) for row in rows}


def worded(column: str, value: object, called: Mapping[str, str]) -> str:
    """Return a cell in words.

    :param called: IRI → what it is called; other IRIs are shortened
    """
    text = "" if value is None else str(value)
    if text in called:
        return called[text]
    return word_of(column, text, chosen()) or compact(text)
