"""What things are called on pages: by their names, or by what tells them apart."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from welfaregraph import derived
from welfaregraph.publish.model import Text, Thing
from welfaregraph.publish.paths import document
from welfaregraph.speech import phrase
from welfaregraph.turtle import PREFIXES
from welfaregraph.vocab import compact

if TYPE_CHECKING:
    from welfaregraph.publish.model import Model, Resource

__all__ = ["Name", "Naming", "full", "settings", "shortened"]

#: Prefixes of the data, and of what is derived from it.
SHORT = derived.PREFIXES | PREFIXES
#: Names kept in memory at a time.
CACHED = 1 << 15


@cache
def settings() -> Mapping[str, Any]:
    """Return ``order.toml``."""
    return tomllib.loads((Path(__file__).parent / "order.toml").read_text("utf-8"))


def full(name: str) -> str:
    """Return the IRI of a prefixed name.

    >>> full("rdfs:label")
    'http://www.w3.org/2000/01/rdf-schema#label'
    """
    prefix, _, rest = name.partition(":")
    return SHORT[prefix] + rest


def shortened(iri: str) -> str:
    """Return an IRI with a prefix of the data, or as paths of ours are shortened.

    >>> shortened("http://www.w3.org/ns/dcat#keyword")
    'dcat:keyword'
    """
    for prefix, namespace in SHORT.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return compact(iri) or iri


@dataclass(frozen=True)
class Name:
    """What a thing is called in a language."""

    text: str
    language: str = ""  #: that it is in; nothing for a short IRI
    details: str = ""  #: words that stand behind it


class Naming:
    """Names the things of a model.

    :param model: what is said of them
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._rules = {full(kind): rule for kind, rule in settings()["named"].items()}
        self.name = lru_cache(CACHED)(self._name)

    def _name(self, thing: Thing, language: str) -> Name:
        """Return what a thing is called; its short IRI if nothing else tells."""
        if thing.names:
            text = thing.name(language)
            number = f"{thing.number} " if thing.number else ""
            return Name(number + text, thing.name_language(language))
        described = self._model.described(thing.iri)
        rules = (self._rules.get(kind.iri) for kind in described.types)
        rule = next(filter(None, rules), None)
        return self._by(described, rule, language) if rule else Name(shortened(thing.iri))

    def _by(self, described: Resource, rule: Mapping[str, Any], language: str) -> Name:
        values = {group.property.iri: group.said for group in described.outgoing}

        def texts(names: list[str]) -> list[str]:
            found = []
            for name in map(full, names):
                said = [one.value for one in values.get(name, ())]
                mine = [v for v in said if isinstance(v, Text) and v.language == language]
                found += [self._text(value, language) for value in mine or said]
            return found

        text = str(rule["between"]).join(texts(rule["by"]))
        details = " ".join(texts(rule.get("details", [])))
        spoken = language if text else ""
        return Name(text or compact(described.thing.iri), spoken, details)

    def title(self, iri: str, parts: Sequence[str], language: str) -> Name:
        """Return what a document is called: by its name, or by what its parts are on.

        :param iri: of the document
        :param parts: IRIs of what it describes
        """
        thing = self._model.thing(iri)
        subject = None if thing.names or not parts else self._subject(parts[0])
        if subject is None:
            return Name(thing.name(language), thing.name_language(language))
        kind, about = subject
        name = self._name(about, language).text
        return Name(phrase(f"page.titled.{kind}", language, name=name), language)

    def _subject(self, part: str) -> tuple[str, Thing] | None:
        """Return the name of the class of a part, and the document that it is on."""
        found = self._model.described(part)
        for kind in found.types:
            short = shortened(kind.iri)
            wanted = full(settings()["titled"].get(short, "rdf:type"))
            for group in found.outgoing:
                first = group.said[0].value
                if group.property.iri == wanted and isinstance(first, Thing):
                    return short.partition(":")[2], self._model.thing(document(first.iri))
        return None

    def _text(self, value: Thing | Text, language: str) -> str:
        return value.text if isinstance(value, Text) else self._name(value, language).text
