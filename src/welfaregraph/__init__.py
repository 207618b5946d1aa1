"""A knowledge graph of Japanese community welfare plans.

>>> import welfaregraph
>>> graph = welfaregraph.load()
>>> len(graph.plans())
4
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from welfaregraph.checks import Issue
    from welfaregraph.diff import Change
    from welfaregraph.editions import Edition
    from welfaregraph.errors import InputError, MisuseError, StoreError, WelfareGraphError
    from welfaregraph.gaps import Gap
    from welfaregraph.measures import Measure
    from welfaregraph.network import Analysis
    from welfaregraph.overlap import Overlap, Reason
    from welfaregraph.places import Location
    from welfaregraph.plangraph import PlanGraph, load
    from welfaregraph.queries import Column, Parameter, Question
    from welfaregraph.store import Answer, Row
    from welfaregraph.verdicts import Verdict

__version__ = "0.1.0"

#: public name → module it comes from; imported when first asked for, as rdflib is heavy.
_HOMES = {
    "Analysis": "network",
    "Answer": "store",
    "Change": "diff",
    "Column": "queries",
    "Edition": "editions",
    "Gap": "gaps",
    "InputError": "errors",
    "Issue": "checks",
    "Location": "places",
    "Measure": "measures",
    "MisuseError": "errors",
    "Overlap": "overlap",
    "Parameter": "queries",
    "PlanGraph": "plangraph",
    "Question": "queries",
    "Reason": "overlap",
    "Row": "store",
    "StoreError": "errors",
    "Verdict": "verdicts",
    "WelfareGraphError": "errors",
    "load": "plangraph",
}

__all__ = [
    "Analysis",
    "Answer",
    "Change",
    "Column",
    "Edition",
    "Gap",
    "InputError",
    "Issue",
    "Location",
    "Measure",
    "MisuseError",
    "Overlap",
    "Parameter",
    "PlanGraph",
    "Question",
    "Reason",
    "Row",
    "StoreError",
    "Verdict",
    "WelfareGraphError",
    "__version__",
    "load",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
