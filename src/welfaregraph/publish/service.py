"""The description of a SPARQL endpoint that holds the same data, where one is named.

Source: SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from welfaregraph.publish.facts import Facts, number, spoken
from welfaregraph.publish.site import ASSERTED
from welfaregraph.speech import phrase
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site

__all__ = ["SERVICE", "describe"]

SERVICE = BASE + "service"
RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "Turtle")


def describe(site: Site, triples: int) -> Facts:
    """Return the description of the endpoint; nothing where none is named.

    :param triples: in its default graph
    """
    facts = Facts("service")
    if not site.endpoint:
        return facts
    titles = {language: phrase("publish.endpoint", language) for language in site.languages}
    facts.say(SERVICE, "sd:Service", "dcat:DataService").of("sd:endpoint", site.endpoint).of(
        "dcat:endpointURL", site.endpoint
    ).of("dcterms:title", *spoken(titles)).of("sd:supportedLanguage", "sd:SPARQL11Query").of(
        "sd:resultFormat", *(f"http://www.w3.org/ns/formats/{name}" for name in RESULTS)
    ).of("sd:defaultDataset", f"{SERVICE}#dataset").of("dcat:servesDataset", site.dataset).of(
        "dcterms:license", site.licence
    ).of("dcat:endpointDescription", SERVICE)
    dataset = facts.say(f"{SERVICE}#dataset", "sd:Dataset")
    dataset.of("sd:defaultGraph", f"{SERVICE}#default-graph")
    facts.say(f"{SERVICE}#default-graph", "sd:Graph").of("void:triples", number(triples))
    for graph in site.graphs:
        if graph.part == ASSERTED:
            dataset.of("sd:namedGraph", graph.iri)
            size = sum(len(piece) for piece in site.pieces(graph.iri))
            facts.say(graph.iri, "sd:NamedGraph").of("sd:name", graph.iri).of(
                "sd:graph", f"{graph.iri}#graph"
            )
            facts.say(f"{graph.iri}#graph", "sd:Graph").of("void:triples", number(size))
    return facts
