"""What plans leave open, from the answers to ``queries/gap-*.rq``.

Pure functions over rows; what counts as a gap, how grave it is and how it is worded stands
in the query files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from welfaregraph.codes import SEVERITIES

__all__ = [
    "COMPARED",
    "EXCERPT",
    "RECORDED",
    "UNSEARCHED",
    "WHOLE",
    "WORDS",
    "Gap",
    "Hit",
    "Searched",
    "ranked",
]

#: How a gap was looked for: words that a curator recorded, words searched in what the plan
#: says, what the graph says put side by side, or not at all.
RECORDED, WORDS, COMPARED, UNSEARCHED = "recorded", "words", "compared", "not-searched"
#: What is held of a plan. What a whole plan does not say, it does not have.
EXCERPT, WHOLE = "excerpt", "whole"


@dataclass(frozen=True)
class Hit:
    """An element whose words speak of what is missing, though no curator judged so."""

    words: str  #: as they were searched
    element: str  #: IRI
    label: str


@dataclass(frozen=True)
class Searched:
    """What was searched before a gap was called one."""

    manner: str  #: recorded, words, compared or not-searched
    words: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()  #: IRI and title
    note: str = ""  #: the curator's remark, or nothing
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Gap:
    """One gap: what, in which plan, what was searched for it, and how sure that is."""

    kind: str  #: a to h, see docs/model.md
    severity: str  #: error, warning or info
    #: absent, mentioned, partial, thin, not-in-held-text, lost-in-copy, one-sided,
    #: not-claimed, not-searched
    status: str
    plan: str
    plan_label: str
    subject: str  #: the element it is about: IRI
    subject_label: str
    missing: str  #: IRI of what is missing, or nothing
    missing_label: str
    nearest: str  #: the nearest thing found: IRI, or nothing
    nearest_label: str
    authority: str  #: provision or graph the demand rests on, or nothing
    scope: str  #: which part of the plan is held
    messages: Mapping[str, str]  #: language → the gap in words
    compared: Mapping[str, str] = field(default_factory=dict)
    #: language → what was put side by side
    held: str = EXCERPT  #: excerpt or whole
    searched: Searched = Searched(COMPARED)


def ranked(gaps: Iterable[Gap]) -> list[Gap]:
    """Return gaps the gravest first, then by kind, plan and element."""
    return sorted(
        gaps,
        key=lambda gap: (
            SEVERITIES.index(gap.severity), gap.kind, gap.plan, gap.subject, gap.missing
        ),
    )  # fmt: skip
