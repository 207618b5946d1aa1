"""The queries, and the prefixes they use, as data: what editors and agents read unconfigured.

Source: https://github.com/sib-swiss/sparql-examples
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from welfaregraph.publish.facts import Facts, spoken, text, typed
from welfaregraph.turtle import PREFIXES
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written
    from welfaregraph.queries import Question

__all__ = ["DECLARED", "QUERY", "describe", "make", "prefixes", "sparql_of"]

#: Where prefixes are declared, and the document of each query.
DECLARED, QUERY = BASE + "prefixes", BASE + "query/"
FOLDER = "queries/"
FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)
#: SPARQL's form → the class and the property that hold it.
KINDS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}


def sparql_of(question: Question) -> str:
    """Return a question's SPARQL without its header."""
    lines = question.text.splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"


def prefixes() -> Facts:
    """Return the declarations of the prefixes."""
    facts = Facts("prefixes")
    about = facts.say(DECLARED, "owl:Ontology")
    for prefix, namespace in sorted(PREFIXES.items()):
        here = f"{DECLARED}#{prefix}"
        about.of("sh:declare", here)
        facts.say(here, "sh:PrefixDeclaration").of("sh:prefix", text(prefix)).of(
            "sh:namespace", typed(namespace, "anyURI")
        )
    return facts


def describe(site: Site) -> Facts:
    """Return the catalogue of queries."""
    facts = Facts("queries")
    for question in site.graph.questions:
        sparql = sparql_of(question)
        form = FORM.search(sparql)
        kind, predicate = KINDS[form[1]] if form else KINDS["SELECT"]
        said = spoken({lang: question.summary(lang) for lang in site.languages})
        facts.say(QUERY + question.name, "sh:SPARQLExecutable", kind).of(
            "rdfs:label", *said
        ).of("rdfs:comment", *said).of("sh:prefixes", DECLARED).of(predicate, text(sparql)).of(
            "schema:keywords", *map(text, question.tags)
        ).of("dcterms:identifier", text(question.code) if question.code else None).of(
            "schema:target", site.endpoint or None
        )
    return facts


def make(site: Site, _: Written) -> Iterator[File]:
    """Yield each query as a file, with its header."""
    for question in site.graph.questions:
        yield f"{FOLDER}{question.name}.rq", question.text.encode()
