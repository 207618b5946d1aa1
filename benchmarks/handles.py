"""The wordings by which the schemes of ``ontology/`` are found in a text."""

from __future__ import annotations

import unicodedata
from functools import cache

import pyoxigraph as ox

from welfaregraph import resources, vocab

__all__ = [
    "THEME", "ancestors", "beside", "handles", "handles_in", "is_noun", "theme_handles",
]  # fmt: skip

SKOS = "http://www.w3.org/2004/02/skos/core#"
LABELS = tuple(ox.NamedNode(f"{SKOS}{kind}Label") for kind in ("pref", "alt", "hidden"))
BROADER = ox.NamedNode(f"{SKOS}broader")
RELATED = ox.NamedNode(f"{SKOS}related")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CONCEPT = ox.NamedNode(f"{SKOS}Concept")
#: Characters of a handle from which on it can carry a title.
LEAST_NOUN = 3
#: IRI of a theme without its slug.
THEME = f"{vocab.SCHEME}theme/"
#: What is not a handle: administrative filler, which says nothing of the work.
FILLER = f"{vocab.SCHEME}filler"


@cache
def _schemes() -> ox.Store:
    store = ox.Store()
    for path in sorted((resources.ONTOLOGY / "schemes").glob("*.ttl")):
        store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return store


@cache
def _labels() -> dict[str, frozenset[str]]:
    found = {
        quad.subject.value: frozenset(
            label.value
            for predicate in LABELS
            for label in _objects(quad.subject.value, predicate)
            if isinstance(label, ox.Literal) and label.language == "ja"
        )
        for quad in _schemes().quads_for_pattern(None, TYPE, CONCEPT)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return dict(sorted(found.items()))


def _objects(subject: str, predicate: ox.NamedNode) -> list[object]:
    found = _schemes().quads_for_pattern(ox.NamedNode(subject), predicate, None)
    return [quad.object for quad in found]


def _broader(theme: str) -> list[str]:
    found = _objects(theme, BROADER)
    return [concept.value for concept in found if isinstance(concept, ox.NamedNode)]


@cache
def handles() -> frozenset[str]:
    """Return the Japanese labels, of every kind, of the concepts of all schemes but filler."""
    return frozenset(
        label
        for concept, labels in _labels().items()
        if not concept.startswith(FILLER)
        for label in labels
    )


def handles_in(text: str) -> set[str]:
    """Return the handles that stand in a text word for word, width and blanks aside."""
    key = _plain(text)
    return {handle for handle in handles() if _plain(handle) in key}


@cache
def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


@cache
def theme_handles() -> dict[str, tuple[str, ...]]:
    """Return slug of a theme → its handles, in order; the broadest are left out."""
    return {
        iri.removeprefix(THEME): tuple(sorted(labels))
        for iri, labels in _labels().items()
        if iri.startswith(THEME) and _broader(iri)
    }


@cache
def ancestors(theme: str) -> frozenset[str]:
    """Return slugs of a theme and of all above it."""
    found, waiting = set[str](), [THEME + theme]
    while waiting:
        iri = waiting.pop()
        if iri not in found:
            found.add(iri)
            waiting += _broader(iri)
    return frozenset(iri.removeprefix(THEME) for iri in found)


@cache
def beside(theme: str) -> frozenset[str]:
    """Return slugs of the themes that the scheme relates to a theme, stated on either side."""
    node = ox.NamedNode(THEME + theme)
    stated = [quad.object for quad in _schemes().quads_for_pattern(node, RELATED, None)]
    stated += [quad.subject for quad in _schemes().quads_for_pattern(None, RELATED, node)]
    iris = [concept.value for concept in stated if isinstance(concept, ox.NamedNode)]
    return frozenset(iri.removeprefix(THEME) for iri in iris)


def is_noun(handle: str) -> bool:
    """Return whether a handle reads as a noun, so that a title can be built on it.

    >>> is_noun("買い物支援"), is_noun("自殺対策を進め")
    (True, False)
    """
    hiragana = "ぁ" <= handle[-1] <= "ん"
    return len(handle) >= LEAST_NOUN and (
        not hiragana or handle.endswith(("づくり", "つながり", "合い"))
    )
