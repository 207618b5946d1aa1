"""Drafts against their gold: at least as good as promised, and nothing said where it is silent.

The rule of matching stands in ``benchmarks/draft_scoring.py``.
"""

from __future__ import annotations

import json

import pytest

from building import docx_of, pdf_of
from draft_accuracy import mean
from draft_gold import FIXTURES, SOURCES, fixture_cases, source_cases
from draft_scoring import FIELDS, OTHERS, STRUCTURE, scores
from welfaregraph.documents import read_document
from welfaregraph.draft import draft_plan
from welfaregraph.draft.form import as_json

#: Macro F1 over the made-up documents.
FLOORS = dict.fromkeys(("goals", "measures", "activities"), 0.8) | dict.fromkeys(FIELDS, 0.9)
#: F1 in the sources: the three documents of 小樽市 together, and the others.
SOURCE_FLOORS = {"000+001+002": 0.95, "003": 0.9, "004": 0.9}


def drafted(*paths):
    documents = [read_document(path) for path in paths]
    return json.loads(json.dumps(as_json(draft_plan(documents), documents)))


@pytest.fixture(scope="module")
def found():
    """The scores of the made-up documents."""
    return {case.name: scores(case.gold, drafted(*case.paths)) for case in fixture_cases()}


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_made_up_documents(found, kind, floor):
    assert sum(not kinds[kind].empty for kinds in found.values()) >= 6
    assert mean(found.values(), kind) >= floor, {n: k[kind] for n, k in found.items()}


@pytest.mark.parametrize("kind", [*STRUCTURE, *FIELDS, *OTHERS])
def test_nothing_is_said_where_a_document_is_silent(found, kind):
    for name, kinds in found.items():
        score = kinds[kind]
        if not score.matched and not score.missed:
            assert not score.invented, name


def test_what_is_no_plan_is_told(found):
    assert all(kinds["is_plan"].f1 == 1 for kinds in found.values())


@pytest.mark.shared
@pytest.mark.skipif(not SOURCES.is_dir(), reason="needs ../shared/sources")
@pytest.mark.parametrize("name", SOURCE_FLOORS)
def test_the_five_sources(graph, name):
    [case] = [case for case in source_cases(graph) if case.name == name]
    kinds = scores(case.gold, drafted(*case.paths))
    for kind in ("goals", "measures", "activities", "items", "period", "editions"):
        score = kinds[kind]
        assert score.empty or score.f1 >= SOURCE_FLOORS[name], (kind, score)
        assert not score.invented, kind


@pytest.mark.parametrize("name", ["kirisawa", "wakabadai"])
@pytest.mark.parametrize("made", [docx_of, pdf_of])
def test_word_and_pdf_are_drafted_like_their_text(tmp_path, name, made):
    [case] = [case for case in fixture_cases() if case.name == f"{name}.md"]
    path = tmp_path / f"{name}.{made.__name__[:3].replace('doc', 'docx')}"
    path.write_bytes(made((FIXTURES / case.name).read_text("utf-8")))
    kinds = scores(case.gold, drafted(path))
    for kind in ("goals", "measures", "activities", *FIELDS):
        assert kinds[kind].empty or kinds[kind].f1 >= 0.95, (kind, kinds[kind])
