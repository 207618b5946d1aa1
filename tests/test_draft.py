"""Drafts of made-up documents, and of the five sources where they are there."""

from __future__ import annotations

import json

import pytest

from draft_accuracy import mean
from draft_gold import SOURCES, Case, fixture_cases, source_cases
from draft_scoring import Score, scores
from welfaregraph.documents import read_document
from welfaregraph.draft import draft_plan
from welfaregraph.draft.form import as_json


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
