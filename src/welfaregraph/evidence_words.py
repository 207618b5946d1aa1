"""The evidence of a gap in words."""

from __future__ import annotations

from collections.abc import Iterable

from welfaregraph.gaps import Gap
from welfaregraph.speech import phrase, phrase_or
from welfaregraph.vocab import compact

__all__ = ["compared", "manner", "missing", "sure", "what"]


def manner(gap: Gap, language: str) -> str:
    """Say how a gap was looked for, with what was put side by side."""
    compared = gap.compared.get(language, "")
    return phrase(f"evidence.manner.{gap.searched.manner}", language, compared=compared)


def compared(gaps: Iterable[Gap], language: str) -> list[str]:
    """Return what was put side by side for several gaps, each once."""
    texts = (gap.compared.get(language, "") for gap in gaps)
    return [text for text in dict.fromkeys(texts) if text]


def missing(gap: Gap, language: str) -> str:
    """Return what is missing: the label of a property is a verb, so that has a noun instead."""
    return phrase_or(f"missing.{compact(gap.missing)}", language, gap.missing_label)


def what(gap: Gap, language: str) -> str:
    """Name what a gap is about: the element, unless it is the plan, and what it lacks."""
    names = [name for name in (gap.subject_label, missing(gap, language)) if name]
    told = dict.fromkeys(name for name in names if name != gap.plan_label)
    return phrase("gaps.of", language).join(told)


def sure(gap: Gap, language: str) -> str:
    """Say how much a gap allows to say: of a plan held in part, or of a whole one.

    >>> plan = dict.fromkeys(("kind", "severity", "plan", "plan_label", "subject"), "")
    >>> plan |= dict.fromkeys(("subject_label", "missing", "missing_label", "nearest"), "")
    >>> plan |= dict.fromkeys(("nearest_label", "authority", "scope"), "")
    >>> for held in ("excerpt", "whole"):
    ...     print(sure(Gap(status="absent", held=held, messages={}, **plan), "en"))
    Not in the part held. Whether the whole plan has it cannot be said.
    The whole plan is held and does not have it.
    """
    known = phrase_or(f"evidence.sure.{gap.held}.{gap.status}", language, "")
    return known or phrase_or(f"status.{gap.status}", language, gap.status)
