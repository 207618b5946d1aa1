"""The vocabulary and its schemes: every term is explained, sourced, and the only one used."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD

ROOT = Path(__file__).resolve().parents[1]
BASE = "https://w3id.org/welfaregraph/"
NS = f"{BASE}ns#"
ONTOLOGY = URIRef(f"{BASE}ns")
LANGUAGES = {"ja", "en"}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
NEGATIVE = {"ja": "負例：", "en": "Negative example: "}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
USED = re.compile(rf"(?:(?<![\w:/-])wg:|{re.escape(NS)})([A-Za-z]\w*)")
#: Files that use terms; a folder that has none yet is named by the test.
USERS = {"ontology": ".ttl", "graphs": ".ttl", "queries": ".rq", "validation": ".ttl"}

PARTS = {path.name: Graph().parse(path) for path in sorted((ROOT / "ontology").glob("*.ttl"))}
SCHEMES = {
    path.stem: Graph().parse(path)
    for path in sorted((ROOT / "ontology" / "schemes").glob("*.ttl"))
}
TERMS_IN = {
    (name, subject)
    for name, graph in PARTS.items()
    for subject in set(graph.subjects())
    if str(subject).startswith(NS)
}
TERMS = sorted({str(term)[len(NS) :] for _, term in TERMS_IN})
ALL = Graph()
for part in PARTS.values():
    ALL += part


def term(name: str) -> URIRef:
    return URIRef(NS + name)


def literals(graph: Graph, subject: URIRef, predicate: URIRef) -> list[Literal]:
    values = list(graph.objects(subject, predicate))
    assert all(isinstance(value, Literal) for value in values), (subject, predicate)
    return [value for value in values if isinstance(value, Literal)]


def assert_one_per_language(graph: Graph, subject: URIRef, predicate: URIRef) -> None:
    values = literals(graph, subject, predicate)
    counted = Counter(value.language for value in values)
    assert counted == dict.fromkeys(LANGUAGES, 1), (subject, predicate, counted)
    for value in values:
        assert str(value) == str(value).strip() != "", (subject, predicate)


def listed_slugs() -> dict[str, tuple[set[str], bool]]:
    """Return the slugs that docs/model.md fixes, and whether a scheme may have more."""
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    table = text.split("## Schemes")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \|$", table, flags=re.MULTILINE)
    return {
        scheme: (set(re.sub(r"\(.*?\)", "", slugs).split()), "(more" in slugs)
        for scheme, slugs in rows
        if scheme != "theme"
    }


# --- the ontology


def test_the_parts_are_there_and_nothing_is_defined_twice() -> None:
    assert set(PARTS) == {"core.ttl", "derived.ttl", "law.ttl"}
    assert len(TERMS) >= 130
    assert len(TERMS_IN) == len(TERMS)


def test_ontology_header() -> None:
    assert list(ALL.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert_one_per_language(ALL, ONTOLOGY, predicate)
    version = ALL.value(ONTOLOGY, OWL.versionInfo)
    assert ALL.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert ALL.value(ONTOLOGY, DCTERMS.license) == URIRef(
        "https://creativecommons.org/licenses/by/4.0/"
    )
    for predicate in (DCTERMS.creator, DCTERMS.created, DCTERMS.modified, SKOS.changeNote):
        assert ALL.value(ONTOLOGY, predicate, any=True) is not None, predicate
    for predicate in (DCTERMS.created, DCTERMS.modified):
        assert ALL.value(ONTOLOGY, predicate).datatype == XSD.date
    assert str(ALL.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "wg"
    assert str(ALL.value(ONTOLOGY, VANN.preferredNamespaceUri)) == NS


@pytest.mark.parametrize("name", TERMS)
def test_term_is_explained(name: str) -> None:
    subject = term(name)
    assert_one_per_language(ALL, subject, SKOS.prefLabel)
    assert_one_per_language(ALL, subject, SKOS.definition)
    examples = literals(ALL, subject, SKOS.example)
    assert {value.language for value in examples} <= LANGUAGES
    assert any(not str(v).startswith(NEGATIVE[v.language or "en"]) for v in examples), name
    sources = list(ALL.objects(subject, DCTERMS.source))
    assert sources, name
    assert all(isinstance(source, URIRef) for source in sources), name
    assert list(ALL.objects(subject, RDFS.isDefinedBy)) == [ONTOLOGY]


@pytest.mark.parametrize("name", TERMS)
def test_term_has_one_kind_and_a_name_to_match(name: str) -> None:
    kinds = set(ALL.objects(term(name), RDF.type))
    assert len(kinds) == 1, name
    assert kinds <= KINDS, name
    assert name[0].isupper() == (kinds == {OWL.Class}), name


def test_labels_and_definitions_tell_terms_apart() -> None:
    for predicate in (SKOS.prefLabel, SKOS.definition):
        counted = Counter(
            value for name in TERMS for value in ALL.objects(term(name), predicate)
        )
        assert counted
        assert [value for value, count in counted.items() if count > 1] == []


def test_a_definition_does_not_begin_with_its_own_label() -> None:
    for name in TERMS:
        labels = {v.language: str(v) for v in literals(ALL, term(name), SKOS.prefLabel)}
        for value in literals(ALL, term(name), SKOS.definition):
            rest = re.sub(r"^(an?|the) ", "", str(value).lower())
            assert not rest.startswith(f"{labels[str(value.language)]} is"), name
            assert not rest.startswith(f"{labels[str(value.language)]}とは"), name


def test_negative_examples_are_not_rare() -> None:
    with_negative = {
        name
        for name in TERMS
        for value in ALL.objects(term(name), SKOS.example)
        if str(value).startswith(tuple(NEGATIVE.values()))
    }
    assert len(with_negative) >= 0.9 * len(TERMS)


def test_nothing_does_the_work_of_shacl_and_there_are_no_inverses() -> None:
    assert len(ALL) > 1000
    for predicate in (RDFS.domain, RDFS.range, OWL.inverseOf):
        assert list(ALL.subject_objects(predicate)) == []


def test_own_superterms_are_defined_and_acyclic() -> None:
    pairs = [
        (sub, sup)
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf)
        for sub, sup in ALL.subject_objects(predicate)
    ]
    assert len(pairs) >= 30
    own = [(sub, sup) for sub, sup in pairs if str(sup).startswith(NS)]
    assert own
    for sub, sup in own:
        assert str(sup)[len(NS) :] in TERMS, sup
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            above = set(ALL.transitive_objects(sup, predicate))
            assert sub not in above, sub


@pytest.mark.parametrize("name", [*PARTS, *SCHEMES])
def test_only_our_own_terms_are_described(name: str) -> None:
    graph = PARTS.get(name, SCHEMES.get(name))
    assert graph is not None
    assert len(graph) > 0
    for subject in set(graph.subjects()):
        is_list = (subject, RDF.first, None) in graph
        assert is_list or str(subject).startswith(BASE), subject


def test_every_term_used_is_defined() -> None:
    missing: dict[str, set[str]] = {}
    for folder, suffix in USERS.items():
        found = [path for path in (ROOT / folder).rglob(f"*{suffix}") if path.is_file()]
        assert found, f"no *{suffix} below {folder}/"
        names = 0
        for path in found:
            for name in USED.findall(path.read_text(encoding="utf-8")):
                names += 1
                if name not in TERMS:
                    missing.setdefault(name, set()).add(str(path.relative_to(ROOT)))
        assert names, f"{folder}/ uses no term"
    assert missing == {}


def test_the_search_for_used_terms_sees_both_spellings() -> None:
    assert USED.findall(f"?s wg:inPlan ?p ; a <{NS}Plan> . wgsh:Plan-label") == [
        "inPlan",
        "Plan",
    ]


# --- the schemes


def test_schemes_and_files_match() -> None:
    listed = listed_slugs()
    assert len(listed) >= 10
    assert set(SCHEMES) == {*listed, "theme"}


def test_listed_slugs_exist() -> None:
    for scheme, (slugs, may_have_more) in listed_slugs().items():
        prefix = f"{BASE}scheme/{scheme}/"
        found = {
            str(concept).removeprefix(prefix)
            for concept in SCHEMES[scheme].subjects(RDF.type, SKOS.Concept)
        }
        assert slugs, scheme
        assert slugs - found == set(), scheme
        assert may_have_more or found == slugs, scheme


@pytest.mark.parametrize("name", SCHEMES)
def test_scheme(name: str) -> None:
    graph = SCHEMES[name]
    scheme = URIRef(f"{BASE}scheme/{name}")
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert_one_per_language(graph, scheme, DCTERMS.title)
    assert_one_per_language(graph, scheme, SKOS.definition)
    assert graph.value(scheme, DCTERMS.license) is not None
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) >= 2
    assert set(graph.subjects()) == {scheme, *concepts}


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts(name: str) -> None:
    graph = SCHEMES[name]
    scheme = URIRef(f"{BASE}scheme/{name}")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts
    for concept in concepts:
        slug = str(concept).removeprefix(f"{scheme}/")
        assert SLUG.fullmatch(slug), concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        assert_one_per_language(graph, concept, SKOS.prefLabel)
        assert_one_per_language(graph, concept, SKOS.definition)
        is_top = (concept, SKOS.topConceptOf, scheme) in graph
        broader = set(graph.objects(concept, SKOS.broader))
        assert is_top != bool(broader), f"{concept}: top, or below another, and not both"
        assert broader <= concepts, concept
        for above in broader:
            assert concept not in set(graph.transitive_objects(above, SKOS.broader)), concept


@pytest.mark.parametrize("name", SCHEMES)
def test_labels_tell_concepts_apart(name: str) -> None:
    graph = SCHEMES[name]
    counted = Counter(graph.objects(None, SKOS.prefLabel))
    assert counted
    assert [label for label, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", SCHEMES)
def test_handles(name: str) -> None:
    graph = SCHEMES[name]
    total = 0
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        alternative = literals(graph, concept, SKOS.altLabel)
        hidden = literals(graph, concept, SKOS.hiddenLabel)
        preferred = literals(graph, concept, SKOS.prefLabel)
        assert not set(alternative) & set(hidden), concept
        assert not set(preferred) & {*alternative, *hidden}, concept
        japanese = [value for value in (*alternative, *hidden) if value.language == "ja"]
        assert all(len(value) > 1 for value in japanese), concept
        total += len(japanese)
    assert total > 0


def test_every_plan_type_has_a_source_and_a_law_is_an_e_gov_page() -> None:
    graph = SCHEMES["plan-type"]
    pages = 0
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        sources = [str(source) for source in graph.objects(concept, DCTERMS.source)]
        assert sources, concept
        for source in sources:
            if source.startswith("https://laws.e-gov.go.jp/"):
                assert re.fullmatch(
                    r"https://laws\.e-gov\.go\.jp/law/\d{3}[A-Z0-9]{12}", source
                )
                pages += 1
    assert pages >= 15


def test_actor_kinds_are_typed() -> None:
    graph = SCHEMES["actor-kind"]
    assert set(graph.subjects(RDF.type, term("ActorKind"))) == set(
        graph.subjects(RDF.type, SKOS.Concept)
    )
    assert len(set(graph.subjects(RDF.type, term("ActorKind")))) == 5
