"""A publication: whole or not at all, always the same, each IRI of ours found in its files."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import shutil
import tarfile
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

import welfaregraph
from publishing import files_in, published
from welfaregraph.errors import InputError, MisuseError
from welfaregraph.publish import publication
from welfaregraph.publish import site as publishing_site
from welfaregraph.publish.makers import MAKERS, Maker
from welfaregraph.publish.paths import stem
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site, base_of
from welfaregraph.publish.tree import MARK, Tree
from welfaregraph.vocab import BASE, GRAPH, ID, WG

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def site() -> Path:
    """The bundled graph, published once."""
    return published()


@pytest.fixture(scope="module")
def files(site) -> dict[str, bytes]:
    return files_in(site)


def statements(name: str, content: bytes) -> set[ox.Quad]:
    return set(ox.parse(content, format=FORMATS[Path(name).suffix]))


def test_two_publications_of_the_same_input_are_the_same(files, tmp_path):
    publish(Site(welfaregraph.load()), tmp_path / "again")
    assert files_in(tmp_path / "again") == files


def test_all_dumps_of_one_part_say_the_same(files):
    dumps = {name for name in files if name.startswith("dumps/") and name.endswith(".nq")}
    assert {"dumps/welfaregraph.nq", "dumps/derived.nq"} <= dumps
    for name in dumps:
        quads = statements(name, files[name])
        triples = {quad.triple for quad in quads}
        for ending in FORMATS:
            other = name.removesuffix(".nq") + ending
            found = statements(other, files[other])
            if ending in {".trig", ".jsonld", ".nq"}:
                assert found == quads, other
            else:
                assert {quad.triple for quad in found} == triples, other


def test_no_blank_nodes_in_data(files):
    for name in files:
        if name.endswith(".ttl") and name != "shapes.ttl":  # SHACL has lists
            assert not any(
                isinstance(term, ox.BlankNode)
                for quad in statements(name, files[name])
                for term in (quad.subject, quad.object)
            ), name


def test_every_iri_of_ours_is_described_in_the_tree(files):
    missing = set()
    for name in files:
        if not name.endswith((".ttl", ".nq")):
            continue
        for quad in statements(name, files[name]):
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
                    path = term.value.partition("#")[0].removeprefix(BASE)
                    found = path in files or f"{stem(term.value)}.ttl" in files
                    missing |= set() if found else {term.value}
    assert missing == set()


def test_checksums_are_those_of_the_files(files):
    listed = dict(
        reversed(line.split("  ", 1)) for line in files["SHA256SUMS"].decode().splitlines()
    )
    assert listed == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "SHA256SUMS"
    }


def test_paths_are_ascii_whatever_the_case(files):
    assert all(re.fullmatch(r"[A-Za-z0-9._~/-]+", name) for name in files)
    assert len({name.casefold() for name in files}) == len(files)


def test_without_plans_of_others_the_same_triples_as_the_store(files, graph):
    quads = statements("dumps/welfaregraph.ttl", files["dumps/welfaregraph.ttl"])
    assert len(quads) == len(graph.store)


def test_jsonld_uses_the_published_context(files):
    whole = json.loads(files["dumps/welfaregraph.jsonld"])
    assert whole["@context"] == json.loads(files["context.jsonld"])["@context"]
    name = "id/012033/community-welfare-integrated/1/measure/15.jsonld"
    document = json.loads(files[name])
    [measure] = [n for n in document["@graph"] if n["@id"].endswith("/measure/15")]
    assert measure["@type"] == "Measure"
    assert measure["inPlan"] == ID + "012033/community-welfare-integrated/1"


def test_turtle_and_jsonld_of_a_document_say_the_same_but_of_themselves(files):
    for name in files:
        if name.startswith("id/012301/") and name.endswith(".ttl"):
            other = name.removesuffix(".ttl") + ".jsonld"
            ttl, jsonld = (
                {q.triple for q in statements(n, files[n]) if q.subject.value != BASE + n}
                for n in (name, other)
            )
            assert ttl == jsonld


def test_a_plan_is_found_from_its_measures_and_they_from_it(files):
    plan = ID + "012033/community-welfare-integrated/1"
    quads = statements("x.ttl", files[f"{stem(plan)}.ttl"])
    pointing = {q.subject.value for q in quads if q.object == ox.NamedNode(plan)}
    assert f"{plan}/measure/15" in pointing
    back = statements("x.ttl", files[f"{stem(plan)}/measure/15.ttl"])
    assert ox.NamedNode(plan) in {q.object for q in back}


def test_dumps_of_a_plan_hold_its_graphs_and_its_links_alone(files):
    folder = "dumps/plans/012301/kizuna/undated"
    graphs = {q.graph_name.value for q in statements("x.nq", files[f"{folder}.nq"])}
    plan = GRAPH + "plans/012301/kizuna/undated/"
    assert graphs == {plan + "stated", plan + "curated"}
    derived = statements("x.nq", files[f"{folder}.derived.nq"])
    ends = {
        (q.subject, q.object.value)
        for q in derived
        if q.predicate.value.startswith(WG + "links")
    }
    links = {link for link, _ in ends}
    assert links
    touching = {link for link, end in ends if "/012301/kizuna/" in end}
    assert touching == links


def test_compressed_files_hold_the_same_and_no_time(files):
    packed = [name for name in files if name.endswith(".gz") and "releases" not in name]
    assert len(packed) > 30
    for name in packed:
        assert gzip.decompress(files[name]) == files[name.removesuffix(".gz")]
        assert files[name][4:8] == bytes(4)


def test_the_archive_holds_data_vocabulary_and_queries(files):
    [name] = [name for name in files if name.startswith("releases/")]
    with tarfile.open(fileobj=io.BytesIO(files[name])) as archive:
        members = {m.name.partition("/")[2]: m for m in archive.getmembers()}
        for held in ("dumps/welfaregraph.trig", "shapes.ttl", "queries/philosophy.rq"):
            assert archive.extractfile(members[held]).read() == files[held]
    assert {m.mtime for m in members.values()} == {
        int(datetime.fromisoformat(f"{mark(files)['date']}T00:00:00+00:00").timestamp())
    }


def mark(files) -> dict:
    return json.loads(files["publication.json"])


def test_another_base_stands_in_every_file(tmp_path):
    base = "https://data.example.org/plans/"
    publish(Site(welfaregraph.load(), base=base), tmp_path / "site")
    files = files_in(tmp_path / "site")
    for name, content in files.items():
        if not name.endswith(".gz"):
            assert BASE.encode() not in content, name
    quads = statements("x.nq", files["dumps/welfaregraph.nq"])
    assert ox.NamedNode(f"{base}ns#Plan") in {q.object for q in quads}
    assert len(quads) == len(
        statements("x.nq", (published() / "dumps/welfaregraph.nq").read_bytes())
    )


# --- whole or not at all


class BreakError(Exception):
    """Stands for a crash in the middle."""


def test_a_crash_in_the_middle_leaves_the_previous_publication(tmp_path, monkeypatch):
    target = tmp_path / "site"
    shutil.copytree(published(), target)
    before = files_in(target)

    def broken(*_):
        yield "one.ttl", b""
        raise BreakError

    monkeypatch.setattr(publication, "MAKERS", (*MAKERS[:2], Maker("documents", broken)))
    with pytest.raises(BreakError):
        publish(Site(welfaregraph.load()), target)
    assert files_in(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_kill_between_the_two_renames_is_mended_by_the_next_run(tmp_path):
    with Tree(tmp_path / "site") as tree:
        tree.write(MARK, b'{"generator": "welfaregraph"}')
    (tmp_path / "site").rename(tmp_path / ".site.old")
    with Tree(tmp_path / "site"):
        assert (tmp_path / "site" / MARK).is_file()


def test_a_folder_with_something_else_is_refused_and_not_touched(run, tmp_path):
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    done = run("publish", tmp_path, "--include-invalid")
    assert done.code == 2
    assert str(tmp_path) in done.err
    assert files_in(tmp_path) == {"letter.txt": b"dear"}


def test_a_file_added_to_a_publication_is_named_and_kept(run, tmp_path):
    target = tmp_path / "site"
    with Tree(target) as tree:
        tree.write(MARK, b'{"generator": "welfaregraph"}')
    (target / "CNAME").write_text("data.example.org", "utf-8")
    done = run("publish", target, "--include-invalid")
    assert done.code == 2
    assert str(target / "CNAME") in done.err
    assert (target / "CNAME").is_file()


def test_a_file_in_the_place_of_the_folder(run, tmp_path):
    (tmp_path / "site").write_text("", "utf-8")
    assert run("publish", tmp_path / "site", "--include-invalid").code == 2
    assert run("publish", tmp_path / "site" / "below", "--include-invalid").code == 3


def test_a_publication_under_way_is_not_disturbed(run, tmp_path):
    (tmp_path / ".site.new").mkdir()
    done = run("publish", tmp_path / "site", "--include-invalid")
    assert done.code == 3
    assert ".site.new" in done.err


def test_two_things_at_one_place_are_told(tmp_path):
    with Tree(tmp_path / "site") as tree:
        tree.write("a/b.ttl", b"")
        for name in ("A/B.ttl", "a", "a/b.ttl/c"):
            with pytest.raises(InputError, match=r"a/b\.ttl|a/"):
                tree.write(name, b"")
        with pytest.raises(ValueError, match="path"):
            tree.write("../outside", b"")


@pytest.mark.parametrize(
    "base",
    ["", "ftp://example.org/", "https://example.org", "https://example.org/a?b=/",
     "https://example.org/a#/", "https://例.jp/", "https://example.org/a b/", "nonsense"],
)  # fmt: skip
def test_a_base_that_is_none_is_refused(base):
    with pytest.raises(MisuseError):
        base_of(base)


def test_an_invalid_base_and_endpoint_are_told(run, tmp_path):
    target = tmp_path / "site"
    done = run("publish", target, "--base", "nonsense")
    assert done.code == 2
    assert "--base" in done.err
    assert run("publish", target, "--endpoint-url", "nonsense").code == 2
    assert run("publish", target, "--previous", tmp_path / "absent").code == 3
    assert run("publish").code == 2
    assert not target.exists()


# --- plans that fail their shapes


def test_a_plan_that_fails_its_shapes_is_left_out_unless_told_so(run, own_plan, tmp_path):
    file = own_plan / "plans/999997/community-welfare/1/stated.ttl"
    whole = file.read_text("utf-8")
    file.write_text(re.sub(r"    wg:isPerformedBy [^;]*;\n", "", whole).replace(
        "wg:order 1 ;", 'wg:order "one" ;'), "utf-8")  # fmt: skip
    target = tmp_path / "site"
    done = run("publish", target, "--data", own_plan, "--only-data")
    assert done.code == 1
    assert "架空町" in done.err
    assert "--include-invalid" in done.err
    assert not (target / "id/999997/community-welfare/1.ttl").exists()
    again = run("publish", target, "--data", own_plan, "--only-data", "--include-invalid")
    assert again.code == 0
    assert (target / "id/999997/community-welfare/1.ttl").is_file()


def test_a_plan_that_keeps_its_shapes_is_published(run, own_plan, tmp_path):
    file, target = own_plan / "plans/999997/community-welfare/1/stated.ttl", tmp_path / "site"
    area = f"    a wg:Plan ;\n    wg:coversArea <{ID}area/012033> ;"
    file.write_text(file.read_text("utf-8").replace("    a wg:Plan ;", area, 1), "utf-8")
    assert run("publish", target, "--data", own_plan, "--only-data").code == 0
    assert (target / "id/999997/community-welfare/1.ttl").is_file()
    assert not (target / "id/012033/community-welfare-integrated/1/measure/1.ttl").exists()


def test_of_many_plans_less_is_derived_and_in_fewer_forms(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing_site, "FEW", 3)
    publish(Site(welfaregraph.load()), tmp_path / "site")
    names = files_in(tmp_path / "site").keys()
    assert {n for n in names if n.startswith("alignments/")} == {
        "alignments/overlaps.sssom.tsv"
    }
    derived = {n for n in names if n.startswith("dumps/plans/") and ".derived." in n}
    assert {n.partition(".derived.")[2] for n in derived} == {"trig", "trig.gz"}
    assert {f"dumps/derived{ending}" for ending in FORMATS} <= names
