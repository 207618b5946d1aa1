"""What plans leave open, from the answers to ``queries/gap-*.rq``.

Pure functions over rows; what counts as a gap, how grave it is and how it is worded stands
in the query files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["SEVERITIES", "Gap", "ranked"]

#: From the gravest down.
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Gap:
    """One gap: what, in which plan, and how sure that is."""

    kind: str  #: a to h, see docs/model.md
    severity: str  #: error, warning or info
    #: absent, mentioned, partial, thin, not-in-held-text, lost-in-copy, one-sided, not-claimed
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


def ranked(gaps: Iterable[Gap]) -> list[Gap]:
    """Return gaps the gravest first, then by kind, plan and element."""
    return sorted(
        gaps,
        key=lambda gap: (
            SEVERITIES.index(gap.severity), gap.kind, gap.plan, gap.subject, gap.missing
        ),
    )  # fmt: skip
