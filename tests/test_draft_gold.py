"""The gold of the made-up documents, and the rule by which drafts are held against it."""

from __future__ import annotations

import re

import pytest

from draft_gold import FIXTURES, fixture_cases
from draft_scoring import STRUCTURE, Score, scores, things
from welfaregraph.documents import read_document
from welfaregraph.text import search_key

CASES = fixture_cases()
MARKS = re.compile(r"[*※＊\[\]★\n]|<[^>]*>|\d*-\d*-")


def test_every_document_has_its_gold():
    names = {path.name for path in FIXTURES.iterdir()}
    golds = {name for name in names if name.endswith(".gold.json")}
    assert {f"{case.name.rpartition('.')[0]}.gold.json" for case in CASES} == golds
    assert names - golds == {case.name for case in CASES}
    assert len(CASES) >= 14


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_gold_stands_in_its_document(case):
    text = "".join(line.text for line in read_document(case.paths[0]).lines)
    printed = search_key(MARKS.sub("", text))
    found = things(case.gold)
    for kind in (*STRUCTURE, "glossary", "contained_plans", "indicators"):
        for thing in found[kind]:
            assert MARKS.sub("", thing[-1]) in printed, (kind, thing)


def test_the_gold_covers_every_kind_of_thing():
    held = [things(case.gold) for case in CASES]
    for kind in held[0]:
        assert sum(bool(kinds[kind]) for kinds in held) >= 1, kind
    assert sum(not case.gold["is_plan"] for case in CASES) == 4
    actors = {thing[1] for kinds in held for thing in kinds["activities"]}
    assert actors == {"citizen", "community", "business", "government", "council"}


PLAN = {
    "is_plan": True,
    "edition": "第３期",
    "period": {"start_fiscal_year": 2024, "end_fiscal_year": 2028},
    "statutes": [{"name": "社会福祉法", "article": "第１０７条第１項"}],
    "goals": [
        {
            "label": "つながる",
            "measures": [
                {
                    "label": "見守り",
                    "items": ["声かけ"],
                    "parts": [{"label": "早く", "items": ["訪問"]}],
                    "activities": [{"actor": "citizen", "label": "通報"}],
                }
            ],
        }
    ],
}


def test_what_is_equal_after_nfkc_scores_one():
    same = PLAN | {"edition": "第3期", "goals": [PLAN["goals"][0] | {"label": "つな がる"}]}
    assert all(score.f1 == 1 for score in scores(PLAN, same).values() if not score.empty)


@pytest.mark.parametrize(
    ("change", "kind", "missed", "invented"),
    [
        ({"goals": []}, "goals", (("つながる",),), ()),
        ({"edition": "第4期"}, "editions", (("3", "期"),), (("4", "期"),)),
        ({"period": None}, "period", (("2024", "2028"),), ()),
        ({"statutes": []}, "statutes", (("社会福祉法", "107", "", "1"),), ()),
        ({"is_plan": False}, "is_plan", (("True",),), (("False",),)),
        (
            {"goals": [], "unplaced_measures": PLAN["goals"][0]["measures"]},
            "measures",
            (("つながる", "見守り"),),
            (("", "見守り"),),
        ),
    ],
)
def test_what_differs_is_missed_and_invented(change, kind, missed, invented):
    score = scores(PLAN, PLAN | change)[kind]
    assert (score.missed, score.invented) == (missed, invented)
    assert score.f1 == 0


def test_twice_in_the_gold_needs_twice_in_the_draft():
    twice = PLAN | {"goals": [*PLAN["goals"], *PLAN["goals"]]}
    assert scores(twice, PLAN)["activities"] == Score(1, (("見守り", "citizen", "通報"),), ())
    assert scores(twice, PLAN)["activities"].recall == 0.5
    assert scores(PLAN, twice)["activities"].precision == 0.5
