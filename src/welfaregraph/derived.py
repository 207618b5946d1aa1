"""What the program derives, as Turtle: overlap links and suggested themes, each with why.

Pure functions, text out. The slots are those of SSSOM, under our own terms where the ontology
has one (``wg:linksFrom`` for subject_id) and under SSSOM's where it has none.

Source: Simple Standard for Sharing Ontological Mappings, https://w3id.org/sssom/
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote

from welfaregraph.overlap import DEFAULTS, WORDING, Overlap, Reason
from welfaregraph.speech import languages, phrase
from welfaregraph.turtle import canonical
from welfaregraph.verdicts import JUDGEMENT, Verdict
from welfaregraph.vocab import BASE, GRAPH, ID, WG

__all__ = [
    "LINKS",
    "OFFERS",
    "Link",
    "Offer",
    "Run",
    "links_turtle",
    "offers_turtle",
    "rounded",
]

#: The two derived graphs.
LINKS = GRAPH + "derived/overlaps"
OFFERS = GRAPH + "derived/suggestions"
#: How a link came about, in the vocabulary that SSSOM prescribes.
BY_MACHINE = "https://w3id.org/semapv/vocab/CompositeMatching"
BY_PERSON = "https://w3id.org/semapv/vocab/ManualMappingCuration"
PREFIXES = (
    "PREFIX semapv: <https://w3id.org/semapv/vocab/>\nPREFIX sssom: <https://w3id.org/sssom/>\n"
)
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
SSSOM = "https://w3id.org/sssom/"
XSD = "http://www.w3.org/2001/XMLSchema#"
#: A reason is told from this contribution on.
TOLD = 0.005
#: Kinds of reason whose feature is not one that both measures have.
NOT_SHARED = (JUDGEMENT, WORDING, "broader-theme", "related-theme")


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
class Link:
    """An overlap at its rank, explained."""

    rank: int  #: from 1
    pair: Overlap
    verdict: Verdict | None = None  #: by which a person accepted it
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: language → IRI of a feature → its name

    @property
    def ends(self) -> tuple[str, str]:
        """The two measures, the one whose IRI comes first as the first."""
        first, second = sorted((self.pair.a.iri, self.pair.b.iri))
        return first, second

    @property
    def iri(self) -> str:
        """The link's own IRI, made of those of its ends."""
        return f"{ID}derived/overlap/{'--'.join(map(_slug, self.ends))}"

    @property
    def justification(self) -> str:
        """How it came about: IRI of a concept of semapv."""
        return BY_PERSON if self.verdict else BY_MACHINE

    def explanation(self, language: str) -> str:
        """Return its reasons in words, with their contributions; the least as one sum."""
        names = self.labels.get(language, {})
        told = [r for r in self.pair.reasons if r.contribution >= TOLD or r.kind == JUDGEMENT]
        reasons = phrase("list.separator", language).join(
            phrase(
                f"reason.{reason.kind}",
                language,
                label=names.get(reason.feature, reason.label),
                contribution=reason.contribution,
            )
            for reason in told
        )
        rest = self.pair.score - math.fsum(reason.contribution for reason in told)
        reasons += phrase("overlaps.rest", language, rest=rest) if rest >= TOLD else ""
        bare = phrase("derived.bare", language) if self.pair.rests_on_title else ""
        return phrase("derived.overlap", language, reasons=reasons, bare=bare)


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
        """The suggestion's own IRI."""
        return f"{ID}derived/suggestion/{_slug(self.measure)}--{_slug(self.theme)}"

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


def links_turtle(links: Iterable[Link], run: Run) -> str:
    """Return the graph of overlap links as canonical Turtle."""
    return _document([_set(LINKS, run), *(_link(link, run) for link in links)])


def offers_turtle(offers: Iterable[Offer], run: Run) -> str:
    """Return the graph of suggested themes as canonical Turtle."""
    return _document([_offer(offer, run) for offer in offers])


def _document(blocks: Iterable[str]) -> str:
    head = "".join(f"# {phrase('derived.heading', language)}\n" for language in languages())
    return canonical(head + PREFIXES + "".join(blocks))


def _set(iri: str, run: Run) -> str:
    texts = [(name, f"{SSSOM}{name}") for name in ("mapping_tool", "mapping_tool_version")]
    values = {"mapping_tool": run.tool, "mapping_tool_version": run.version}
    return _block(
        iri,
        (RDF_TYPE, _iri(SSSOM + "MappingSet")),
        *((DCTERMS + "title", text) for text in _spoken("derived.title")),
        *((DCTERMS + "description", text) for text in _spoken("derived.description")),
        (DCTERMS + "created", _typed(run.date, "date")),
        (DCTERMS + "license", _iri(run.licence)),
        (DCTERMS + "source", _iri(run.dataset)),
        (OWL + "versionInfo", _literal(run.dataset_version)),
        *((predicate, _literal(values[name])) for name, predicate in texts),
    )


def _link(link: Link, run: Run) -> str:
    pair, (first, second) = link.pair, link.ends
    wording = math.fsum(r.contribution for r in pair.reasons if r.kind == WORDING)
    by = link.verdict
    return _block(
        link.iri,
        (RDF_TYPE, _iri(WG + "OverlapLink")),
        (DCTERMS + "created", _typed(by.created if by else run.date, "date")),
        *([(DCTERMS + "creator", _iri(by.by))]
          if by else []),
        (OWL + "annotatedProperty", _iri(WG + "overlapsWith")),
        (SSSOM + "confidence", _typed(rounded(pair.confidence, 3), "double")),
        (SSSOM + "mapping_justification", _iri(link.justification)),
        *((WG + "explanation", _literal(link.explanation(language), language))
          for language in languages()),
        (WG + "hasRank", _typed(str(link.rank), "integer")),
        (WG + "hasScore", _typed(rounded(pair.score, 4), "decimal")),
        (WG + "hasWordingScore",
         _typed(rounded(min(1.0, wording / DEFAULTS.wording), 4), "decimal")),
        (WG + "linksFrom", _iri(first)),
        (WG + "linksTo", _iri(second)),
        *((WG + "sharesFeature", _iri(reason.feature)) for reason in _shared(pair)),
        (WG + "toolVersion", _literal(f"{run.tool} {run.version}")),
    )  # fmt: skip


def _shared(pair: Overlap) -> Iterator[Reason]:
    return (reason for reason in pair.reasons if reason.kind not in NOT_SHARED)


def _offer(offer: Offer, run: Run) -> str:
    return _block(
        offer.iri,
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


def _block(subject: str, *triples: tuple[str, str]) -> str:
    lines = "".join(f"    <{predicate}> {value} ;\n" for predicate, value in triples)
    return f"{_iri(subject)}\n{lines}.\n"


def _spoken(key: str) -> list[str]:
    return [_literal(phrase(key, language), language) for language in languages()]


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _literal(text: str, language: str = "") -> str:
    import pyoxigraph

    return str(pyoxigraph.Literal(text, language=language or None))


def _typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{XSD}{datatype}>'


def _slug(iri: str) -> str:
    """Return an IRI as a segment of another.

    >>> _slug(ID + "x/1/measure/2")
    'x/1/measure/2'
    >>> _slug("https://example.org/a#b")
    'https%3A/example.org/a%23b'
    """
    return quote(iri.removeprefix(ID).removeprefix(BASE), safe="/-._~").replace("//", "/")
