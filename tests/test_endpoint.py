"""Asking an endpoint: the same answers, and every way it can fail; on loopback alone."""

from __future__ import annotations

import csv
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from welfaregraph.endpoint import ATTEMPTS, LONGEST_PAUSE, Endpoint
from welfaregraph.errors import InputError, MisuseError, StoreError

RESULTS = "application/sparql-results+json"
SELECT = "SELECT ?n WHERE { VALUES ?n { 1 2 } }"


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put into ``server.script``, in order; the last one repeats."""

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        query = parse_qs(self.rfile.read(size).decode())["query"][0]
        self.server.seen.append((query, dict(self.headers)))
        step = self.server.script[0]
        if len(self.server.script) > 1:
            self.server.script.pop(0)
        code, headers, body = step(query) if callable(step) else step
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.script, server.seen = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def answering(graph):
    """Return a step that answers as a real endpoint over the same graph would."""

    def step(query: str):
        answer = graph.store.query(query)
        if answer.is_rows or query.lstrip().upper().startswith("ASK"):
            return (
                200,
                {"Content-Type": RESULTS},
                answer.serialize("json"),
            )
        return 200, {"Content-Type": "text/turtle"}, answer.serialize("json")

    return step


def test_words_of_the_header_are_not_taken_for_an_update(graph, server):
    """`#+ empty: No theme is addressed …` made an update (ADD) of a query."""
    server.script = [answering(graph)]
    question = graph.questions["unique-themes"]
    assert "addressed" in question.text
    there = question.ask(Endpoint(server.url), {"lang": "ja"}).rows()
    assert there == graph.ask("unique-themes", lang="ja").rows() != []


def test_a_question_is_answered_as_in_memory(run, graph, server):
    server.script = [answering(graph)]
    there = run(
        "query", "CQ-05", "--set", "number=13", "--endpoint", server.url, "--format", "csv"
    )
    here = run("query", "CQ-05", "--set", "number=13", "--format", "csv")
    assert there.code == 0
    assert list(csv.DictReader(io.StringIO(there.out))) == list(
        csv.DictReader(io.StringIO(here.out))
    )
    [(query, headers)] = server.seen
    assert '"13"' in query
    assert headers["User-Agent"] == "welfaregraph"
    assert "Authorization" not in headers


def test_ask_and_construct(graph, server):
    server.script = [answering(graph)]
    assert bool(Endpoint(server.url).query("ASK { ?s ?p ?o }"))
    turtle = Endpoint(server.url).query("CONSTRUCT { <urn:a> <urn:b> 1 } WHERE { }")
    store = ox.Store()
    store.load(turtle.serialize("json"), format=ox.RdfFormat.TURTLE)
    assert len(store) == 1


@pytest.mark.parametrize("code", [429, 502, 503, 504])
def test_a_busy_endpoint_is_asked_again_after_the_time_it_names(graph, server, code):
    server.script = [(code, {"Retry-After": "7"}, b""), (code, {}, b""), answering(graph)]
    waited: list[float] = []
    found = Endpoint(server.url, sleep=waited.append).query(SELECT).rows()
    assert found == [{"n": "1"}, {"n": "2"}]
    assert waited == [7.0, 1.0]


def test_a_busy_endpoint_is_not_asked_for_ever(server):
    server.script = [(503, {"Retry-After": "99999"}, b"")]
    waited: list[float] = []
    with pytest.raises(StoreError, match="503"):
        Endpoint(server.url, sleep=waited.append).query(SELECT)
    assert len(server.seen) == ATTEMPTS
    assert waited == [LONGEST_PAUSE] * (ATTEMPTS - 1)


@pytest.mark.parametrize("code", [401, 403, 404, 406, 413, 500])
def test_a_refusal_is_not_repeated(server, code):
    server.script = [(code, {}, b"no")]
    with pytest.raises(StoreError) as caught:
        Endpoint(server.url).query(SELECT)
    assert caught.value.exit_code == 4
    assert len(server.seen) == 1


def test_an_answer_cut_off_is_an_error(graph, server):
    body = graph.store.query(SELECT).serialize("json")
    server.script = [(200, {"Content-Type": RESULTS}, body[:-20])]
    with pytest.raises(StoreError):
        Endpoint(server.url).query(SELECT)


def test_an_html_page_is_no_answer(server):
    server.script = [(200, {"Content-Type": "text/html"}, b"<html>Please log in</html>")]
    with pytest.raises(StoreError):
        Endpoint(server.url).query(SELECT)


def test_a_slow_endpoint_times_out(server):
    hold = threading.Event()

    def slow(_: str):
        hold.wait(5)
        return 200, {}, b""

    server.script = [slow]
    with pytest.raises(StoreError):
        Endpoint(server.url, timeout_seconds=1).query(SELECT)
    hold.set()


def test_nobody_there(run):
    done = run("query", "CQ-02", "--endpoint", "http://127.0.0.1:9/sparql")
    assert done.code == 4
    assert "127.0.0.1:9" in done.err


def test_a_query_that_does_not_parse_is_told_apart_from_a_refusal(server):
    server.script = [(400, {}, b"Malformed")]
    with pytest.raises((InputError, StoreError)) as caught:
        Endpoint(server.url).query("SELECT ?n WHERE { ?n }")
    assert isinstance(caught.value, InputError)
    with pytest.raises(StoreError):
        Endpoint(server.url).query(SELECT)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "sparql", "http://"])
def test_only_http(url):
    with pytest.raises(MisuseError):
        Endpoint(url)


def test_service_is_refused_here_too(server):
    with pytest.raises(MisuseError):
        Endpoint(server.url).query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert server.seen == []
