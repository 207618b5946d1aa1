"""Layouts whose lines hold several cells: what belongs together stands nowhere in one piece."""

from __future__ import annotations

from conftest import ROOT
from welfaregraph.documents import read_document
from welfaregraph.draft import draft_plan

LAYOUTS = ROOT / "tests/fixtures/layouts"


def deeds(name: str) -> dict[str, list[tuple[str, str]]]:
    """Return the activities of each measure."""
    plan = draft_plan([read_document(LAYOUTS / f"{name}.txt")])
    return {
        measure.label.text: [(act.actor, act.label.text) for act in measure.activities]
        for goal in plan.goals
        for measure in goal.measures
    }


def test_columns_of_actors_that_blanks_keep_apart():
    assert deeds("grid") == {
        "福祉を学ぶ機会の充実": [
            ("citizen", "講演会に足を運びましょう"),
            ("citizen", "広報紙に目を通しましょう"),
            ("community", "子どもと高齢者の会を開きましょう"),
            ("community", "学習会を開きましょう"),
            ("council", "体験の場を設けます"),
            ("council", "福祉大会を開きます"),
            ("government", "出前講座を開きます"),
            ("government", "学校の活動を支えます"),
        ],
        "集いの場の充実": [
            ("citizen", "友人を誘いましょう"),
            ("community", "空き家を生かしましょう"),
            ("council", "世話人の会を開きます"),
            ("government", "修繕の費用を助成します"),
        ],
        "相談の充実": [
            ("citizen", "早めに相談しましょう"),
            ("community", "窓口につなぎましょう"),
            ("council", "訪問して話を聞きます"),
            ("government", "窓口を一つにします"),
        ],
    }


def test_measures_side_by_side_with_actors_below_each():
    assert deeds("beside") == {
        "学ぶ機会を広げる": [
            ("citizen", "講座に参加しましょう"),
            ("citizen", "学んだことを家族に伝えましょう"),
            ("community", "学習会を開きましょう"),
            ("government", "講師を派遣します"),
        ],
        "集う場を広げる": [
            ("citizen", "近所の人を誘って出かけましょう"),
            ("community", "空き家を生かしましょう"),
            ("government", "会場を貸し出します"),
        ],
        "活動を支える": [
            ("citizen", "できる範囲で手伝いましょう"),
            ("government", "活動の費用を助成します"),
        ],
    }
