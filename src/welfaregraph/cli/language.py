"""The language of this run, chosen before the commands are built: help speaks it too."""

from __future__ import annotations

from welfaregraph.speech import languages, phrase, preferred_language

__all__ = ["choose", "chosen", "say"]

_chosen = [""]


def choose(arguments: list[str]) -> None:
    """Take the language from ``--lang`` where it stands, else the preferred one."""
    _chosen[0] = preferred_language()
    for at, argument in enumerate(arguments):
        asked = arguments[at + 1 : at + 2] if argument == "--lang" else [argument[7:]]
        if argument.startswith("--lang") and asked and asked[0] in languages():
            _chosen[0] = asked[0]


def chosen() -> str:
    """Return the language of this run."""
    return _chosen[0] or preferred_language()


def say(key: str, /, **values: object) -> str:
    """Return a message in the language of this run."""
    return phrase(key, chosen(), **values)
