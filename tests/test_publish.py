"""A publication: whole or not at all, always the same, each IRI of ours found in its files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import welfaregraph
from welfaregraph.publish.paths import stem
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site
from welfaregraph.vocab import BASE

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The bundled graph, published once."""
    folder = tmp_path_factory.mktemp("publication") / "site"
    publish(Site(welfaregraph.load()), folder)
    return folder


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
