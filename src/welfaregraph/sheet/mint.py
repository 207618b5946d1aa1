"""Identifiers for rows that have none, by the patterns of the layout (docs/model.md).

A pattern has places: ``{plan}``, ``{id}``, ``{code}``, ``{slug}`` of the plan; ``{key}`` the
row's No.; ``{class}``; ``{n}`` the first number that is free; and the names of columns, which
stand for the whole identifier where they begin a pattern and for its last word elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import count
from string import Formatter

from rdflib import Literal, URIRef
from rdflib.term import Node

from welfaregraph.sheet.layout import Sheet

__all__ = ["minted", "needed", "slug"]

UNFIT = re.compile(r"[^0-9A-Za-z._-]+")


def slug(text: str) -> str:
    """Return the part of a text that an identifier can hold.

    >>> slug("（4）"), slug("①"), slug("第3期"), slug("基本理念")
    ('4', '1', '3', '')
    """
    return UNFIT.sub("-", unicodedata.normalize("NFKC", text)).strip("-.")


def minted(
    sheet: Sheet,
    places: Mapping[str, str],
    *,
    key: str,
    kind: URIRef,
    values: Callable[[str], Node | None],
    taken: Callable[[str], bool],
) -> str:
    """Return an identifier for a new row; empty where no pattern can be filled.

    :param places: what fills the places of the plan
    :param key: the row's No., or nothing
    :param values: name of a column → its first value, if it has one
    :param taken: whether an identifier is in use
    """
    known = {**places, "key": slug(key), "class": _tail(kind).lower()}
    for pattern in sheet.mint:
        found = _filled(pattern, known, values, taken)
        if found:
            return found
    return ""


def needed(sheet: Sheet) -> list[str]:
    """Return the names of the columns without which a row gets no identifier.

    >>> from welfaregraph.sheet.layout import layout
    >>> needed(layout().sheet("activities"))
    ['wg:carriesOut']
    """
    named = [
        {f"{place}:{form}" for _, place, form, _ in Formatter().parse(pattern) if form}
        for pattern in sheet.mint
    ]
    every = set.intersection(*named) if named else set()
    return [column.name for column in sheet.columns if column.name in every]


def _filled(
    pattern: str,
    known: Mapping[str, str],
    values: Callable[[str], Node | None],
    taken: Callable[[str], bool],
) -> str:
    parts: list[str] = []
    numbered = False
    for text, place, form, _ in Formatter().parse(pattern):
        parts.append(text.replace("#", "-") if "#" in "".join(parts) else text)
        name = f"{place}:{form}" if form else place
        if name == "n":
            numbered = True
            parts.append("{n}")
        elif name is not None:
            word = known.get(name) or _word(values(name), whole=not "".join(parts))
            if not word:
                return ""
            parts.append(word)
    whole = "".join(parts)
    if numbered:
        tries = (whole.replace("{n}", str(number)) for number in count(1))
        return next(iri for iri in tries if not taken(iri))
    return "" if taken(whole) else whole


def _word(value: Node | None, *, whole: bool) -> str:
    if isinstance(value, URIRef):
        return str(value) if whole else slug(_tail(value))
    return slug(str(value)) if isinstance(value, Literal) else ""


def _tail(iri: URIRef) -> str:
    return re.split("[/#]", str(iri))[-1]
