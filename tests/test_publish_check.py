"""``publish --check``: each rule is seen to pass, and to fail on the fault it is made for."""

from __future__ import annotations

import shutil

import pyoxigraph as ox
import pytest

from publishing import published
from welfaregraph import resources
from welfaregraph.pitfalls import pitfalls
from welfaregraph.publish import inspection
from welfaregraph.publish.inspection import LOOKS, READ, Files, inspected, judged
from welfaregraph.speech import languages, phrase
from welfaregraph.vocab import BASE

PREFIXES = "".join(
    f"PREFIX {name}: <{iri}>\n"
    for name, iri in {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "vann": "http://purl.org/vocab/vann/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "void": "http://rdfs.org/ns/void#",
        "wg": f"{BASE}ns#",
    }.items()
)
DATASET = f"<{BASE}dataset>"
#: Rule → an update that makes it fail, and one that makes it pass where it does not yet.
FAULTS = {
    "dcat-contact": "DELETE WHERE { ?c vcard:hasEmail ?e }",
    "dcat-coverage": f"DELETE WHERE {{ {DATASET} dcterms:spatial ?o }}",
    "dcat-described": f"DELETE WHERE {{ {DATASET} dcterms:title ?o }}",
    "dcat-distribution": f"DELETE WHERE {{ {DATASET[:-1]}#ttl> dcterms:license ?o }}",
    "dcat-without-distribution": f"DELETE WHERE {{ {DATASET} dcat:distribution ?o }}",
    "licence-of-dataset": f"DELETE WHERE {{ {DATASET} dcterms:license ?o }}",
    "licence-of-quotations": "DELETE { ?g dcterms:license ?l } "
    "WHERE { ?g wg:isGraphOf ?p ; dcterms:license ?l }",
    "lod-dump": f"DELETE WHERE {{ {DATASET} void:dataDump ?o }}",
    "lod-endpoint": f"DELETE WHERE {{ {DATASET} void:sparqlEndpoint ?o }}",
    "lod-example": f"DELETE WHERE {{ {DATASET} void:exampleResource ?o }}",
    "lod-links": "DELETE WHERE { ?l a void:Linkset }",
    "lod-triples": f"DELETE {{ {DATASET} void:triples ?n }} "
    f"INSERT {{ {DATASET} void:triples 999 }} WHERE {{ {DATASET} void:triples ?n }}",
}
CURES = {
    "dcat-contact": "INSERT { ?c vcard:hasEmail <mailto:office@example.org> } "
    "WHERE { ?d dcat:contactPoint ?c }",
    "licence-of-quotations": "INSERT { ?g dcterms:license <urn:l> } "
    "WHERE { ?g wg:isGraphOf ?p }",
    "lod-endpoint": f"INSERT DATA {{ {DATASET} void:sparqlEndpoint <urn:sparql> }}",
}


@pytest.fixture
def store() -> ox.Store:
    found = ox.Store()
    for path in (path for pattern in READ for path in published().glob(pattern)):
        found.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return found


def failing(store: ox.Store) -> set[str]:
    return {verdict.rule for verdict in judged(store) if verdict.failed}


def test_there_is_a_fault_for_each_rule():
    assert {path.stem for path in resources.PUBLICATION.glob("*.rq")} == FAULTS.keys() != set()


@pytest.mark.parametrize("rule", FAULTS)
def test_each_rule_fails_on_its_fault_and_passes_without(store, rule):
    for cure in CURES.values():
        store.update(PREFIXES + cure)
    assert failing(store) == set()
    store.update(PREFIXES + FAULTS[rule])
    assert rule in failing(store)
    assert failing(store) <= {rule, "lod-links"}


@pytest.mark.parametrize("rule", FAULTS)
def test_each_rule_speaks_every_language(store, rule):
    for cure in CURES.values():
        store.update(PREFIXES + cure)
    store.update(PREFIXES + FAULTS[rule])
    [verdict] = [verdict for verdict in judged(store) if verdict.rule == rule]
    for language in languages():
        said = verdict.render(language)
        assert rule in said
        assert "{" not in said
        assert "→" in said


# --- rules over files


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(published(), tmp_path / "site")
    return tmp_path / "site"


def replaced(path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def unreadable(folder) -> None:
    (folder / "dumps/welfaregraph.rdf").write_text("<rdf", "utf-8")


def one_less(folder) -> None:
    lines = (folder / "dumps/derived.nq").read_text("utf-8").splitlines(keepends=True)
    (folder / "dumps/derived.nq").write_text("".join(lines[1:]), "utf-8")


def blank(folder) -> None:
    with (folder / "dumps/derived.nq").open("a", encoding="utf-8") as file:
        file.write("_:b <urn:p> <urn:o> <urn:g> .\n")


def timed(folder) -> None:
    path = folder / "dumps/derived.nq.gz"
    content = bytearray(path.read_bytes())
    content[4] = 1
    path.write_bytes(content)


def broken_link(folder) -> None:
    (folder / "extra.html").write_text('<a href="nowhere.html">x</a>', "utf-8")


def unnamed(folder) -> None:
    replaced(folder / "graph/ontology/core.ttl", b'skos:prefLabel "activity"', b'wg:x ""')


def no_page(folder) -> None:
    (folder / "catalog.html").unlink(missing_ok=True)


def same_version(folder) -> None:
    feed = '{"from": {"version": "1"}, "to": {"version": "1"}}'
    (folder / "changes.json").write_text(feed, "utf-8")


SPOILED = {
    "blank-nodes": blank,
    "broken-links": broken_link,
    "checksums": lambda folder: (folder / "robots.txt").write_text("other", "utf-8"),
    "dereference": lambda folder: (folder / "scheme/theme.ttl").unlink(),
    "formats-agree": unreadable,
    "harvest-files": lambda folder: (folder / ".well-known/void").unlink(),
    "pages": no_page,
    "pitfalls": unnamed,
    "redirects": lambda folder: shutil.rmtree(folder / "server/w3id", ignore_errors=True),
    "reproducible": timed,
    "version": same_version,
}


def test_there_is_a_spoiled_publication_for_each_rule_over_files():
    assert SPOILED.keys() == LOOKS.keys()


@pytest.mark.parametrize("rule", sorted(SPOILED.keys() - {"pages", "pitfalls", "redirects"}))
def test_a_whole_publication_passes(rule):
    _, _, look = LOOKS[rule]
    assert list(look(Files(published()))) == []


def test_the_vocabulary_published_has_the_pitfalls_of_the_source_and_no_other():
    found = [fault.partition("]")[0][1:] for fault in LOOKS["pitfalls"][2](Files(published()))]
    assert found == [issue.rule for issue in pitfalls()]


@pytest.mark.parametrize("rule", SPOILED)
def test_each_rule_over_files_fails_on_its_fault(copy, rule):
    SPOILED[rule](copy)
    _, _, look = LOOKS[rule]
    assert list(look(Files(copy)))
    for language in languages():
        assert phrase(f"portal.{rule}.todo", language)


def test_formats_that_do_not_agree_are_found(copy):
    one_less(copy)
    assert list(LOOKS["formats-agree"][2](Files(copy)))


def test_a_second_publication_that_differs_is_found(copy):
    replaced(copy / "SHA256SUMS", b"  robots.txt", b"  robots.tx_")
    assert list(LOOKS["reproducible"][2](Files(published(), copy)))
    assert list(LOOKS["reproducible"][2](Files(published(), published()))) == []


def test_the_command_ends_by_what_it_is_told_to_fail_on(run, copy):
    (copy / ".well-known/void").unlink()
    done = run("publish", copy, "--check", "--lang", "en")
    assert done.code == 1
    assert ".well-known/void" in done.out
    assert "→" in done.out
    before = sorted(path.name for path in copy.parent.iterdir())
    assert before == ["site"]


def test_a_folder_that_is_no_publication_cannot_be_checked(run, tmp_path):
    assert run("publish", tmp_path, "--check").code == 3


def test_verdicts_come_in_both_kinds():
    rules = {verdict.rule for verdict in inspected(published())}
    assert rules == FAULTS.keys() | LOOKS.keys()
    assert inspection.DUMPS[0] == "dumps/welfaregraph"
