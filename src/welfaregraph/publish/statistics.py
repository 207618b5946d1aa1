"""VoID: what the dataset holds, counted; by class, by property, by what it links to.

Counted over what is asserted, each statement once; so the numbers are those of the Turtle dump.

Source: Describing Linked Datasets with the VoID Vocabulary, https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from welfaregraph.publish.facts import Facts, name, number, text
from welfaregraph.publish.rdf import TYPE, link_of, subject_of
from welfaregraph.vocab import BASE, ID, WG

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import Written
    from welfaregraph.store import Store

__all__ = ["VOID", "Statistics", "counted", "describe"]

#: The document that describes the dataset to programs.
VOID = BASE + "void"
#: Properties of a statement whose object is a vocabulary's or a document's and no link; a
#: judgement only repeats the link that it judges.
NO_LINKS = frozenset(
    {TYPE, "http://purl.org/dc/terms/license", WG + "judgesValue", WG + "onTerm"}
)


@dataclass
class Statistics:
    """Numbers of a set of statements, each counted once."""

    triples: int = 0
    subjects: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    properties: Counter[str] = field(default_factory=Counter)
    classes: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: (property, origin of the target) → statements

    @property
    def entities(self) -> int:
        """Things under ``id/``, each named by an IRI without its own file or with."""
        return sum(subject.startswith(ID) for subject in self.subjects)

    def pairs(self, store: Store) -> Counter[tuple[str, str]]:
        """Return how often things of a class have a property."""
        rows = store.query(
            "SELECT ?class ?property (COUNT(*) AS ?triples) "
            "WHERE { ?s a ?class ; ?property ?o . } GROUP BY ?class ?property"
        )
        return Counter(
            {(str(r["class"]), str(r["property"])): int(r["triples"] or 0) for r in rows}
        )


def counted(store: Store) -> Statistics:
    """Count what is asserted."""
    found = Statistics()
    for quad in store.asserted():
        subject, predicate, value = subject_of(quad), quad.predicate.value, link_of(quad)
        found.triples += 1
        found.subjects.add(subject)
        found.properties[predicate] += 1
        if predicate == TYPE:
            found.classes[value].add(subject)
        if value:
            found.objects.add(value)
            is_link = subject.startswith(BASE) and not value.startswith(BASE)
            if is_link and predicate not in NO_LINKS and urlsplit(value).hostname:
                found.links[predicate, _origin(value)] += 1
        else:
            found.objects.add(str(quad.object))
    return found


def _origin(iri: str) -> str:
    """Return the server that answers for an IRI.

    >>> _origin("http://data.e-stat.go.jp/lod/sac/C01203")
    'http://data.e-stat.go.jp/'
    """
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/"


def describe(site: Site, found: Statistics, written: Written) -> Facts:
    """Return the VoID description."""
    facts = Facts("void")
    facts.say(VOID, "void:DatasetDescription").of("foaf:primaryTopic", site.dataset).of(
        "dcterms:title", text("VoID")
    )
    about = facts.say(site.dataset, "void:Dataset")
    about.of("void:triples", number(found.triples))
    about.of("void:entities", number(found.entities))
    about.of("void:distinctSubjects", number(len(found.subjects)))
    about.of("void:distinctObjects", number(len(found.objects)))
    about.of("void:properties", number(len(found.properties)))
    about.of("void:classes", number(len(found.classes)))
    dumps = sorted(name for name in written if name.startswith("dumps/welfaregraph."))
    about.of("void:dataDump", *(BASE + name for name in dumps))
    about.of("void:sparqlEndpoint", site.endpoint or None)
    about.of("void:rootResource", *sorted(site.plans))
    about.of("void:classPartition", *(f"{VOID}#{name(c)}" for c in sorted(found.classes)))
    about.of(
        "void:propertyPartition", *(f"{VOID}#p-{name(p)}" for p in sorted(found.properties))
    )
    for predicate, triples in sorted(found.properties.items()):
        facts.say(f"{VOID}#p-{name(predicate)}", "void:Dataset").of(
            "void:property", predicate
        ).of("void:triples", number(triples))
    _classes(facts, found, found.pairs(site.graph.store))
    _links(facts, site, found)
    return facts


def _classes(facts: Facts, found: Statistics, pairs: Counter[tuple[str, str]]) -> None:
    of_class: defaultdict[str, list[str]] = defaultdict(list)
    for kind, predicate in sorted(pairs):
        of_class[kind].append(predicate)
    for kind, members in sorted(found.classes.items()):
        here = f"{VOID}#{name(kind)}"
        about = facts.say(here, "void:Dataset").of("void:class", kind)
        about.of("void:entities", number(len(members)))
        about.of("void:exampleResource", min(members))
        for predicate in of_class[kind]:
            part = f"{here}.{name(predicate)}"
            about.of("void:propertyPartition", part)
            facts.say(part, "void:Dataset").of("void:property", predicate).of(
                "void:triples", number(pairs[kind, predicate])
            )


def _links(facts: Facts, site: Site, found: Statistics) -> None:
    for (predicate, origin), triples in sorted(found.links.items()):
        scheme = urlsplit(origin).scheme  # http and https are different IRIs
        here = f"{VOID}#links-{name(predicate)}-{scheme}-{name(origin)}"
        facts.say(site.dataset).of("void:subset", here)
        facts.say(here, "void:Linkset").of("void:subjectsTarget", site.dataset).of(
            "void:objectsTarget", origin
        ).of("void:linkPredicate", predicate).of("void:triples", number(triples))
        facts.say(origin, "void:Dataset").of("void:uriSpace", text(origin))
