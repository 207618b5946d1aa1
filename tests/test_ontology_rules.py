"""Every rule about the vocabulary reports its bad fixture, alone, and no good one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from welfaregraph import resources
from welfaregraph.pitfalls import pitfalls, vocabulary_sources
from welfaregraph.queries import Catalogue
from welfaregraph.store import Source, Store
from welfaregraph.turtle import canonical, read_text

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "ontology"
RULES = {rule.name: rule for rule in Catalogue(resources.PITFALLS)}
MIGRATION = resources.ONTOLOGY / "migrations" / "replace-deprecated.ru"
NS = "https://w3id.org/welfaregraph/ns#"
GRAPH = "https://w3id.org/welfaregraph/graph/fixture"

#: What each rule reports on its bad fixture: names of our terms, or IRIs.
FIRES = {
    "annotation-whitespace": "Alpha Beta gamma",
    "deprecated-in-use": "Old older",
    "deprecated-without-replacement": "Old",
    "duplicate-definition": "Alpha",
    "duplicate-label": "Alpha",
    "equivalent-own-terms": "Epsilon",
    "foreign-term-described": "http://www.w3.org/ns/prov#Plan",
    "hierarchy-cycle": "Alpha Beta",
    "label-as-definition": "Alpha",
    "merged-ideas": "GoalAndMeasure",
    "miscellaneous-class": "OtherPlan",
    "missing-definition": "Alpha",
    "missing-example": "Alpha",
    "missing-label": "Alpha",
    "missing-ontology-metadata": "ns",
    "missing-source": "Alpha",
    "multiple-definitions": "Alpha",
    "multiple-labels": "Alpha",
    "naming-convention": "epsilon Zeta_eta",
    "no-disjointness": "ns",
    "no-ontology": "Alpha",
    "no-reuse": "ns",
    "not-defined-by": "Alpha",
    "recursive-definition": "Alpha Beta",
    "several-domains": "gamma",
    "term-iri-form": "https://w3id.org/welfaregraph/0.1.0/terms",
    "unconnected-class": "Epsilon",
    "unconstrained-property": "delta",
    "unpersistent-iri": "https://example.org/welfare/ns",
    "untyped-term": "Delta",
}

#: Where a bad fixture cannot help tripping a second rule.
ALSO = {
    # without an ontology no term can be tied to one
    ("no-ontology", "not-defined-by"): "Alpha Beta gamma",
}


def expanded(names: str) -> set[str]:
    return {
        name if name.startswith("http") else f"{NS[:-1]}" if name == "ns" else NS + name
        for name in names.split()
    }


def found_in(fixture: Path) -> dict[str, set[str]]:
    """Return what each rule reports on a fixture: rule → IRIs."""
    found: dict[str, set[str]] = {}
    for issue in pitfalls([Source(GRAPH, fixture)]):
        found.setdefault(issue.rule, set()).add(issue.focus)
    return found


def test_every_rule_has_its_fixtures_and_its_words() -> None:
    assert len(RULES) >= 30
    assert set(FIRES) == set(RULES)
    wanted = {f"{name}.{kind}.ttl" for name in RULES for kind in ("fail", "pass")}
    assert {path.name for path in FIXTURES.iterdir()} == wanted
    for rule in RULES.values():
        for key in ("summary", "message_en", "remedy_en", "after"):
            assert rule.header.get(key), (rule.name, key)
        for key in ("summary_ja", "message_ja", "remedy_ja"):
            assert any(char > "ぁ" for char in str(rule.header[key])), (rule.name, key)


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_reports_its_bad_fixture_alone(name: str) -> None:
    also = {rule: expanded(foci) for (of, rule), foci in ALSO.items() if of == name}
    assert found_in(FIXTURES / f"{name}.fail.ttl") == {name: expanded(FIRES[name])} | also


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_rule_reports_a_good_fixture(name: str) -> None:
    assert found_in(FIXTURES / f"{name}.pass.ttl") == {}


@pytest.mark.parametrize("path", sorted(FIXTURES.iterdir()), ids=lambda path: path.stem)
def test_fixtures_are_canonical(path: Path) -> None:
    text = read_text(path)
    assert canonical(text) == text


def test_the_vocabulary_has_no_pitfall() -> None:
    assert len(vocabulary_sources()) >= 30
    assert pitfalls() == []


# --- deprecation


def migrated() -> ox.Store:
    """Return the fixture of deprecated terms in use, after the migration."""
    store = ox.Store()
    text = read_text(FIXTURES / "deprecated-in-use.fail.ttl").encode()
    for graph in (ox.DefaultGraph(), ox.NamedNode(GRAPH)):
        store.load(text, format=ox.RdfFormat.TURTLE, to_graph=graph)
    store.update(read_text(MIGRATION))
    return store


def test_the_migration_leaves_no_deprecated_term_in_use(tmp_path: Path) -> None:
    text = migrated().dump(format=ox.RdfFormat.TURTLE, from_graph=ox.NamedNode(GRAPH))
    file = tmp_path / "migrated.ttl"
    file.write_bytes(text or b"")
    assert found_in(file) == {}
    assert len(Store([Source(GRAPH, file)])) > 30


@pytest.mark.parametrize("graph", [ox.DefaultGraph(), ox.NamedNode(GRAPH)])
def test_the_migration_puts_the_replacement_in_its_place(graph: ox.NamedNode) -> None:
    thing = ox.NamedNode("https://w3id.org/welfaregraph/id/fixture/x")
    said = {
        (quad.predicate.value.rpartition("#")[2], quad.object.value.rpartition("#")[2])
        for quad in migrated().quads_for_pattern(thing, None, None, graph)
    }
    assert said == {
        ("type", "Alpha"),
        ("gamma", "https://w3id.org/welfaregraph/id/fixture/y"),
    }
