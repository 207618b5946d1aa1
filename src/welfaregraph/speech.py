"""What the program says, in each language of ``messages/``: a language is one more folder.

Keys are dotted. Where their first word is the name of a file, they stand there
(``error.no-such-query.what`` in ``error.toml``), else in ``output.toml``; so ``--help`` reads
little. Values have ``{named}`` places. Every run passes here first, so it imports little.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from functools import cache

__all__ = ["FALLBACK", "languages", "phrase", "phrase_or", "preferred_language", "spoken"]

MESSAGES = os.path.join(os.path.dirname(__file__), "messages")
#: The file of the keys whose first word is no file.
COMMON = "output"
#: The language that every message has: of the users who cannot choose one.
FALLBACK = "ja"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are messages in, sorted.

    >>> languages()
    ('en', 'ja')
    """
    return tuple(sorted(os.listdir(MESSAGES)))


@cache
def _files(language: str) -> frozenset[str]:
    return frozenset(
        name.removesuffix(".toml") for name in os.listdir(os.path.join(MESSAGES, language))
    )


@cache
def _messages(language: str, file: str) -> dict[str, str]:
    def flat(node: dict[str, object], at: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in node.items():
            name = f"{at}.{key}" if at else key
            found |= flat(value, name) if isinstance(value, dict) else {name: str(value)}
        return found

    with open(os.path.join(MESSAGES, language, f"{file}.toml"), "rb") as source:
        return flat(tomllib.load(source), "" if file == COMMON else file)


def _table(key: str, language: str) -> dict[str, str]:
    first = key.partition(".")[0]
    return _messages(language, first if first in _files(language) else COMMON)


def phrase(key: str, language: str, /, **values: object) -> str:
    """Return the message ``key`` in ``language`` with its places filled.

    :raises KeyError: no such message, or a place without a value (both are our own fault)
    """
    return _table(key, language)[key].format_map(values)


def phrase_or(key: str, language: str, otherwise: str) -> str:
    """Return the message ``key``, or ``otherwise`` where there is none (words from data)."""
    return _table(key, language).get(key, otherwise)


def spoken(texts: Mapping[str, str], language: str) -> str:
    """Return what is said in ``language``, else in Japanese, else in any.

    :param texts: language → the same in it; nothing is said in none

    >>> spoken({"en": "plan", "ja": "計画"}, "ko"), spoken({}, "ja")
    ('計画', '')
    """
    return texts.get(language) or texts.get(FALLBACK) or next(iter(texts.values()), "")


def preferred_language() -> str:
    """Return ``WELFAREGRAPH_LANG``, else the locale's language, else Japanese.

    The locale is what the environment says: Python reports English for the C locale.
    """
    names = ("WELFAREGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wishes = [os.environ.get(name, "") for name in names]
    if sys.platform == "win32":
        import locale

        wishes.append(locale.getlocale()[0] or "")
    known = [wish[:2].lower() for wish in wishes if wish[:2].lower() in languages()]
    return known[0] if known else FALLBACK
