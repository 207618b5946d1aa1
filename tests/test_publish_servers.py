"""A publication in the programs of others: stores, web servers, parsers, a portal.

Each server is started by a script of ``tests/servers`` on loopback, on a port of its own, and
ends with the test.
"""

from __future__ import annotations

import collections
import json
import os
import re
import shutil
import socket
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

import welfaregraph
from publishing import published
from welfaregraph.build import build
from welfaregraph.endpoint import Endpoint
from welfaregraph.errors import StoreError
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site

SCRIPTS = Path(__file__).parent / "servers"
DEPARTURES = tomllib.loads((SCRIPTS / "departures.toml").read_text("utf-8"))
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?")
ASKED = {"on": "2026-11-20", "lang": "ja"}
MEASURE = "id/012033/community-welfare-integrated/1/measure/12"


def missing(*programs: str) -> str:
    """Return what is not installed, in words."""
    gone = [name for name in programs if not shutil.which(name)]
    return f"{', '.join(gone)} not installed" if gone else ""


def needs(marker: str, *programs: str, setting: str = ""):
    """Mark a test that needs programs, or a file that a variable names."""
    why = missing(*programs)
    if setting and not os.environ.get(setting):
        why = f"{setting} names no file"
    return [getattr(pytest.mark, marker), pytest.mark.skipif(bool(why), reason=why or "there")]


def marked(marks):
    def mark(test):
        for one in marks:
            test = one(test)
        return test

    return mark


@pytest.fixture(scope="module")
def folder() -> Path:
    return published()


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> welfaregraph.PlanGraph:
    """The bundled graph with what is derived from it, as the dumps hold it."""
    derived = tmp_path_factory.mktemp("derived")
    build(welfaregraph.load(), derived)
    return welfaregraph.load(derived)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(script: str, *arguments: object, ready, seconds: int = 90) -> Iterator[None]:
    """Start a server, wait until it answers, and end it.

    :param ready: returns whether it does
    """
    call = ["bash", str(SCRIPTS / script), *map(str, arguments)]
    server = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + seconds
        while not ready():
            assert server.poll() is None, f"{script} ended with {server.returncode}"
            assert time.monotonic() < end, f"{script} does not answer"
            time.sleep(0.3)
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def led(url: str, **headers: str) -> tuple[int, str]:
    """Return the status of a request and where it leads, without following."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    asked = urllib.request.Request(url, headers=named)  # noqa: S310 (loopback)
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=10) as answer:
            return answer.status, answer.headers.get("Content-Type", "")
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, error.headers.get("Location", "")


def answers(url: str) -> bool:
    try:
        return led(url)[0] > 0
    except OSError:
        return False


def value(text: str | None) -> str:
    """Return a value as all engines write it: numbers by their worth.

    Virtuoso 7.2.5 writes ? for a separator outside ASCII and months for a duration.
    """
    text = (text or "").replace("、", "?")
    if text == "P1Y":
        return "12"
    return f"{float(text):.6g}" if NUMBER.fullmatch(text) else text


def rows_of(question, store) -> collections.Counter:
    rows = question.ask(store, ASKED).rows()
    return collections.Counter(
        tuple(sorted((name, value(text)) for name, text in row.items())) for row in rows
    )


def departing(graph, endpoint: Endpoint, *, ours: bool = False) -> set[str]:
    """Return the questions that an endpoint answers in another way.

    :param ours: without rows on things of others, such as the engine's own graphs
    """
    found, asked = set(), 0
    for question in graph.questions:
        if any(p.required and not p.default for p in question.parameters.values()):
            continue
        asked += 1
        here = rows_of(question, graph.store)
        try:
            there = rows_of(question, endpoint)
        except StoreError:
            found.add(question.name)
            continue
        if ours and question.name == "labels":
            there = collections.Counter({row: n for row, n in there.items() if row in here})
        if here != there:
            found.add(question.name)
    assert asked >= 65
    return found


@marked(needs("fuseki", "java", setting="FUSEKI_JAR"))
def test_fuseki_answers_the_catalogue_as_we_do(folder, graph):
    port = free_port()
    url = f"http://127.0.0.1:{port}/welfaregraph"
    with running("fuseki.sh", port, folder, ready=lambda: answers(f"{url}?query=ASK%7B%7D")):
        assert departing(graph, Endpoint(url)) == set(DEPARTURES["fuseki"])


@marked(needs("virtuoso", "virtuoso-t", "isql-vt"))
def test_virtuoso_answers_the_catalogue_as_we_do(folder, graph, tmp_path):
    port = free_port()
    url = f"http://127.0.0.1:{port}/sparql"
    arguments = (port, free_port(), folder, tmp_path)
    with running("virtuoso.sh", *arguments, ready=(tmp_path / "loaded").exists):
        found = departing(graph, Endpoint(url, timeout_seconds=60), ours=True)
        assert found == set(DEPARTURES["virtuoso"])


def negotiated(base: str) -> None:
    """Check that an IRI leads to what the client asks for, and that the file is there."""
    for headers, ending in (
        ({"Accept": "text/turtle"}, ".ttl"),
        ({"Accept": "application/ld+json"}, ".jsonld"),
        ({"Accept": "text/html", "Accept_Language": "ja,en;q=0.5"}, ".html"),
        ({"Accept": "text/html", "Accept_Language": "en-GB,ja;q=0.3"}, ".en.html"),
        ({"Accept": "*/*"}, ".html"),
    ):
        for name in (MEASURE, "ns", "scheme/theme", "id/law/326AC0000000045/art-107"):
            code, place = led(f"{base}{name}", **headers)
            assert (code, place.endswith(name + ending)) == (303, True), (name, headers, place)
            code, kind = led(f"{base}{name}{ending}")
            media = {".ttl": "text/turtle", ".jsonld": "application/ld+json"}
            assert code == 200
            assert kind.startswith(media.get(ending, "text/html")), kind
    assert led(f"{base}id/absent.ttl")[0] == 404
    code, kind = led(f"{base}.well-known/void")
    assert code == 200
    assert kind.startswith("text/turtle")


@marked(needs("apache", "apache2"))
def test_apache_negotiates_by_the_rules_of_the_publication(folder, tmp_path):
    port = free_port()
    base = f"http://127.0.0.1:{port}/welfaregraph/"
    ready = lambda: answers(base)  # noqa: E731
    with running("apache.sh", port, folder, tmp_path, ready=ready):
        negotiated(base)


@marked(needs("apache", "apache2"))
def test_the_rules_for_w3id_lead_to_the_host(tmp_path):
    host = "https://data.example.jp/welfaregraph/"
    target = tmp_path / "site"
    publish(Site(welfaregraph.load(), host=host), target)
    port = free_port()
    base = f"http://127.0.0.1:{port}/welfaregraph/"
    work = tmp_path / "work"
    work.mkdir()
    ready = lambda: answers(base)  # noqa: E731
    with running("apache.sh", port, target / "server" / "w3id", work, ready=ready):
        assert led(f"{base}{MEASURE}", Accept="text/turtle") == (303, f"{host}{MEASURE}.ttl")
        assert led(f"{base}{MEASURE}", Accept="text/html") == (303, f"{host}{MEASURE}.html")
        english = led(f"{base}ns", Accept="text/html", Accept_Language="en")
        assert english == (303, f"{host}ns.en.html")


@marked(needs("nginx", "nginx"))
def test_nginx_negotiates_by_the_rules_of_the_publication(folder, tmp_path):
    port = free_port()
    base = f"http://127.0.0.1:{port}/welfaregraph/"
    ready = lambda: answers(base)  # noqa: E731
    with running("nginx.sh", port, folder, tmp_path, ready=ready):
        negotiated(base)


#: Endings → Oxigraph's format, raptor's parser, Jena's syntax (which it reads off the ending).
SYNTAXES = {
    ".ttl": (ox.RdfFormat.TURTLE, "turtle"),
    ".nq": (ox.RdfFormat.N_QUADS, "nquads"),
    ".trig": (ox.RdfFormat.TRIG, "trig"),
    ".rdf": (ox.RdfFormat.RDF_XML, "rdfxml"),
    ".jsonld": (ox.RdfFormat.JSON_LD, ""),
}


def rdf_files(folder: Path, *, everything: bool) -> list[Path]:
    """Return the RDF files, or the dumps, the descriptions and each tenth of the documents."""
    found = sorted(p for p in folder.rglob("*") if p.suffix in SYNTAXES)
    if everything:
        return found
    return [p for at, p in enumerate(found) if at % 10 == 0 or p.parent.name in ("dumps", "")]


def oxigraph_count(path: Path) -> int:
    form, _ = SYNTAXES[path.suffix]
    return len(set(ox.parse(path.read_bytes(), format=form, base_iri=path.as_uri())))


@marked(needs("raptor", "rapper"))
def test_raptor_reads_the_same_number_of_statements(folder):
    read = 0
    for path in rdf_files(folder, everything=False):
        parser = SYNTAXES[path.suffix][1]
        if not parser:
            continue  # raptor knows no JSON-LD
        call = ["rapper", "-q", "-i", parser, "-o", "nquads", str(path), path.as_uri()]
        done = subprocess.run(call, capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, (path, done.stderr.decode()[:500])
        assert len(set(done.stdout.splitlines())) == oxigraph_count(path), path
        read += 1
    assert read > 80


@marked(needs("fuseki", "java", setting="FUSEKI_JAR"))
def test_jena_reads_the_same_number_of_statements(folder):
    files = rdf_files(folder, everything=True)
    assert len(files) > 1500
    call = ["java", "-Xmx2g", "-cp", os.environ["FUSEKI_JAR"], "riotcmd.riot", "--count"]
    for at in range(0, len(files), 400):
        piece = files[at : at + 400]
        done = subprocess.run(
            [*call, *map(str, piece)], capture_output=True, check=False, timeout=600
        )
        told = done.stdout.decode("utf-8") + done.stderr.decode("utf-8")
        assert done.returncode == 0, told[:1000]
        counts = dict(re.findall(r"(\S+)\s+: (?:Triples|Quads|Tuples) = ([\d,]+)", told))
        assert {str(path) for path in piece} - set(counts) <= {str(folder / "context.jsonld")}
        for path in piece:
            assert int(counts.get(str(path), "0").replace(",", "")) == oxigraph_count(path), (
                path
            )


@marked(needs("ckan", setting="CKAN_PYTHON"))
def test_ckans_own_parser_reads_the_catalogue(folder):
    script = """
import json, sys
from ckanext.dcat.processors import RDFParser
parser = RDFParser()
parser.parse(open(sys.argv[1], "rb").read(), _format="turtle")
print(json.dumps(list(parser.datasets()), ensure_ascii=False, default=str))
"""
    done = subprocess.run(
        [os.environ["CKAN_PYTHON"], "-c", script, str(folder / "dcat.ttl")],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    datasets = json.loads(done.stdout.decode("utf-8").splitlines()[-1])
    assert len(datasets) >= 5
    for dataset in datasets:
        extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
        assert dataset["title"]
        assert dataset["resources"], dataset["title"]
        for resource in dataset["resources"]:
            assert resource["url"].startswith("https://w3id.org/welfaregraph/")
            assert resource.get("license") or dataset.get("license_id") or extras.get("license")
        assert extras.get("uri", "").startswith("https://w3id.org/welfaregraph/")
        assert extras.get("spatial_uri") or extras.get("spatial_text"), dataset["title"]
    started = {
        e["value"] for d in datasets for e in d["extras"] if e["key"] == "temporal_start"
    }
    assert "2021-04-01" in started
