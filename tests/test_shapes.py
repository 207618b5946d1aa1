"""Every constraint in validation/shapes must be seen to fail, alone, on its own fixture.

A fixture describes resources below one IRI of its own (``id/fixture/{name of the file}/``) and
points, beside them, only to ``background.ttl`` and the ontology. So all of them are validated
in one run, and each result belongs to the file whose name stands in its focus node.

- ``{shape}.{constraint}.fail.ttl`` trips that constraint of that shape and nothing else.
- ``{node shape}.pass.ttl`` is good; ``{shape}.{member}.pass.ttl`` meets a ``sh:or`` by that
  one member alone, so that no member can be dropped unseen.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures" / "shapes"
WG = Namespace("https://w3id.org/welfaregraph/ns#")
WGSH = Namespace("https://w3id.org/welfaregraph/shapes#")
FIXTURE = "https://w3id.org/welfaregraph/id/fixture/"
LANGUAGES = {"ja", "en"}
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
#: Fixtures whose one defect must trip two constraints.
TWOFOLD = {
    # what is no date cannot be compared with the first day, and an item must have a first day
    "RequiredItem-appliesUntil.datatype": {
        ("RequiredItem-appliesUntil", "datatype"),
        ("RequiredItem-appliesFrom-appliesUntil", "lessThanOrEquals"),
    },
}


class Result(NamedTuple):
    """One validation result: rule and constraint, and what was judged."""

    shape: str
    constraint: str
    focus: str


def read(*paths: Path) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def ttl(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.ttl"))


SHAPE_FILES = ttl("validation/shapes")
DERIVED_FILES = ttl("validation/shapes/derived")
ONTOLOGY_FILES = ttl("ontology")
DATA_FILES = ttl("graphs")
FIXTURE_FILES = sorted(FIXTURES.glob("*.ttl"))
ALL_SHAPES = read(*SHAPE_FILES)
SHAPES = set(ALL_SHAPES.subjects(RDF.type, SH.NodeShape)) | set(
    ALL_SHAPES.subjects(RDF.type, SH.PropertyShape)
)
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
#: What SHACL says of a shape beside its constraints.
FURNITURE = {*TARGETS, SH.property, SH.path, SH.name, SH.message, SH.severity}
FURNITURE.add(SH.qualifiedValueShape)  # counted with its qualifiedMinCount
PARAMETERS = sorted(p for p in set(ALL_SHAPES.predicates()) if p in SH and p not in FURNITURE)
CLASSES = sorted(c for c in read(*ONTOLOGY_FILES).subjects(RDF.type, OWL.Class) if c in WG)


def stem(node: object) -> str:
    return str(node).rsplit("#", 1)[-1]


def is_targeted(shape: URIRef) -> bool:
    return any((shape, target, None) in ALL_SHAPES for target in TARGETS)


def rules() -> list[URIRef]:
    """Return the shapes that a report can name: those with a target or below one."""
    found = {shape for shape in SHAPES if is_targeted(shape) and constraints(shape)}
    for shape in filter(is_targeted, SHAPES):
        found |= set(ALL_SHAPES.objects(shape, SH.property))
    return sorted(found)


def constraints(shape: URIRef) -> list[str]:
    return [stem(name) for name in PARAMETERS if (shape, name, None) in ALL_SHAPES]


def members(shape: URIRef) -> list[URIRef]:
    head = ALL_SHAPES.value(shape, SH["or"])
    return [] if head is None else list(Collection(ALL_SHAPES, head))


RULES = rules()
NODE_SHAPES = sorted(shape for shape in SHAPES if is_targeted(shape) and shape not in RULES)
CONSTRAINTS = [(shape, name) for shape in RULES for name in constraints(shape)]
CHOICES = [(shape, member) for shape in RULES for member in members(shape)]
FAILS = [path.name.removesuffix(".fail.ttl") for path in FIXTURES.glob("*.fail.ttl")]
PASSES = [path.name.removesuffix(".pass.ttl") for path in FIXTURES.glob("*.pass.ttl")]


def results(data: Graph, shapes: Graph) -> list[Result]:
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, Graph)
    found = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        component = stem(report.value(node, SH.sourceConstraintComponent))
        name = component.removesuffix("ConstraintComponent")
        found.append(
            Result(
                stem(report.value(node, SH.sourceShape)),
                name[0].lower() + name[1:],
                str(report.value(node, SH.focusNode)),
            )
        )
    return sorted(found)


@cache
def fixture_data() -> Graph:
    return read(*ONTOLOGY_FILES, *FIXTURE_FILES)


@cache
def fixture_results() -> dict[str, set[tuple[str, str]]]:
    """Return (shape, constraint) pairs by the fixture that their focus node belongs to."""
    found: dict[str, set[tuple[str, str]]] = {}
    for result in results(fixture_data(), ALL_SHAPES):
        owner = result.focus.removeprefix(FIXTURE).split("/")[0]
        found.setdefault(owner, set()).add((result.shape, result.constraint))
    return found


def test_lists_are_not_empty() -> None:
    assert len(SHAPE_FILES) >= 12
    assert len(DERIVED_FILES) >= 1
    assert len(ONTOLOGY_FILES) >= 10
    assert len(RULES) >= 250
    assert len(CONSTRAINTS) >= 450
    assert len(CHOICES) >= 80


def test_every_class_of_the_ontology_has_a_shape() -> None:
    assert len(CLASSES) >= 36
    assert [name for name in CLASSES if WGSH[stem(name)] not in NODE_SHAPES] == []
    named = [{text.language for text in ALL_SHAPES.objects(s, RDFS.label)} for s in NODE_SHAPES]
    assert all(languages == LANGUAGES for languages in named)


def test_shapes_hold_nothing_anonymous_but_lists() -> None:
    heads = {s for s in ALL_SHAPES.subjects() if isinstance(s, BNode)}
    assert heads, "sh:or and sh:languageIn are lists"
    assert heads == set(ALL_SHAPES.subjects(RDF.first))


def test_shapes_leave_cross_node_rules_to_the_checks() -> None:
    assert len(PARAMETERS) >= 15
    assert {SH.sparql, SH.js, SH.closed, SH.inversePath}.isdisjoint(ALL_SHAPES.predicates())


def test_fixtures_and_constraints_match_both_ways() -> None:
    bad = {f"{stem(shape)}.{name}" for shape, name in CONSTRAINTS}
    with_case = {name for name in FAILS if name not in bad}
    assert bad <= set(FAILS), sorted(bad - set(FAILS))
    assert {name.rsplit(".", 1)[0] for name in with_case} <= bad, sorted(with_case)
    good = {stem(shape) for shape in NODE_SHAPES}
    good |= {f"{stem(shape)}.{stem(member)}" for shape, member in CHOICES}
    assert set(PASSES) == good, sorted(set(PASSES) ^ good)
    names = {f"{n}.fail.ttl" for n in FAILS} | {f"{n}.pass.ttl" for n in PASSES}
    assert {path.name for path in FIXTURES.iterdir()} == names | {"background.ttl"}


def test_fixtures_do_not_reach_into_each_other() -> None:
    for path in FIXTURE_FILES:
        name = re.sub(r"\.(fail|pass)\.ttl$", "", path.name)
        own = {"background", "background-2"} if path.name == "background.ttl" else {name}
        for subject, _, value in read(path):
            assert str(subject).removeprefix(FIXTURE).split("/")[0] in own, path.name
            if str(value).startswith(FIXTURE):
                owner = str(value).removeprefix(FIXTURE).split("/")[0]
                assert owner in own | {"background", "background-2"}, path.name


def test_each_rule_says_why_it_matters() -> None:
    for shape in RULES:
        if (shape, None, None) in read(*DERIVED_FILES):
            continue
        texts = set(ALL_SHAPES.objects(shape, RDFS.comment))
        texts = texts or set(ALL_SHAPES.objects(WGSH[stem(shape).split("-")[0]], RDFS.comment))
        assert {t.language for t in texts if isinstance(t, Literal)} == LANGUAGES, shape


@pytest.mark.parametrize("name", sorted(FAILS))
def test_bad_fixture_trips_its_constraint_alone(name: str) -> None:
    shape, constraint = name.split(".")[:2]
    expected = TWOFOLD.get(name, {(shape, constraint)})
    assert fixture_results().get(name, set()) == expected


@pytest.mark.parametrize("name", [*sorted(PASSES), "background", "background-2"])
def test_good_fixture_conforms(name: str) -> None:
    assert fixture_results().get(name, set()) == set()
    assert any(
        str(subject).startswith(f"{FIXTURE}{name}/") for subject in fixture_data().subjects()
    )


def test_each_choice_is_met_by_one_member_alone() -> None:
    shapes, expected = Graph(), set()
    for triple in ALL_SHAPES:
        if triple[1] not in TARGETS:
            shapes.add(triple)
    met = set()
    for shape, member in CHOICES:
        nodes = judged(shape, read(FIXTURES / f"{stem(shape)}.{stem(member)}.pass.ttl"))
        assert nodes, f"nothing to judge for {shape} and {member}"
        for node in nodes:
            for other in members(shape):
                shapes.add((other, SH.targetNode, node))
                (met if other == member else expected).add((stem(other), str(node)))
    found = {(result.shape, result.focus) for result in results(fixture_data(), shapes)}
    assert found >= expected
    assert found.isdisjoint(met)


def judged(shape: URIRef, fixture: Graph) -> list[URIRef | Literal]:
    """Return the nodes that the ``sh:or`` of a shape judges in a fixture."""
    path = ALL_SHAPES.value(shape, SH.path)
    if path is not None:
        return sorted(set(fixture.objects(None, path)))
    found = set()
    for property_ in ALL_SHAPES.objects(shape, SH.targetObjectsOf):
        found |= set(fixture.objects(None, property_))
    for property_ in ALL_SHAPES.objects(shape, SH.targetSubjectsOf):
        found |= set(fixture.subjects(property_, None))
    for class_ in ALL_SHAPES.objects(shape, SH.targetClass):
        found |= set(fixture.subjects(RDF.type, class_))
    return sorted(found)


@pytest.mark.parametrize("shape", RULES, ids=stem)
def test_rule_speaks_to_a_curator_in_every_language(shape: URIRef) -> None:
    label = SH.name if (shape, SH.path, None) in ALL_SHAPES else RDFS.label
    for predicate in (label, SH.message):
        texts = list(ALL_SHAPES.objects(shape, predicate))
        assert sorted(text.language for text in texts) == sorted(LANGUAGES), predicate
        assert len({str(text) for text in texts}) == len(texts)
    ja = next(t for t in ALL_SHAPES.objects(shape, SH.message) if t.language == "ja")
    en = next(t for t in ALL_SHAPES.objects(shape, SH.message) if t.language == "en")
    assert re.search("ください|構いません", ja), "say what to do"
    assert re.search("。.+。", ja), "say what is wrong, then what to do"
    assert re.search(r"[.:;] \w", en), "say what is wrong, then what to do"
    assert ALL_SHAPES.value(shape, SH.severity) in SEVERITIES
    assert ALL_SHAPES.value(shape, RDFS.seeAlso) is not None


def test_rules_are_named_after_their_class() -> None:
    for shape in RULES:
        assert re.fullmatch(r"[A-Z]\w+-[\w-]+", stem(shape)), shape
        owners = [s for s in ALL_SHAPES.subjects(SH.property, shape) if is_targeted(s)]
        name = stem(shape).split("-")[0]
        assert owners == ([WGSH[name]] if (shape, SH.path, None) in ALL_SHAPES else [])
        assert WGSH[name] in SHAPES


def test_blocks_are_used_and_silent() -> None:
    lists = {
        node
        for head in ALL_SHAPES.objects(None, SH["or"])
        for node in Collection(ALL_SHAPES, head)
    }
    used = lists.union(
        *(
            ALL_SHAPES.objects(None, p)
            for p in (SH.node, SH["not"], SH.qualifiedValueShape, SH.property)
        )
    )
    blocks = [s for s in SHAPES if not is_targeted(s) and s not in RULES]
    assert len(blocks) >= 40
    for block in blocks:
        assert block in used, block
        assert ALL_SHAPES.value(block, SH.message) is None, block


def test_shapes_are_valid_shacl() -> None:
    validate(Graph(), shacl_graph=ALL_SHAPES, meta_shacl=True)


def test_shapes_of_derived_graphs_stand_apart() -> None:
    apart = set(read(*DERIVED_FILES).objects(None, SH.targetClass))
    others = read(*(path for path in SHAPE_FILES if path not in DERIVED_FILES))
    assert len(apart) >= 2
    assert apart.isdisjoint(others.objects(None, SH.targetClass))


def test_the_graph_conforms() -> None:
    assert len(DATA_FILES) >= 10
    asserted = read(*(path for path in SHAPE_FILES if path not in DERIVED_FILES))
    severity = {stem(shape): ALL_SHAPES.value(shape, SH.severity) for shape in RULES}
    found = results(read(*ONTOLOGY_FILES, *DATA_FILES), asserted)
    assert [r for r in found if severity[r.shape] == SH.Violation] == []
