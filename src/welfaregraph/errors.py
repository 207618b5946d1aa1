"""What can go wrong, and with which exit code the command line then ends.

::

    WelfareGraphError
    ├── MisuseError       2  the call itself is wrong: unknown name, missing parameter
    ├── InputError        3  something to be read cannot be read
    │   └── ProblemsError    several such, told at once
    └── StoreError        4  a store or endpoint is unavailable, refuses or takes too long

An error says what is wrong, where (file and line, or IRI), and what to do. Its words stand in
``messages/`` under ``error.{key}.what`` and ``error.{key}.todo``.
"""

from __future__ import annotations

from collections.abc import Iterable

from welfaregraph.speech import phrase, preferred_language

#: Places told of what is wrong alike in many.
PLACES = 3
#: Said of a list in which there is nothing.
NONE = "–"

__all__ = [
    "InputError",
    "MisuseError",
    "ProblemsError",
    "StoreError",
    "WelfareGraphError",
    "raise_all",
]


class WelfareGraphError(Exception):
    """The root of all errors a caller may expect.

    :param key: which message, e.g. ``turtle-syntax``
    :param where: file and line (``plan.ttl:12``), parameter or IRI; empty if nowhere
    :param values: what fills the places of the message; of a tuple, its words in a row
    """

    exit_code = 5

    def __init__(self, key: str, *, where: str = "", **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.where = where
        self.values = values

    def render(self, language: str) -> str:
        """Return the error in words: where, what, and on a second line what to do."""
        told = f"{self.said('what', language)}\n  → {self.said('todo', language)}"
        return f"{self.where}: {told}" if self.where else told

    def said(self, part: str, language: str) -> str:
        """Return a part of the message: ``what`` is wrong, or what ``todo``."""
        joint = phrase("list.separator", language)
        values = {
            name: joint.join(value) or NONE if isinstance(value, tuple) else value
            for name, value in self.values.items()
        }
        return phrase(f"error.{self.key}.{part}", language, **values)

    def __str__(self) -> str:
        return self.render(preferred_language())


class MisuseError(WelfareGraphError):
    """The call is wrong: an unknown name, a missing or ill-formed parameter."""

    exit_code = 2


class InputError(WelfareGraphError):
    """A file or folder cannot be read as what it should be."""

    exit_code = 3


class StoreError(WelfareGraphError):
    """A store or endpoint is unavailable, refuses the query or takes too long."""

    exit_code = 4


class ProblemsError(InputError):
    """Several things are wrong: all of them, so that one run shows all.

    Its exit code is that of the gravest: 2 where all are misuse.

    :param found: at least one error
    """

    def __init__(self, found: list[WelfareGraphError]) -> None:
        super().__init__("problems")
        self.found = found
        self.exit_code = max(error.exit_code for error in found)

    def render(self, language: str) -> str:
        """Return every problem, one after another; what is wrong alike in many places, once."""
        alike: dict[str, list[WelfareGraphError]] = {}
        for error in self.found:
            said = error.render(language).removeprefix(error.where)
            alike.setdefault(f"{error.key} {said}", []).append(error)
        return "\n".join(_together(errors, language) for errors in alike.values())


def raise_all(problems: Iterable[WelfareGraphError]) -> None:
    """Raise what is wrong: one as it is, several as one.

    :raises WelfareGraphError: there is a problem
    """
    flat = [
        one
        for error in problems
        for one in (error.found if isinstance(error, ProblemsError) else [error])
    ]
    if flat:
        raise flat[0] if len(flat) == 1 else ProblemsError(flat)


def _together(errors: list[WelfareGraphError], language: str) -> str:
    """Return what several errors say alike, with the first places and the number of others."""
    places = list(dict.fromkeys(error.where for error in errors if error.where))
    said = errors[0].render(language)
    if len(places) < 2:  # noqa: PLR2004
        return said
    first = phrase("list.separator", language).join(places[:PLACES])
    left = len(places) - PLACES
    where = phrase("error.problems.places", language, first=first, count=left)
    return (where if left > 0 else first) + said.removeprefix(errors[0].where)
