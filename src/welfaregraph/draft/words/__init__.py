"""The words that recognisers look for: TOML beside this module, and labels of the schemes."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from welfaregraph import resources
from welfaregraph.text import search_key

__all__ = ["any_of", "concepts", "pattern", "sdg_names", "table"]

FOLDER = Path(__file__).parent
LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#hiddenLabel",
)


@cache
def table(name: str) -> dict[str, Any]:
    """Return one file of words, ``headings`` for ``headings.toml``."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: list[str]) -> str:
    """Return a pattern for one of some literal words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def pattern(name: str, *keys: str) -> re.Pattern[str]:
    """Return the patterns listed at a place of a file, compiled as one for whole texts."""
    found: Any = table(name)
    for key in keys:
        found = found[key]
    return re.compile("|".join(f"(?:{words})" for words in found))


@cache
def concepts(scheme: str) -> dict[str, str]:
    """Return the Japanese labels of a scheme's concepts, each with its concept's slug.

    >>> concepts("actor-kind")["町内会"]
    'community'
    """
    import pyoxigraph

    path = resources.ONTOLOGY / "schemes" / f"{scheme}.ttl"
    found: dict[str, str] = {}
    for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
        label, slug = triple.object, triple.subject.value.rpartition("/")[2]
        if triple.predicate.value in LABELS and label.language == "ja" and slug != scheme:
            found.setdefault(label.value, slug)
    return found


@cache
def sdg_names() -> dict[str, tuple[int, str]]:
    """Return the Japanese names of the SDGs as search keys, with number and name.

    >>> sdg_names()["貧困をなくそう"][0]
    1
    """
    import pyoxigraph

    path = resources.GRAPHS / "reference" / "sdg.ttl"
    found = {}
    for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
        number = triple.subject.value.rpartition("/")[2]
        term = re.split(r"[#/]", triple.predicate.value)[-1]
        named = term in {"label", "prefLabel", "altLabel"} and number.isdecimal()
        if named and triple.object.language == "ja":
            found[search_key(triple.object.value)] = int(number), triple.object.value
    return {key: value for key, value in found.items() if len(key) > 6}
