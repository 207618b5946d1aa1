"""The codes that answers hold, and words for them: ``partial``, ``stated``, ``warning``."""

from __future__ import annotations

from welfaregraph.speech import phrase_or

__all__ = ["SEVERITIES", "word_of"]

#: How grave a finding or a gap is, from the gravest down; ``sh:Violation``, ``sh:Warning`` and
#: ``sh:Info``.
SEVERITIES = ("error", "warning", "info")

#: Columns that hold codes, and the sections of the messages that have words for them.
STATES = (
    "status", "numberStatus", "articleStatus", "state", "inForce", "authority", "basis",
    "asOfBasis", "verdict",
)  # fmt: skip
SORTS = ("fact", "held", "item", "level", "manner", "relation", "role")
CODED = {
    "severity": ("severity",),
    "origin": ("origin",),
    "kind": ("gap-kind", "code"),
    **dict.fromkeys(STATES, ("status", "code")),
    **dict.fromkeys(SORTS, ("code", "status")),
}


def word_of(column: str, code: str, language: str) -> str:
    """Return the word for a code, or nothing where the column holds none.

    >>> word_of("status", "partial", "en"), word_of("measureLabel", "partial", "en")
    ('in part', '')
    """
    for section in CODED.get(column, ()):
        said = phrase_or(f"{section}.{code}", language, "")
        if said:
            return said
    return ""
