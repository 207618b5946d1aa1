"""Which sheets a workbook has and what its columns stand for, read from ``layout.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import URIRef

from welfaregraph.speech import FALLBACK, languages
from welfaregraph.turtle import PREFIXES
from welfaregraph.vocab import SCHEME

__all__ = ["Column", "Key", "Layout", "Sheet", "WordList", "in_language", "iri", "layout"]

FILE = Path(__file__).with_name("layout.toml")


@dataclass(frozen=True)
class Column:
    """One column: a property and how its values are written."""

    name: str  #: of the column within its sheet
    of: URIRef | None  #: the property; none for the class and what is only shown
    kind: str  #: text, body, code, integer, decimal, date, month, duration, literal, ref …
    titles: Mapping[str, str]  #: language → heading
    helps: Mapping[str, str]  #: language → what to write
    lists: tuple[str, ...] = ()  #: names of the lists of words it takes
    to: tuple[str, ...] = ()  #: names of the sheets whose rows it names
    many: bool = False  #: several values, one a line
    must: bool = False  #: a row without it says too little
    width: int = 40
    lang: str = FALLBACK  #: of text
    digits: int = 0  #: codes have so many, with leading zeros
    default: str = ""  #: what an empty cell means; ``{plan}`` is the plan
    path: URIRef | None = None  #: of what is only shown: whose property
    attests: URIRef | None = None  #: what a passage first named here is evidence for
    quotes: str = ""  #: column that has the words which a passage first named here prints
    aside: bool = False  #: at hand but hidden at first
    rare: bool = False  #: hidden while no row has it
    is_qualified: bool = False  #: rows are named with their sheet: 施策 1

    def title(self, language: str) -> str:
        """Return the heading."""
        return in_language(self.titles, language)

    @property
    def is_stored(self) -> bool:
        """Whether the graph has what its cells say."""
        return self.kind not in {"shown", "hint"}


@dataclass(frozen=True)
class Key:
    """How the visible No. of a row comes from its identifier."""

    under: str  #: identifiers begin so; ``{plan}`` and ``{id}`` are filled
    write: tuple[tuple[str, str], ...] = ()  #: what is replaced in the rest
    sources: tuple[str, ...] = ()  #: columns from which a missing No. is made
    within: str = ""  #: column that comes before where the same number stands twice
    width: int = 12
    aside: bool = False

    def shown(self, iri: str, places: Mapping[str, str]) -> str:
        """Return the No. of an identifier, or nothing where it has another form."""
        under = self.under.format_map(places)
        if not iri.startswith(under):
            return ""
        rest = iri.removeprefix(under)
        for old, new in self.write:
            rest = rest.replace(old, new)
        return rest


@dataclass(frozen=True)
class Sheet:
    """One sheet: what its rows are."""

    name: str
    titles: Mapping[str, str]
    abouts: Mapping[str, str]  #: language → what stands here and how it is written
    classes: tuple[URIRef, ...]
    columns: tuple[Column, ...]
    part: str = "stated"  #: of the plan's graphs
    form: bool = False  #: one thing, its properties one below the other
    where: URIRef | None = None
    unless: URIRef | None = None
    key: Key | None = None
    named: tuple[str, ...] = ()  #: columns by which rows are named where there is no key
    mint: tuple[str, ...] = ()
    states: tuple[tuple[str, str, str], ...] = ()
    sort: tuple[str, ...] = ()
    #: columns of places that other sheets may name first: of, at, evidence, words
    cited: Mapping[str, str] | None = None
    selves: Mapping[str, str] | None = None  #: language → what other sheets call the one row

    def title(self, language: str) -> str:
        """Return what the sheet is called."""
        return in_language(self.titles, language)

    def column(self, name: str) -> Column:
        """Return the column of a name.

        :raises KeyError: there is none
        """
        return {column.name: column for column in self.columns}[name]


@dataclass(frozen=True)
class WordList:
    """Where the words of a list come from."""

    name: str
    scheme: str = ""  #: IRI of a concept scheme
    classes: tuple[URIRef, ...] = ()
    words: Mapping[URIRef, Mapping[str, str]] | None = None  #: further things → language → word
    literals: Mapping[str, Mapping[str, str]] | None = None  #: lexical form → language → word
    numbered: bool = False  #: the notation comes before the word
    is_given: bool = False  #: it holds what the plan refers to and does not describe


@dataclass(frozen=True)
class Layout:
    """The whole workbook."""

    version: int
    sheets: tuple[Sheet, ...]
    lists: Mapping[str, WordList]
    eras: Mapping[str, int]  #: name of an era → the year before its first
    rejects: Mapping[URIRef, URIRef]  #: a term → what its rejection says

    def sheet(self, name: str) -> Sheet:
        """Return the sheet of a name.

        :raises KeyError: there is none
        """
        return {sheet.name: sheet for sheet in self.sheets}[name]

    def titled(self, title: str) -> Sheet | None:
        """Return the sheet that is called so in any language."""
        return next((s for s in self.sheets if title in s.titles.values()), None)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in a language, or in that which all have."""
    return texts.get(language) or texts.get(FALLBACK, "")


@cache
def layout() -> Layout:
    """Return the layout of ``layout.toml``."""
    with FILE.open("rb") as file:
        raw = tomllib.load(file)
    return Layout(
        version=raw["version"],
        sheets=tuple(map(_sheet, raw["sheet"])),
        lists={name: _list(name, entry) for name, entry in raw["list"].items()},
        eras=raw["era"],
        rejects={iri(term): iri(other) for term, other in raw["reject"].items()},
    )


def iri(short: str) -> URIRef:
    """Write out a prefixed name.

    >>> iri("wg:Plan")
    rdflib.term.URIRef('https://w3id.org/welfaregraph/ns#Plan')
    """
    prefix, colon, rest = short.partition(":")
    return URIRef(PREFIXES[prefix] + rest if colon and prefix in PREFIXES else short)


def _titles(raw: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(raw[name]) for name in languages() if name in raw}


def _maybe(short: str | None) -> URIRef | None:
    return iri(short) if short else None


def _sheet(raw: Mapping[str, Any]) -> Sheet:
    return Sheet(
        name=raw["name"],
        titles=_titles(raw),
        abouts=raw.get("about", {}),
        classes=tuple(map(iri, raw["class"])),
        columns=tuple(map(_column, raw["columns"])),
        part=raw.get("part", "stated"),
        form=raw.get("form", False),
        where=_maybe(raw.get("where")),
        unless=_maybe(raw.get("unless")),
        key=_key(raw["key"]) if "key" in raw else None,
        named=tuple(raw.get("named", ())),
        mint=tuple(raw.get("mint", ())),
        states=tuple(_triple(text) for text in raw.get("states", ())),
        sort=tuple(raw.get("sort", ())),
        cited=raw.get("cited"),
        selves=raw.get("self"),
    )


def _triple(text: str) -> tuple[str, str, str]:
    subject, predicate, value = text.split()
    return subject, predicate, value


def _key(raw: Mapping[str, Any]) -> Key:
    return Key(
        under=raw["under"],
        write=tuple((old, new) for old, new in raw.get("write", ())),
        sources=tuple(raw.get("from", ())),
        within=raw.get("within", ""),
        width=raw.get("width", 12),
        aside=raw.get("aside", False),
    )


def _column(raw: Mapping[str, Any]) -> Column:
    kind, of, lang = raw.get("as", "text"), raw.get("of", ""), raw.get("lang", FALLBACK)
    name = {"class": "class", "shown": f"shown:{of}"}.get(kind, of)
    lists = raw.get("list", ())
    return Column(
        name=name if lang == FALLBACK else f"{name}@{lang}",
        of=iri(of) if ":" in of else None,
        kind=kind,
        titles=_titles(raw),
        helps=raw.get("help", {}),
        lists=(lists,) if isinstance(lists, str) else tuple(lists),
        to=tuple(raw.get("to", ())),
        many=raw.get("many", False),
        must=raw.get("must", False),
        width=raw.get("width", 40),
        lang=lang,
        digits=raw.get("digits", 0),
        default=raw.get("default", ""),
        path=_maybe(raw.get("path")),
        attests=_maybe(raw.get("attests")),
        quotes=raw.get("quotes", ""),
        aside=raw.get("aside", False),
        rare=raw.get("rare", False),
        is_qualified=raw.get("qualified", False),
    )


def _list(name: str, raw: Mapping[str, Any]) -> WordList:
    words = raw.get("words")
    return WordList(
        name=name,
        scheme=SCHEME + raw["scheme"] if "scheme" in raw else "",
        classes=tuple(map(iri, raw.get("class", ()))),
        words={iri(short): said for short, said in words.items()} if words else None,
        literals=raw.get("literals"),
        numbered=raw.get("number", False),
        is_given=raw.get("given", False),
    )
