"""What the program says, in each language of ``messages/``; a language is one more file there.

Keys are dotted (``error.no-such-query.what``); values have ``{named}`` places.
"""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from functools import cache

from welfaregraph.resources import MESSAGES

__all__ = ["FALLBACK", "languages", "phrase", "phrase_or", "preferred_language"]

#: The language that every message has: of the users who cannot choose one.
FALLBACK = "ja"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are messages in, sorted.

    >>> languages()
    ('en', 'ja')
    """
    return tuple(sorted(path.stem for path in MESSAGES.glob("*.toml")))


@cache
def _messages(language: str) -> dict[str, str]:
    def flat(node: dict[str, object], at: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in node.items():
            name = f"{at}.{key}" if at else key
            found |= flat(value, name) if isinstance(value, dict) else {name: str(value)}
        return found

    return flat(tomllib.loads((MESSAGES / f"{language}.toml").read_text("utf-8")), "")


def phrase(key: str, language: str, /, **values: object) -> str:
    """Return the message ``key`` in ``language`` with its places filled.

    :raises KeyError: no such message, or a place without a value (both are our own fault)
    """
    return _messages(language)[key].format_map(values)


def phrase_or(key: str, language: str, otherwise: str) -> str:
    """Return the message ``key``, or ``otherwise`` where there is none (words from data)."""
    return _messages(language).get(key, otherwise)


def preferred_language() -> str:
    """Return ``WELFAREGRAPH_LANG``, else the locale's language, else Japanese.

    The locale is what the environment says: Python reports English for the C locale.
    """
    names = ("WELFAREGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wishes = [os.environ.get(name, "") for name in names]
    if sys.platform == "win32":
        wishes.append(locale.getlocale()[0] or "")
    spoken = [wish[:2].lower() for wish in wishes if wish[:2].lower() in languages()]
    return spoken[0] if spoken else FALLBACK
