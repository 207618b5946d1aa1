"""Whatever recognised a part of a draft can be told to the reader of its workbook."""

from __future__ import annotations

import pytest

from conftest import ROOT
from welfaregraph.documents import read_document
from welfaregraph.draft import draft_plan
from welfaregraph.draft.graph import drafted_plans
from welfaregraph.draft.words import concepts, table
from welfaregraph.speech import languages, phrase

DOCUMENTS = sorted(
    path
    for path in (ROOT / "tests/fixtures/documents").iterdir()
    if path.suffix in {".txt", ".md", ".html"}
)


def test_there_are_documents():
    assert len(DOCUMENTS) > 15


def test_types_of_plan_are_those_of_the_scheme():
    types = table("facts")["types"]
    known = set(concepts("plan-type").values())
    assert set(types) == {"own", "containable", "welfare"}
    for name, slugs in types.items():
        assert set(slugs) <= known, name
        assert len(slugs) > 2


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_each_recogniser_has_words(path):
    read = [read_document(path)]
    plan = draft_plan(read)
    if not plan.is_plan:
        return
    for drafted in drafted_plans(plan, read):
        assert drafted.notes
        for found in drafted.notes.values():
            for language in languages():
                assert phrase(f"draft.recogniser.{found.recogniser}", language)
