"""What a publication says of itself, and in which other forms it says what the plans say."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, VOID, XSD

from conftest import ROOT
from publishing import files_in, published
from welfaregraph.vocab import BASE, ID, WG

CONFORMANCE = ROOT.parent / "shared" / "conformance"
DATASET = rdflib.URIRef(BASE + "dataset")
STRATML = "{urn:ISO:std:iso:17469:tech:xsd:stratml_core}"
CSVW_TYPES = {"integer", "date", "anyURI"}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return files_in(published())


def graph_of(files, name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=files[name], format="turtle")


@pytest.fixture(scope="module")
def dcat(files) -> rdflib.Graph:
    return graph_of(files, "dcat.ttl")


def conformance(name: str) -> Path:
    path = CONFORMANCE / name
    if not path.is_file():
        pytest.skip(f"needs {path}")
    return path


# --- the catalogue


@pytest.mark.shared
def test_the_catalogue_keeps_the_shapes_of_dcat_ap(dcat):
    from pyshacl import validate

    shapes = rdflib.Graph().parse(conformance("dcat-ap-3-shapes.ttl"))
    conforms, _, text = validate(dcat, shacl_graph=shapes, inference="rdfs")
    assert conforms, text
    dcat_without = rdflib.Graph() + dcat
    dcat_without.remove((DATASET, DCTERMS.title, None))
    assert not validate(dcat_without, shacl_graph=shapes, inference="rdfs")[0]


def test_each_distribution_has_licence_format_size_and_a_file(dcat, files):
    found = set(dcat.subjects(RDF.type, DCAT.Distribution))
    assert len(found) > 30
    for one in found:
        assert isinstance(one, rdflib.URIRef)
        path = str(dcat.value(one, DCAT.downloadURL)).removeprefix(BASE)
        assert dcat.value(one, DCTERMS.license), one
        assert dcat.value(one, DCTERMS.format), one
        size = dcat.value(one, DCAT.byteSize)
        assert (size.datatype, int(size)) == (XSD.nonNegativeInteger, len(files[path]))


def test_datasets_of_plans_tell_area_and_period(dcat):
    here = rdflib.URIRef(BASE + "dataset/012033/community-welfare-integrated/1")
    assert dcat.value(here, DCTERMS.spatial) == rdflib.URIRef(ID + "area/012033")
    period = dcat.value(here, DCTERMS.temporal)
    assert str(dcat.value(period, DCAT.startDate)) == "2021-04-01"
    assert str(dcat.value(period, DCAT.endDate)) == "2024-03-31"
    catalog = rdflib.URIRef(BASE + "catalog")
    assert here in set(dcat.objects(catalog, DCAT.dataset))
    unknown = rdflib.URIRef(BASE + "dataset/012301/kizuna/undated")
    assert dcat.value(unknown, DCTERMS.temporal) is None


def test_the_version_is_in_a_series_with_its_archive(dcat, files):
    version = json.loads(files["publication.json"])["version"]
    here = rdflib.URIRef(f"{BASE}dataset/{version}")
    assert (DATASET, rdflib.URIRef(str(DCAT) + "hasVersion"), here) in dcat
    assert dcat.value(here, rdflib.URIRef(str(DCAT) + "inSeries")) == rdflib.URIRef(
        BASE + "dataset/versions"
    )
    archive = dcat.value(dcat.value(here, DCAT.distribution), DCAT.downloadURL)
    assert str(archive).removeprefix(BASE) in files


def test_the_contact_and_the_publisher_are_named_in_the_catalogue(dcat):
    publisher = dcat.value(DATASET, DCTERMS.publisher)
    assert dcat.value(publisher, FOAF.name) is not None
    contact = dcat.value(DATASET, DCAT.contactPoint)
    assert dcat.value(contact, rdflib.URIRef("http://www.w3.org/2006/vcard/ns#fn"))


# --- VoID


def test_void_counts_what_the_turtle_dump_holds(files):
    void, dump = graph_of(files, "void.ttl"), graph_of(files, "dumps/welfaregraph.ttl")
    about = graph_of(files, ".well-known/void")
    assert int(about.value(DATASET, VOID.triples)) == len(dump)
    assert int(about.value(DATASET, VOID.distinctSubjects)) == len(set(dump.subjects()))
    assert int(about.value(DATASET, VOID.distinctObjects)) == len(set(dump.objects()))
    assert int(about.value(DATASET, VOID.properties)) == len(set(dump.predicates()))
    part = void.value(predicate=VOID["class"], object=rdflib.URIRef(WG + "Measure"))
    measures = set(dump.subjects(RDF.type, rdflib.URIRef(WG + "Measure")))
    assert int(void.value(part, VOID.entities)) == len(measures)
    assert void.value(part, VOID.exampleResource) in measures
    order = rdflib.URIRef(WG + "order")
    [inner] = [
        p for p in void.objects(part, VOID.propertyPartition)
        if void.value(p, VOID.property) == order
    ]  # fmt: skip
    assert int(void.value(inner, VOID.triples)) == sum(
        1 for measure in measures for _ in dump.objects(measure, order)
    )


@pytest.mark.parametrize(
    ("target", "count"), [("http://data.e-stat.go.jp/", 49), ("http://www.wikidata.org/", 3)]
)
def test_linksets_count_links_to_others(files, target, count):
    about, dump = (graph_of(files, n) for n in (".well-known/void", "dumps/welfaregraph.ttl"))
    (linkset,) = (
        link for link in about.subjects(RDF.type, VOID.Linkset)
        if str(about.value(link, VOID.objectsTarget)) == target
        and about.value(link, VOID.linkPredicate) == SKOS.exactMatch
    )  # fmt: skip
    links = [o for o in dump.objects(None, SKOS.exactMatch) if str(o).startswith(target)]
    assert int(about.value(linkset, VOID.triples)) == len(links) == count


def test_each_linkset_has_one_target_and_one_number_and_no_judgement_is_a_link(files):
    about = graph_of(files, ".well-known/void")
    linksets = list(about.subjects(RDF.type, VOID.Linkset))
    assert linksets
    for linkset in linksets:
        for term in (VOID.objectsTarget, VOID.triples, VOID.linkPredicate):
            assert len(list(about.objects(linkset, term))) == 1, linkset
        assert "judgesValue" not in str(about.value(linkset, VOID.linkPredicate))


# --- queries and prefixes


def test_each_query_of_the_catalogue_is_published_and_runs(files, graph):
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for question in graph.questions:
        assert f"queries/{question.name}.rq" in files
        about = graph_of(files, f"query/{question.name}.ttl")
        here = rdflib.URIRef(f"{BASE}query/{question.name}")
        text = str(about.value(here, sh.select) or about.value(here, sh.ask))
        assert "#+" not in text
        assert graph.sparql(text).variables == graph.sparql(question.text).variables
        assert {label.language for label in about.objects(here, RDFS.comment)} == {"ja", "en"}
        assert about.value(here, sh.prefixes) == rdflib.URIRef(BASE + "prefixes")


def test_an_endpoint_is_described_where_one_is_named(files, tmp_path):
    import welfaregraph
    from welfaregraph.publish.publication import publish
    from welfaregraph.publish.site import Site

    assert "service.ttl" not in files
    url = "https://data.example.org/sparql"
    publish(Site(welfaregraph.load(), endpoint=url), tmp_path / "site")
    there = files_in(tmp_path / "site")
    assert url.encode() in there["service.ttl"]
    assert url.encode() in there[".well-known/void"]
    assert url.encode() in there["query/philosophy.ttl"]


# --- other forms


@pytest.mark.shared
def test_each_plan_is_valid_stratml(files):
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(conformance("stratml-part1-20140401.xsd")))
    found = [name for name in files if name.endswith(".stratml.xml")]
    assert len(found) == 4
    for name in found:
        schema.assertValid(etree.fromstring(files[name]))


def test_stratml_says_what_the_plan_says_and_no_more(files):
    name = "stratml/012033/community-welfare-integrated/1.stratml.xml"
    root = ET.fromstring(files[name])
    goals = root.findall(f".//{STRATML}Goal")
    assert [len(goal.findall(f"{STRATML}Objective")) for goal in goals] == [5, 5, 5]
    assert root.findtext(f".//{STRATML}StartDate") == "2021-04-01"
    kizuna = ET.fromstring(files["stratml/012301/kizuna/undated.stratml.xml"])
    assert kizuna.find(f".//{STRATML}StartDate") is None
    objectives = kizuna.findall(f".//{STRATML}Objective")
    loose = kizuna.findtext(f"{STRATML}OtherInformation")
    assert len(objectives) == 3
    assert "災害時の支え合い活動の推進" in loose


def triples_of(table: dict, text: str) -> set[tuple[str, str, str, str]]:
    """Subject, property, value and language of the statements of a CSVW table."""
    columns = [c for c in table["tableSchema"]["columns"] if not c.get("virtual")]
    found = set()
    for row in csv.DictReader(io.StringIO(text, newline="")):
        for column in columns[1:]:
            cell, separator = row[column["name"]], column.get("separator")
            for value in cell.split(separator) if separator else [cell]:
                if value:
                    found.add(
                        (row["iri"], column["propertyUrl"], value, column.get("lang", ""))
                    )
    return found


def test_tables_say_what_the_graph_says(files):
    metadata = json.loads(files["tables/tables-metadata.json"])
    dump = set(ox.parse(files["dumps/welfaregraph.ttl"], format=ox.RdfFormat.TURTLE))
    held = {
        (q.subject.value, q.predicate.value, q.object.value,
         getattr(q.object, "language", "") or "")
        for q in dump
    }  # fmt: skip
    names = [table["url"] for table in metadata["tables"]]
    assert {f"tables/{name}" for name in names} == {n for n in files if n.endswith(".csv")}
    for table in metadata["tables"]:
        text = files[f"tables/{table['url']}"].decode("utf-8")
        found = triples_of(table, text)
        assert found <= held, found - held
        for column in table["tableSchema"]["columns"][1:-1]:
            assert column.get("datatype", "string") in {"string", *CSVW_TYPES}
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        kind = table["tableSchema"]["columns"][-1]["valueUrl"]
        assert rows
        kinds = [row["type"] if kind == "{+type}" else kind for row in rows]
        assert all(
            (r["iri"], str(RDF.type), k, "") in held for r, k in zip(rows, kinds, strict=True)
        )


def test_all_plans_held_are_in_their_table(files):
    rows = list(csv.DictReader(io.StringIO(files["tables/plans.csv"].decode(), newline="")))
    assert len(rows) == 4
    assert WG + "IntegratedPlan" in {row["type"] for row in rows}


def test_all_measures_are_in_their_table(files):
    rows = list(csv.DictReader(io.StringIO(files["tables/measures.csv"].decode(), newline="")))
    top = [row for row in rows if not row["isPartOfMeasure"]]
    assert (len(top), len({row["iri"] for row in rows})) == (54, len(rows))


def test_networks_are_graphml(files):
    import networkx as nx

    network = nx.parse_graphml(files["networks/measure.graphml"].decode())
    assert ID + "012033/community-welfare-integrated/1/measure/15" in network
    assert network.number_of_edges() > 0


# --- for servers and crawlers


def test_crawlers_find_title_licence_and_dumps_where_they_look(files):
    found = ox.parse(files[".well-known/void"], format=ox.RdfFormat.TURTLE)
    said = {q.predicate.value for q in found if q.subject.value == BASE + "dataset"}
    terms, void = "http://purl.org/dc/terms/", "http://rdfs.org/ns/void#"
    assert {terms + "title", terms + "license", void + "dataDump", void + "triples"} <= said


def test_the_map_of_the_site_lists_every_page(files):
    pages = {name for name in files if name.endswith(".html")}
    listed = {
        element.text.removeprefix(BASE)
        for name in files
        if name.startswith("sitemap-")
        for element in ET.fromstring(files[name]).findall(".//{*}loc")
    }
    assert listed == pages
    assert f"Sitemap: {BASE}sitemap.xml".encode() in files["robots.txt"]


def test_rules_for_w3id_are_made_where_the_host_is_known(files, tmp_path):
    import welfaregraph
    from welfaregraph.publish.publication import publish
    from welfaregraph.publish.site import Site

    assert "server/w3id/.htaccess" not in files
    host = "https://files.example.org/wg/"
    publish(Site(welfaregraph.load(), host=host), tmp_path / "site")
    rules = (tmp_path / "site/server/w3id/.htaccess").read_text("utf-8")
    assert f"{host}$1.ttl [R=303,L]" in rules
    assert "RewriteBase /wg/" in (tmp_path / "site/.htaccess").read_text("utf-8")
