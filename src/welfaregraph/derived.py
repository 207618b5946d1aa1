"""What the program derives, as Turtle: overlap links and suggested themes, each with why.

Pure functions, text out. The slots are those of SSSOM, under our own terms where the ontology
has one (``wg:linksFrom`` for subject_id) and under SSSOM's where it has none.

Source: Simple Standard for Sharing Ontological Mappings, https://w3id.org/sssom/
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote

from welfaregraph.overlap import DEFAULTS, WORDING, Overlap
from welfaregraph.plan_overlap import PAIR
from welfaregraph.reason_words import Rarity, basis, told
from welfaregraph.speech import languages, phrase
from welfaregraph.text import natural_key
from welfaregraph.turtle import canonical
from welfaregraph.verdicts import JUDGEMENT, Verdict
from welfaregraph.vocab import BASE, GRAPH, ID, WG

__all__ = [
    "LEVELS",
    "OFFERS",
    "PREFIXES",
    "Level",
    "Link",
    "Offer",
    "Run",
    "links_turtle",
    "offers_turtle",
    "rounded",
]

#: The graph of suggested themes; each level of overlaps has a graph of its own.
OFFERS = GRAPH + "derived/suggestions"
#: How a link came about, in the vocabulary that SSSOM prescribes.
BY_MACHINE = "https://w3id.org/semapv/vocab/CompositeMatching"
BY_PERSON = "https://w3id.org/semapv/vocab/ManualMappingCuration"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
SSSOM = "https://w3id.org/sssom/"
XSD = "http://www.w3.org/2001/XMLSchema#"
#: Prefixes of these graphs, in the order of their names.
PREFIXES = {
    "dcterms": DCTERMS,
    "owl": OWL,
    "sdg": "http://metadata.un.org/sdg/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": SSSOM,
    "wg": WG,
    "xsd": XSD,
}
LOCAL = re.compile(r"\w+(?:\.\w+)*", re.ASCII)
SHORT = re.compile(r'(?:".*"\^\^)?([a-z]+):', re.DOTALL)
#: A reason is told from this contribution on.
TOLD = 0.005
#: Kinds of reason whose feature is not one that both ends have.
NOT_SHARED = (JUDGEMENT, WORDING, PAIR, "implied-theme", "broader-theme", "related-theme")


#: Predicates and values of one subject, as Turtle.
Triples = list[tuple[str, str]]


@dataclass(frozen=True)
class Run:
    """One derivation: with what, from what."""

    tool: str
    version: str  #: of the tool
    date: str  #: ISO 8601, of the data
    dataset: str  #: IRI
    dataset_version: str
    licence: str  #: IRI


@dataclass(frozen=True)
class Level:
    """What is compared: measures, their single activities, or whole plans."""

    name: str  #: as ``overlaps --level`` has it
    category: str  #: IRI of the class of both ends
    predicate: str  #: IRI of the property that a link proposes
    file: str  #: below ``derived/``, without ending
    partners: int = 0  #: how many links of each side are told, the strongest; 0 for all

    @property
    def graph(self) -> str:
        """IRI of the named graph of its links."""
        return f"{GRAPH}derived/{self.file}"

    def description(self, language: str) -> str:
        """Return what the set of its links is, in words."""
        text = phrase(f"derived.description.{self.name}", language)
        if self.partners:
            text += phrase("derived.partners", language, count=self.partners)
        return text


#: The levels that are derived, by name; plans share work, they are not the same work.
LEVELS = {
    level.name: level
    for level in (
        Level("measure", WG + "Measure", WG + "overlapsWith", "overlaps"),
        Level("activity", WG + "Activity", WG + "overlapsWith", "activity-overlaps"),
        Level("plan", WG + "Plan", WG + "sharesWorkWith", "plan-overlaps"),
    )
}


@dataclass(frozen=True)
class Link:
    """An overlap at its rank, explained."""

    rank: int  #: from 1
    pair: Overlap
    verdict: Verdict | None = None  #: by which a person accepted it
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: language → IRI of a feature → its name
    rarity: Rarity | None = None  #: of themes, among all that was compared
    below: tuple[tuple[float, Overlap], ...] = ()
    #: of two plans: the pairs of measures it rests on, each with its share of the score

    @property
    def ends(self) -> tuple[str, str]:
        """The two sides, the one whose IRI comes first as the first."""
        first, second = sorted((self.pair.a.iri, self.pair.b.iri))
        return first, second

    @property
    def iri(self) -> str:
        """The link's own IRI, made of those of its ends: one document a first measure."""
        first, second = self.ends
        place, _, part = first.partition("#")
        side = f"{_slug(part)}--" if part else ""
        return f"{ID}derived/overlap/{_slug(place)}#{side}{_slug(second)}"

    @property
    def justification(self) -> str:
        """How it came about: IRI of a concept of semapv."""
        return BY_PERSON if self.verdict else BY_MACHINE

    @property
    def shared(self) -> list[str]:
        """IRIs of what both ends have; of two plans, what their pairs of measures have."""
        pairs = [pair for _, pair in self.below] or [self.pair]
        reasons = [reason for pair in pairs for reason in pair.reasons]
        return sorted({r.feature for r in reasons if r.kind not in NOT_SHARED})

    @property
    def wording(self) -> float:
        """Likeness of the wording alone, 0 to 1."""
        found = [
            share * reason.contribution / pair.score
            for share, pair in self.below or ((self.pair.score, self.pair),)
            for reason in pair.reasons
            if reason.kind == WORDING
        ]
        return min(1.0, math.fsum(found) / DEFAULTS.wording)

    def explanation(self, language: str) -> str:
        """Return its reasons in words, with their contributions; the least as one sum."""
        reasons = told(
            self.pair,
            language,
            least=TOLD,
            names=self.labels.get(language),
            rarity=self.rarity,
        )
        bare = phrase("derived.bare", language) if basis(self.pair) == "bare" else ""
        listed = phrase("list.separator", language).join(reasons)
        return phrase("derived.overlap", language, reasons=listed, bare=bare)


@dataclass(frozen=True)
class Offer:
    """A theme suggested for a measure, for a person to accept or reject."""

    measure: str
    theme: str
    words: tuple[str, ...]  #: of the text, that stand for the theme
    score: float  #: share of the text that the words take, the side of a text counting less
    labels: Mapping[str, str] = field(default_factory=dict)  #: language → name of the theme

    @property
    def iri(self) -> str:
        """The suggestion's own IRI: one document a measure."""
        return f"{ID}derived/suggestion/{_slug(self.measure)}#{_slug(self.theme)}"

    def explanation(self, language: str) -> str:
        """Return why it is suggested, in words."""
        words = [phrase("derived.word", language, word=word) for word in self.words]
        return phrase(
            "derived.suggestion",
            language,
            words=phrase("list.separator", language).join(words),
            theme=self.labels.get(language, self.theme),
        )


def rounded(number: float, digits: int) -> str:
    """Return a number with up to so many digits after the point, and at least one.

    >>> rounded(0.72948, 3), rounded(1, 3), rounded(0.0005, 3)
    ('0.729', '1.0', '0.001')
    """
    exact = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    whole, _, rest = f"{exact:f}".partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}"


def links_turtle(links: Iterable[Link], run: Run, level: Level = LEVELS["measure"]) -> str:
    """Return the graph of the overlap links of one level as canonical Turtle."""
    return _document([_set(level, run), *(_link(link, run, level) for link in links)])


def offers_turtle(offers: Iterable[Offer], run: Run) -> str:
    """Return the graph of suggested themes as canonical Turtle."""
    return _document([_offer(offer, run) for offer in offers])


def _document(blocks: Iterable[tuple[str, Triples]]) -> str:
    """Return blocks as canonical Turtle, many times faster than rdflib writes it."""
    known = dict(blocks)
    names = {
        match[1]
        for triples in known.values()
        for term in (term for triple in triples for term in triple)
        if (match := SHORT.match(term))
    }
    head = "".join(f"# {phrase('derived.heading', language)}\n" for language in languages())
    prefixes = "".join(f"PREFIX {n}: <{iri}>\n" for n, iri in PREFIXES.items() if n in names)
    body = "\n".join(_block(s, known[s]) for s in sorted(known, key=natural_key))
    text = f"{head}\n{prefixes}\n{body}" if known else head + "\n\n"
    return canonical(text) if r"\n" in body else text


def _block(subject: str, triples: Triples) -> str:
    values: defaultdict[str, set[str]] = defaultdict(set)
    for predicate, value in triples:
        values[predicate].add(value)
    lines = []
    for predicate in sorted(values, key=_place):
        terms = sorted(values[predicate], key=_by_language)
        joint, gap = (" ", "") if len(terms) == 1 else ("\n        ", " ,\n        ")
        lines.append(f"    {predicate}{joint}{gap.join(terms)} ;\n")
    return f"<{subject}>\n{''.join(lines)}.\n"


def _place(predicate: str) -> str:
    """Return the IRI of a short form; nothing for ``a``, which so comes first."""
    prefix, _, local = predicate.partition(":")
    return PREFIXES[prefix] + local if local else ""


def _by_language(term: str) -> tuple[str, str]:
    """Return what a value is sorted by: texts by language, IRIs as written out."""
    if term.startswith('"'):
        return term.rpartition("@")[2], term
    return "", term[1:-1] if term.startswith("<") else _place(term)


def _set(level: Level, run: Run) -> tuple[str, Triples]:
    texts = [(name, f"{SSSOM}{name}") for name in ("mapping_tool", "mapping_tool_version")]
    values = {"mapping_tool": run.tool, "mapping_tool_version": run.version}
    return level.graph, _triples(
        (RDF_TYPE, _iri(SSSOM + "MappingSet")),
        *((DCTERMS + "title", text) for text in _spoken(f"derived.title.{level.name}")),
        *(
            (DCTERMS + "description", _literal(level.description(language), language))
            for language in languages()
        ),
        (DCTERMS + "created", _typed(run.date, "date")),
        (DCTERMS + "license", _iri(run.licence)),
        (DCTERMS + "source", _iri(run.dataset)),
        (OWL + "versionInfo", _literal(run.dataset_version)),
        *((predicate, _literal(values[name])) for name, predicate in texts),
    )


def _link(link: Link, run: Run, level: Level) -> tuple[str, Triples]:
    pair, (first, second) = link.pair, link.ends
    by = link.verdict
    return link.iri, _triples(
        (RDF_TYPE, _iri(WG + "OverlapLink")),
        (DCTERMS + "created", _typed(by.created if by else run.date, "date")),
        *([(DCTERMS + "creator", _iri(by.by))]
          if by else []),
        (OWL + "annotatedProperty", _iri(level.predicate)),
        (SSSOM + "confidence", _typed(rounded(pair.confidence, 3), "double")),
        (SSSOM + "mapping_justification", _iri(link.justification)),
        *((WG + "explanation", _literal(link.explanation(language), language))
          for language in languages()),
        (WG + "hasRank", _typed(str(link.rank), "integer")),
        (WG + "hasScore", _typed(rounded(pair.score, 4), "decimal")),
        (WG + "hasWordingScore", _typed(rounded(link.wording, 4), "decimal")),
        (WG + "linksFrom", _iri(first)),
        (WG + "linksTo", _iri(second)),
        *((WG + "sharesFeature", _iri(feature)) for feature in link.shared),
        (WG + "toolVersion", _literal(f"{run.tool} {run.version}")),
    )  # fmt: skip


def _offer(offer: Offer, run: Run) -> tuple[str, Triples]:
    return offer.iri, _triples(
        (RDF_TYPE, _iri(WG + "Suggestion")),
        (DCTERMS + "created", _typed(run.date, "date")),
        *((WG + "explanation", _literal(offer.explanation(language), language))
          for language in languages()),
        (WG + "hasScore", _typed(rounded(offer.score, 4), "decimal")),
        (WG + "isSuggestedFor", _iri(offer.measure)),
        *((WG + "matchesWord", _literal(word, "ja")) for word in offer.words),
        (WG + "suggestsTheme", _iri(offer.theme)),
        (WG + "toolVersion", _literal(f"{run.tool} {run.version}")),
    )  # fmt: skip


def _triples(*triples: tuple[str, str]) -> Triples:
    return [
        ("a" if predicate == RDF_TYPE else _iri(predicate), value)
        for predicate, value in triples
    ]


def _spoken(key: str) -> list[str]:
    return [_literal(phrase(key, language), language) for language in languages()]


def _iri(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and LOCAL.fullmatch(iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _literal(text: str, language: str = "") -> str:
    import pyoxigraph

    return str(pyoxigraph.Literal(text, language=language or None))


def _typed(text: str, datatype: str) -> str:
    if datatype == "double":
        return re.sub(r"\.?0*e", "e", f"{float(text):e}")
    return text if datatype in {"decimal", "integer"} else f'"{text}"^^xsd:{datatype}'


def _slug(iri: str) -> str:
    """Return an IRI as a segment of another.

    >>> _slug(ID + "x/1/measure/2")
    'x/1/measure/2'
    >>> _slug("https://example.org/a#b")
    'https%3A/example.org/a%23b'
    """
    return quote(iri.removeprefix(ID).removeprefix(BASE), safe="/-._~").replace("//", "/")
