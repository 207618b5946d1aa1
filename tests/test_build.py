"""The derived graphs: reproducible, whole or untouched, valid, apart from what is asserted."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
import yaml
from pyshacl import validate

import welfaregraph
from conftest import ON, ROOT
from welfaregraph import derived, resources, sssom
from welfaregraph.build import build, links
from welfaregraph.files import LOCK
from welfaregraph.overlap import DEFAULTS, Reason
from welfaregraph.store import sources_in
from welfaregraph.turtle import canonical
from welfaregraph.vocab import GRAPH, ID, WG

FILES = (
    "activity-overlaps.sssom.tsv", "activity-overlaps.ttl", "overlaps.sssom.tsv",
    "overlaps.ttl", "plan-overlaps.sssom.tsv", "plan-overlaps.ttl", "suggestions.ttl",
)  # fmt: skip
TURTLE = [name for name in FILES if name.endswith(".ttl")]
LEVELS = ("measure", "activity", "plan")
CRIME = "012033/community-welfare-integrated/1/measure/15"
WATCH = "012301/community-welfare/3/measure/7-3"
AGAIN = "012301/community-welfare/3/measure/7-4"
BUILT_IN = {"semapv": "https://w3id.org/semapv/vocab/"}
#: A theme under its Japanese name in an English sentence.
JAPANESE_THEME = re.compile("theme “[^”]*[ぁ-ん]")
#: The slots of a mapping in SSSOM 1.1, in the order of its table.
SLOTS = [
    "record_id", "subject_id", "subject_label", "subject_category", "predicate_id",
    "predicate_label", "predicate_modifier", "object_id", "object_label", "object_category",
    "mapping_justification", "author_id", "author_label", "reviewer_id", "reviewer_label",
    "creator_id", "creator_label", "license", "subject_type", "subject_source",
    "subject_source_version", "object_type", "object_source", "object_source_version",
    "predicate_type", "mapping_provider", "mapping_source", "mapping_cardinality",
    "cardinality_scope", "mapping_tool", "mapping_tool_id", "mapping_tool_version",
    "mapping_date", "publication_date", "review_date", "confidence", "curation_rule",
    "curation_rule_text", "subject_match_field", "object_match_field", "match_string",
    "subject_preprocessing", "object_preprocessing", "similarity_score", "similarity_measure",
    "see_also", "issue_tracker_item", "other", "comment",
]  # fmt: skip
#: The slots of a mapping set that are used here, in the order of its table.
SET_SLOTS = [
    "curie_map", "sssom_version", "mapping_set_id", "mapping_set_version",
    "mapping_set_title", "mapping_set_description", "license", "mapping_tool",
    "mapping_tool_version", "mapping_date",
]  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """The files below ``derived/``, without the lock of the last writer."""
    found = (folder / "derived").iterdir()
    return {path.name: path.read_bytes() for path in found if path.name != LOCK}


def read_tsv(text: str) -> tuple[dict, list[str], list[dict[str, str]]]:
    """Metadata, columns and rows of an SSSOM file, its CURIEs written out."""
    lines = text.split("\n")
    size = next(at for at, line in enumerate(lines) if not line.startswith("#"))
    metadata = yaml.load("\n".join(x[1:] for x in lines[:size]), yaml.BaseLoader)  # noqa: S506
    table = csv.reader(io.StringIO("\n".join(lines[size:])), delimiter="\t")
    columns, *rows = [row for row in table if row]
    prefixes = BUILT_IN | metadata["curie_map"]

    def whole(name: str, cell: str) -> str:
        if not (name.endswith("_id") or name == "mapping_justification") or not cell:
            return cell
        prefix, local = cell.split(":", 1)
        return prefixes[prefix] + local

    return (
        metadata,
        columns,
        [
            {name: whole(name, cell) for name, cell in zip(columns, row, strict=True)}
            for row in rows
        ],
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The bundled plans, built once; no test changes it."""
    folder = tmp_path_factory.mktemp("built")
    build(welfaregraph.load(), folder)
    return folder


@pytest.fixture
def judged(run, tmp_path) -> Path:
    """A folder with an accepted, a rejected and an unlikely accepted overlap."""
    folder = tmp_path / "own"
    folder.mkdir()
    for first, second, verdict in (
        (CRIME, WATCH, "--reject"),
        (CRIME, AGAIN, "--accept"),
    ):
        done = run("judge", "overlap", first, second, verdict, "--reason", "人が読んだ。",
                   "--data", folder, "--on", "2030-01-02", "--by", "clerk")  # fmt: skip
        assert done.code == 0, done.err
    return folder


def ends(row) -> frozenset[str]:
    return frozenset((row["subject_id"], row["object_id"]))


def test_two_builds_are_the_same_bytes_on_another_hash_seed_and_day(built, tmp_path):
    assert set(contents(built)) == set(FILES)
    assert all(contents(built).values())
    for seed, language in (("1", "ja"), ("2", "en")):
        target = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "welfaregraph", "build", target],
            env=os.environ | {"PYTHONHASHSEED": seed, "WELFAREGRAPH_LANG": language},
            check=True,
            capture_output=True,
        )
        assert contents(target) == contents(built)


def test_the_day_is_that_of_the_data_or_the_one_given(run, built, tmp_path):
    [modified] = [row["modified"] for row in welfaregraph.load().ask("dataset-version").rows()]
    assert f'dcterms:created "{modified}"' in (built / "derived/overlaps.ttl").read_text(
        "utf-8"
    )
    assert run("build", tmp_path, "--on", ON).code == 0
    for name in FILES:
        text = (tmp_path / "derived" / name).read_text("utf-8")
        assert ON in text
        assert modified not in text


def test_it_says_what_it_wrote_and_leaves_nothing_else(run, tmp_path):
    done = run("build", tmp_path / "out")
    assert done.code == 0
    assert done.out.splitlines() == [str(tmp_path / "out/derived" / name) for name in FILES]
    assert "--data" in done.err
    assert sorted(contents(tmp_path / "out")) == sorted(FILES)


def test_it_stands_beside_the_data_unless_told(run, own_plan, monkeypatch):
    assert run("build", "--data", own_plan).code == 0
    assert set(contents(own_plan.parent / "build")) == set(FILES)
    assert not (own_plan / "derived").exists()
    monkeypatch.setattr(resources, "is_checkout", lambda: False)
    assert run("build").code == 2


def test_turtle_is_canonical(built, graph):
    for name in TURTLE:
        text = (built / "derived" / name).read_text("utf-8")
        assert canonical(text) == text
    run = derived.Run("tool", "1.0", ON, "urn:d", "1.0", "https://example.org/licence")
    [first, *_] = links(graph)
    sdg = "http://metadata.un.org/sdg/"
    for label in ('owl: "x" \\ y', "two\nlines"):
        more = [Reason("sdg", sdg + end, label, 0.1) for end in ("3", "11", "11.2")]
        pair = replace(first.pair, reasons=(*first.pair.reasons, *more))
        text = derived.links_turtle([replace(first, pair=pair)], run)
        assert canonical(text) == text
        assert "sdg:11.2" in text
    for text in (derived.links_turtle([], run), derived.offers_turtle([], run)):
        assert canonical(text) == text


@pytest.mark.parametrize("level", LEVELS)
def test_links_are_the_overlaps_of_the_program(built, graph, level):
    wanted = graph.overlaps(level=level, lang="ja")
    rows = welfaregraph.load(built).ask("derived-overlaps", level=level).rows()
    assert len(rows) == len(wanted) > 5
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    for row, pair in zip(rows, wanted, strict=True):
        assert {row["left"], row["right"]} == {pair.a.iri, pair.b.iri}
        assert row["left"] < row["right"]
        assert {row["leftLabel"], row["rightLabel"]} == {pair.a.label, pair.b.label}
        assert {row["leftPlan"], row["rightPlan"]} == {pair.a.plan, pair.b.plan}
        assert float(row["score"]) == pytest.approx(pair.score, abs=0.0001)
        assert float(row["confidence"]) == pytest.approx(pair.confidence, abs=0.001)
        assert len(row["confidence"]) <= len("0.123"), "no tail of a binary fraction"
        assert pair.reasons[0].label in row["explanation"]


def test_each_level_has_its_graph_and_its_kind_of_ends(built):
    loaded = welfaregraph.load(built)
    text = """
        PREFIX wg: <https://w3id.org/welfaregraph/ns#>
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        SELECT ?g ?kind ?predicate (COUNT(*) AS ?ends)
        WHERE {
          GRAPH ?g { ?link wg:linksFrom|wg:linksTo ?end ; owl:annotatedProperty ?predicate . }
          ?end a ?kind .
        } GROUP BY ?g ?kind ?predicate ORDER BY ?g ?kind"""
    rows = [tuple(row.values()) for row in loaded.sparql(text).rows()]
    count = {level: len(loaded.overlaps(level=level)) for level in LEVELS}
    place, overlaps = f"{GRAPH}derived/", WG + "overlapsWith"
    assert rows[0] == (
        f"{place}activity-overlaps", WG + "Activity", overlaps, str(2 * count["activity"])
    )  # fmt: skip
    assert rows[1] == (f"{place}overlaps", WG + "Measure", overlaps, str(2 * count["measure"]))
    plans = rows[2:]
    assert {(graph, predicate) for graph, _, predicate, _ in plans} == {
        (f"{place}plan-overlaps", WG + "sharesWorkWith")
    }
    assert {kind for _, kind, _, _ in plans} <= {WG + "Plan", WG + "IntegratedPlan"}


#: Pairs that any officer would name, among the links of each level: level → words of both ends.
KNOWN = {
    "measure": ("災害時における支え合いの仕組みづくり", "災害時の支え合い活動の推進"),
    "activity": (
        "従業員へ地域コミュニティ等の重要性を啓発",
        "コミュニティ意識の醸成に向けた啓発・情報発信",
    ),
    "plan": ("小樽市地域福祉計画・小樽市地域福祉活動計画（第1期）", "きずな計画"),
}  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_a_known_pair_is_found_by_sparql(built, level):
    rows = welfaregraph.load(built).ask("derived-overlaps", level=level, lang="ja").rows()
    (known,) = (row for row in rows if {row["leftLabel"], row["rightLabel"]} == {*KNOWN[level]})
    assert float(known["score"]) > 0.1
    assert known["explanation"].startswith("共通する点：")


def test_the_link_of_two_plans_rests_on_their_measures(graph):
    below = {frozenset((o.a.iri, o.b.iri)): o for o in graph.overlaps(min_score=0, lang="ja")}
    for link in links(graph, "plan"):
        assert sum(share for share, _ in link.below) == pytest.approx(link.pair.score)
        for _, pair in link.below:
            assert pair == below[frozenset((pair.a.iri, pair.b.iri))]
        kinds = ("theme", "required-item", "statute", "sdg", "body", "target-group", "setting")
        themes = {r.feature for _, pair in link.below for r in pair.reasons if r.kind in kinds}
        assert set(link.shared) == themes
        parts = [share * sum(r.contribution for r in pair.reasons if r.kind == "wording")
                 / pair.score for share, pair in link.below]  # fmt: skip
        assert link.wording == pytest.approx(sum(parts) / DEFAULTS.wording)
        assert 0 < link.wording < 1


def test_the_query_narrows_to_a_plan_and_speaks_english(run, built):
    plan = "012301/kizuna/undated"
    done = run("query", "derived-overlaps", "--data", built, "--set", f"plan={plan}",
               "--format", "csv", "--lang", "en")  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert rows
    assert all(ID + plan in (row["leftPlan"], row["rightPlan"]) for row in rows)
    assert all(row["explanation"].startswith("In common: ") for row in rows)
    assert "theme “" in rows[0]["explanation"]


def test_derived_graphs_stand_apart(built, graph):
    loaded = welfaregraph.load(built)
    assert len(loaded.store) == len(graph.store)
    in_default = "SELECT * WHERE { ?link a <%s> }" % (WG + "OverlapLink")
    assert loaded.sparql(in_default).rows() == []
    named = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a <%s> } } ORDER BY ?g"
    for kind, names in (
        ("OverlapLink", ("activity-overlaps", "overlaps", "plan-overlaps")),
        ("Suggestion", ("suggestions",)),
    ):
        wanted = [{"g": f"{GRAPH}derived/{name}"} for name in names]
        assert loaded.sparql(named % (WG + kind)).rows() == wanted
    assert [o.score for o in loaded.overlaps()] == [o.score for o in graph.overlaps()]
    assert len(loaded.questions) > 50
    for question in loaded.questions:
        if question.name != "derived-overlaps":
            needed = {p.name: "見守り" for p in question.parameters.values() if p.required}
            values = {"on": ON, **needed}
            found, wanted = loaded.ask(question, **values), graph.ask(question, **values)
            assert found.rows() == wanted.rows(), question.name


def test_derived_graphs_meet_their_shapes(built):
    data, shapes = rdflib.Graph(), rdflib.Graph()
    asserted = [*sources_in(ROOT / "ontology"), *sources_in(ROOT / "graphs")]
    for source in [*asserted, *sources_in(built)]:
        data.parse(source.path, format="turtle")
    for path in [
        *(resources.SHAPES / "derived").glob("*.ttl"),
        resources.SHAPES / "blocks.ttl",
    ]:
        shapes.parse(path, format="turtle")
    conforms, _, text = validate(data, shacl_graph=shapes, inference="none")
    assert conforms, text
    for kind in ("OverlapLink", "Suggestion"):
        assert len(list(data.subjects(rdflib.RDF.type, rdflib.URIRef(WG + kind)))) > 10
    link = next(data.subjects(rdflib.RDF.type, rdflib.URIRef(WG + "OverlapLink")))
    data.remove((link, rdflib.URIRef(WG + "hasScore"), None))
    assert not validate(data, shacl_graph=shapes, inference="none")[0], "it can fail"


@pytest.mark.parametrize("file", [name for name in TURTLE if "overlaps" in name])
def test_every_link_is_explained_in_both_languages(built, file):
    graph = rdflib.Graph().parse(built / "derived" / file, format="turtle")
    found = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(WG + "OverlapLink")))
    assert found
    for link in found:
        texts = list(graph.objects(link, rdflib.URIRef(WG + "explanation")))
        assert {text.language for text in texts} == {"ja", "en"}
        assert not any(t.language == "en" and JAPANESE_THEME.search(t) for t in texts)
        told = {t.language: re.findall(r"(\d\.\d\d)", t) for t in texts}
        assert told["ja"] == told["en"] != []
        score = float(graph.value(link, rdflib.URIRef(WG + "hasScore")))
        assert sum(map(float, told["ja"])) == pytest.approx(
            score, abs=0.005 * len(told["ja"]) + 0.006
        )


# --- SSSOM


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(".tsv")])
def test_sssom_file_is_as_its_specification_says(built, file):
    text = (built / "derived" / file).read_text("utf-8")
    metadata, columns, rows = read_tsv(text)
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert list(metadata) == SET_SLOTS
    assert list(metadata["curie_map"]) == sorted(metadata["curie_map"]) == ["wg", "wgid"]
    assert columns == [slot for slot in SLOTS if slot in columns]
    assert set(columns) <= set(sssom.COLUMNS) <= set(SLOTS)
    assert {"subject_id", "predicate_id", "object_id", "mapping_justification"} <= set(columns)
    assert all(any(row[name] for row in rows) for name in columns), "no empty column"
    body = [line for line in text.splitlines() if not line.startswith("#")][1:]
    assert body == sorted(body)
    for row in rows:
        for name in ("confidence", "similarity_score"):
            assert re.fullmatch(r"0(\.\d{1,3})?|1", row[name]), row[name]
    assert metadata["license"].startswith("https://creativecommons.org/")
    assert metadata["mapping_tool_version"] == welfaregraph.__version__
    assert metadata["sssom_version"] == "1.1"


@pytest.mark.parametrize("level", LEVELS)
def test_sssom_rows_are_the_links(built, graph, level):
    known = derived.LEVELS[level]
    text = (built / f"derived/{known.file}.sssom.tsv").read_text("utf-8")
    metadata, _, rows = read_tsv(text)
    wanted = {frozenset((o.a.iri, o.b.iri)): o for o in graph.overlaps(level=level, lang="ja")}
    turtle = rdflib.Graph().parse(built / f"derived/{known.file}.ttl", format="turtle")
    assert metadata["mapping_set_id"] == f"{GRAPH}derived/{known.file}"
    assert {ends(row) for row in rows} == set(wanted)
    assert len(rows) == len(wanted)
    for row in rows:
        pair = wanted[ends(row)]
        assert float(row["similarity_score"]) == pytest.approx(pair.score, abs=0.0006)
        assert float(row["confidence"]) == pytest.approx(pair.confidence, abs=0.0006)
        assert {row["subject_label"], row["object_label"]} == {pair.a.label, pair.b.label}
        assert row["subject_category"] == row["object_category"] == f"wg:{level.title()}"
        assert row["predicate_id"] == known.predicate
        assert row["mapping_justification"] == derived.BY_MACHINE
        assert "共通する点" in row["comment"]
        assert "In common" in row["comment"]
        link = rdflib.URIRef(row["record_id"])
        assert str(turtle.value(link, rdflib.URIRef(WG + "linksFrom"))) == row["subject_id"]


def test_sssom_quotes_what_would_break_a_row_and_numbers_foreign_namespaces(graph):
    first = links(graph)[0]
    label = 'a\tb "c"\nd'
    odd = replace(first.pair.a, iri="https://example.org/plan#m/1", label=label)
    link = replace(first, pair=replace(first.pair, a=odd))
    run = derived.Run("tool: x", "1.0", ON, "urn:d", "1.0", "https://example.org/licence")
    metadata, _, [row] = read_tsv(sssom.tsv([link], run))
    assert label in (row["subject_label"], row["object_label"])
    assert odd.iri in (row["subject_id"], row["object_id"])
    assert metadata["mapping_tool"] == "tool: x"
    assert metadata["mapping_date"] == ON
    turtle = rdflib.Graph().parse(data=derived.links_turtle([link], run), format="turtle")
    assert (None, None, rdflib.URIRef(odd.iri)) in turtle


def test_nothing_to_link_is_a_clear_empty_file(run, own_plan, tmp_path):
    done = run("build", tmp_path / "out", "--data", own_plan, "--only-data")
    assert done.code == 0
    _, columns, rows = read_tsv(
        (tmp_path / "out/derived/overlaps.sssom.tsv").read_text("utf-8")
    )
    assert (rows, columns[:2]) == ([], ["record_id", "subject_id"])
    assert welfaregraph.load(tmp_path / "out").ask("derived-overlaps").rows() == []


# --- whole or untouched


def test_a_failure_in_the_middle_leaves_the_old_files(built, tmp_path, monkeypatch):
    for name, content in contents(built).items():
        (tmp_path / "derived").mkdir(exist_ok=True)
        (tmp_path / "derived" / name).write_bytes(b"# old\n" + content)
    old = contents(tmp_path)
    graph = welfaregraph.load()

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fdopen", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(graph, tmp_path, on="2030-01-01")
    monkeypatch.undo()
    assert contents(tmp_path) == old
    monkeypatch.setattr("welfaregraph.build.tsv", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(graph, tmp_path, on="2030-01-01")
    monkeypatch.undo()
    assert contents(tmp_path) == old
    build(graph, tmp_path)
    assert contents(tmp_path) == contents(built)


#: Kills itself in the place of the rename with this number: 1 is that of the journal.
KILLED = """
import os, pathlib, signal, sys
left, rename = [int(sys.argv[2])], pathlib.Path.replace
def replace(self, target):
    left[0] -= 1
    return rename(self, target) if left[0] else os.kill(os.getpid(), signal.SIGKILL)
pathlib.Path.replace = replace
from welfaregraph import cli
cli.run(["build", sys.argv[1], "--on", "2030-01-01"])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize("number", [1, 5])
def test_a_killed_build_leaves_all_files_of_one_build(built, tmp_path, number):
    build(welfaregraph.load(), tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path, str(number)], check=False)
    assert done.returncode == -signal.SIGKILL
    days = {b"2030-01-01" in contents(tmp_path)[name] for name in FILES}
    assert days == ({False} if number == 1 else {False, True}), "the worst moment was met"
    assert {source.path.name for source in sources_in(tmp_path)} == set(TURTLE)
    assert {b"2030-01-01" in contents(tmp_path)[name] for name in FILES} == {number > 1}
    assert len(welfaregraph.load(tmp_path).ask("derived-overlaps").rows()) > 20
    build(welfaregraph.load(), tmp_path)
    assert {name: contents(tmp_path)[name] for name in FILES} == contents(built)


def test_a_place_that_cannot_be_written_to_is_named(run, tmp_path):
    (tmp_path / "file").write_text("x")
    done = run("build", tmp_path / "file")
    assert done.code == 3
    assert "file" in done.err
    assert (tmp_path / "file").read_text() == "x"


# --- judgements


def test_a_judgement_survives_a_rebuild_and_wins(run, judged):
    kept = (judged / "judgements/overlaps.ttl").read_bytes()
    for _ in range(2):
        assert run("build", judged, "--data", judged, "--on", ON).code == 0
    assert (judged / "judgements/overlaps.ttl").read_bytes() == kept
    text = (judged / "derived/overlaps.sssom.tsv").read_text("utf-8")
    metadata, columns, rows = read_tsv(text)
    by_pair = {ends(row): row for row in rows}
    assert frozenset((ID + CRIME, ID + WATCH)) not in by_pair, "rejected"
    accepted = by_pair[frozenset((ID + CRIME, ID + AGAIN))]
    assert accepted["mapping_justification"] == derived.BY_PERSON
    assert accepted["author_id"] == ID + "curator/clerk"
    assert accepted["similarity_score"] == "1"
    assert accepted["mapping_date"] == "2030-01-02"
    assert accepted["mapping_tool"] == ""
    assert "人が読んだ。" in accepted["comment"]
    assert "mapping_tool" not in metadata, "the rows do not agree"
    assert columns == [slot for slot in SLOTS if slot in columns]
    found = welfaregraph.load(judged).ask("derived-overlaps").rows()
    assert found[0]["rank"] == "1"
    assert {found[0]["left"], found[0]["right"]} == {ID + CRIME, ID + AGAIN}
    assert not any({r["left"], r["right"]} == {ID + CRIME, ID + WATCH} for r in found)


def suggested(folder: Path) -> set[tuple[str, str]]:
    graph = rdflib.Graph().parse(folder / "derived/suggestions.ttl", format="turtle")
    term = rdflib.Namespace(WG)
    return {
        (str(graph.value(node, term.isSuggestedFor)), str(theme))
        for node, theme in graph.subject_objects(term.suggestsTheme)
    }


def test_a_theme_once_judged_is_not_suggested_again(run, built, tmp_path):
    offered = sorted(suggested(built))
    assert len(offered) > 2
    own = tmp_path / "own"
    own.mkdir()
    for (measure, theme), verdict in zip(offered[:2], ("--reject", "--accept"), strict=True):
        assert run("judge", "theme", measure, theme, verdict, "--reason", "読んだ。",
                   "--data", own, "--on", ON).code == 0  # fmt: skip
    assert run("build", own, "--data", own).code == 0
    assert suggested(own) == set(offered[2:])


def test_suggestions_rest_on_words_of_the_text(built, graph):
    offered = rdflib.Graph().parse(built / "derived/suggestions.ttl", format="turtle")
    term = rdflib.Namespace(WG)
    curated = {(m.iri, f.iri) for m in graph.measures() for f in m.features}
    assert not suggested(built) & curated
    for node in offered.subjects(rdflib.RDF.type, term.Suggestion):
        assert 0 < float(offered.value(node, term.hasScore)) <= 1
        assert list(offered.objects(node, term.matchesWord))
