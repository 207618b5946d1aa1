"""Rows of the gap queries as gaps, worded as the queries' headers say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from welfaregraph.checks import worded
from welfaregraph.evidence import MISSING
from welfaregraph.gaps import EXCERPT, WHOLE, Gap
from welfaregraph.queries import localised
from welfaregraph.speech import FALLBACK, languages
from welfaregraph.vocab import WG

if TYPE_CHECKING:
    from welfaregraph.queries import Question

__all__ = ["gap_of", "looked_for"]

#: States that say nothing of the plan, however much of it is held.
UNKNOWN = ("lost-in-copy", "not-in-held-text", "not-searched")


def gap_of(question: Question, row: Mapping[str, str | None], *, is_whole: bool) -> Gap:
    """Return a row of a gap query as a gap.

    :param is_whole: the plan is held whole: what is not found, it does not have
    """
    header = question.header
    values = {name: value or "" for name, value in row.items()}
    status = values.get("status", "")
    held = WHOLE if is_whole and status not in UNKNOWN else EXCERPT
    usual = header.get(f"severity_{status}") or header.get("severity") or "info"
    return Gap(
        kind=str(header["kind"]),
        severity=values.get("severity") or str(usual),
        status=status,
        plan=values.get("plan", ""),
        plan_label=values.get("planLabel", ""),
        subject=values.get("subject", ""),
        subject_label=values.get("subjectLabel", ""),
        missing=values.get("missing", ""),
        missing_label=values.get("missingLabel", ""),
        nearest=values.get("nearest", ""),
        nearest_label=values.get("nearestLabel", ""),
        authority=values.get("authority", ""),
        scope=values.get("scope", ""),
        messages=worded(
            header, "message", values=values, variant=_wording(header, values, status, held)
        ),
        compared={lang: localised(header, "compared", lang) for lang in languages()},
        held=held,
    )


def _wording(
    header: Mapping[str, object], values: Mapping[str, str], status: str, held: str
) -> str:
    """Return which of a query's wordings fits: of a property missing at all, one of its own."""
    usual = WHOLE if held == WHOLE else status
    term = values.get("missing", "").removeprefix(WG)
    own = f"{term}-{WHOLE}" if held == WHOLE else term
    return own if f"message_{FALLBACK}_{own}" in header else usual


def looked_for(question: Question) -> dict[str, str]:
    """Return how a gap query wants its gaps looked for, as ``Evidence.told`` takes it."""
    silent = str(question.header.get("silent_on") or "")
    return {
        "names_of": str(question.header.get("names_of") or MISSING),
        "silent_on": WG + silent.removeprefix("wg:") if silent else "",
    }
