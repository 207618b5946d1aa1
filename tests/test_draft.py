"""Drafts of made-up documents, and of the five sources where they are there."""

from __future__ import annotations

import json

import jsonschema
import pytest
from rdflib import Namespace

import welfaregraph
from conftest import ON, ROOT
from draft_accuracy import mean
from draft_gold import SOURCES, Case, fixture_cases, source_cases
from draft_scoring import Score, scores
from welfaregraph.documents import read_document
from welfaregraph.draft import draft_plan
from welfaregraph.draft.form import as_json
from welfaregraph.draft.graph import drafted_plans
from welfaregraph.plan import write_plan
from welfaregraph.vocab import WG


def drafted(case: Case) -> dict[str, Score]:
    documents = [read_document(path) for path in case.paths]
    return scores(case.gold, as_json(draft_plan(documents), documents))


@pytest.mark.shared
@pytest.mark.skipif(not SOURCES.is_dir(), reason="needs ../shared/sources")
def test_the_five_sources_are_read_as_the_curated_graph_has_them(graph):
    floors = {"000+001+002": 0.95, "003": 0.9, "004": 0.9}
    for case in source_cases(graph):
        found = drafted(case)
        for kind in ("goals", "measures", "activities", "items"):
            if not found[kind].empty:
                assert found[kind].f1 >= floors[case.name], (case.name, kind, found[kind])
                assert not found[kind].invented, (case.name, kind)


def test_made_up_documents_are_read():
    found = [drafted(case) for case in fixture_cases()]
    for kind in ("goals", "measures"):
        assert mean(found, kind) >= 0.7, kind


def test_a_newsletter_is_no_plan_and_that_is_no_error(run, tmp_path):
    path = tmp_path / "letter.txt"
    text = "社協だより 第3号\n共同募金にご協力を\n日時 5月1日\n会場 集会所\n参加費 無料\n福祉"
    path.write_text(text, encoding="utf-8")
    ended = run("draft", path, "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)["is_plan"] is False
    assert "広報紙" in ended.err


def test_what_cannot_be_read_ends_with_three(run, tmp_path):
    ended = run("draft", tmp_path / "none.pdf", tmp_path / "none.txt")
    assert ended.code == 3
    assert "none.pdf" in ended.err
    assert "none.txt" in ended.err


def test_the_json_form_is_what_the_schema_says():
    schema = json.loads((ROOT / "docs/draft.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for case in fixture_cases():
        documents = [read_document(path) for path in case.paths]
        form = json.loads(json.dumps(as_json(draft_plan(documents), documents)))
        assert list(validator.iter_errors(form)) == [], case.name


TEXT = """第２期架空町地域福祉計画

計画の期間は、令和６年度から令和10年度までの５年間とします。
本計画は、社会福祉法第107条に基づく計画です。

基本目標１　つながる
施策１　見守りの推進
【町民の取組】
・声をかけ
合う
【町の取組】
・協定を結ぶ
"""


def text_document(tmp_path, text=TEXT):
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_graph_of_a_draft_has_no_violation(tmp_path):
    documents = [read_document(text_document(tmp_path))]
    [plan] = drafted_plans(draft_plan(documents), documents)
    write_plan(plan.files, tmp_path / "data")
    graph = welfaregraph.load(tmp_path / "data", bundled=False)
    found = graph.check(on=ON, only_own=True)
    assert [issue.rule for issue in found if issue.severity == "error"] == []
    activities = list(graph.ask("activities", plan=plan.files.iri).rows())
    assert {row["activityLabel"] for row in activities} == {"声をかけ合う", "協定を結ぶ"}
    assert plan.files.path.startswith(f"x-{documents[0].sha256[:8]}/community-welfare/2")


def test_each_passage_quotes_its_lines(tmp_path):
    documents = [read_document(text_document(tmp_path))]
    [plan] = drafted_plans(draft_plan(documents), documents)
    wg = Namespace(WG)
    lines = {line.number: line.text for line in documents[0].lines}
    quoted = 0
    for passage, quotation in plan.files.stated.subject_objects(wg.quotation):
        first, _, last = str(plan.files.stated.value(passage, wg.locator)).partition("-")
        numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
        assert str(quotation) in "".join(lines[number].strip() for number in numbers)
        quoted += 1
    assert quoted > 5


def test_a_workbook_of_a_draft_comes_back(run, tmp_path):
    path, book = text_document(tmp_path), tmp_path / "plan.xlsx"
    assert run("draft", path, "-o", book).code == 0
    assert run("import", book, "--data", tmp_path / "data").code == 0
    graph = welfaregraph.load(tmp_path / "data", bundled=False)
    assert [row["planLabel"] for row in graph.plans()] == ["第２期架空町地域福祉計画"]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_workbook_somebody_may_have_mended_is_kept(run, tmp_path, form):
    place = tmp_path / f"plan.{form}"
    command = {
        "xlsx": ("draft", text_document(tmp_path), "-o", place),
        "csv": ("new", "-o", place, "--format", "csv"),
    }[form]
    assert run(*command).code == 0
    mended = place if form == "xlsx" else next(place.iterdir())
    mended.write_bytes(b"mended")
    done = run(*command)
    assert (done.code, mended.read_bytes()) == (2, b"mended")
    assert "--force" in done.err
    assert run(*command, "--force").code == 0
    assert mended.read_bytes() != b"mended"


def test_a_draft_is_not_written_over_its_document(run, tmp_path):
    path = text_document(tmp_path)
    before = path.read_bytes()
    assert run("draft", path, "-o", path).code == 2
    assert path.read_bytes() == before


def test_a_workbook_is_not_put_on_the_screen(run, tmp_path):
    assert run("draft", text_document(tmp_path), "--format", "xlsx").code == 2
