"""Titles whose themes are known, and what they tell of other titles."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace

import pytest

from conftest import ON
from welfaregraph import products, resources
from welfaregraph.examples import LEAST, Example, Examples, Implied, examples_of
from welfaregraph.measures import Measure
from welfaregraph.overlap import overlaps
from welfaregraph.sheet.proposals import themes_to_judge
from welfaregraph.suggest import Suggestion
from welfaregraph.suggestions import Suggestions
from welfaregraph.text import search_key
from welfaregraph.verdicts import Refusals
from welfaregraph.vocab import ID, SCHEME

THEME = f"{SCHEME}theme/"
SNOW = Example("除雪の手伝い", {"snow": 1.0, "ties": 0.5})
BALL = Example("球技大会の開催", {"sport": 1.0, "ties": 0.5})
#: Marks by which titles differ that are the same.
MARKS = re.compile(r"[・()「」『』、,]")


def rows() -> list[dict[str, str]]:
    with resources.TITLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shares(examples: Examples, title: str) -> dict[str, float]:
    [found] = examples.of([title])
    return {implied.theme: implied.share for implied in found}


def unnamed(_: str) -> tuple[str, ...]:
    return ()


# --- the file


def test_every_theme_of_the_file_is_of_the_scheme_with_a_share(graph):
    known = {row["theme"] for row in graph.ask("theme-ladder").rows()}
    for example in examples_of(rows(), THEME):
        assert example.themes.keys() <= known, example.title
        assert all(0 < share <= 1 for share in example.themes.values()), example.title


def test_titles_stand_once_and_in_their_order():
    keys = [search_key(row["title"]) for row in rows()]
    assert keys == sorted(keys)
    plain = Counter(MARKS.sub("", key) for key in keys)
    assert [key for key, count in plain.items() if count > 1] == []


def test_some_titles_have_no_theme():
    """Work outside the field (水道, 税) must not be told the nearest theme of the field."""
    assert sum(not row["themes"] for row in rows()) > 150


def test_the_themes_of_a_title_stand_from_the_surest_down():
    for row in rows():
        pairs = [word.rsplit(":", 1) for word in row["themes"].split()]
        assert pairs == sorted(pairs, key=lambda p: (-float(p[1]), p[0])), row["title"]
        assert len({slug for slug, _ in pairs}) == len(pairs), row["title"]


def test_no_title_names_a_prefecture_or_a_municipality_of_the_graph(graph):
    """Examples are of the field, not of a place; names of one character say nothing."""
    areas = graph.sparql(
        "PREFIX wg: <https://w3id.org/welfaregraph/ns#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?name WHERE { ?area a/rdfs:subClassOf* wg:Area ; rdfs:label ?name "
        'FILTER(LANG(?name) = "ja") }'
    )
    names = {re.sub("[都府県市町村]$", "", str(row["name"])) for row in areas}
    names = {name for name in names if len(name) > 1}
    assert {"小樽", "登別", "大阪"} <= names
    named = re.compile("|".join(map(re.escape, sorted(names))))
    assert [row["title"] for row in rows() if named.search(row["title"])] == []


def test_most_themes_have_examples_in_which_they_are_the_surest():
    """A theme that no example has first cannot be told by titles alone."""
    themed = [row["themes"] for row in rows() if row["themes"]]
    first = Counter(themes.split()[0].rsplit(":", 1)[0] for themes in themed)
    assert len(first) >= 140
    assert min(count for _, count in first.most_common(120)) >= 8


def test_a_row_without_a_share_is_refused():
    with pytest.raises(ValueError, match="not enough values"):
        examples_of([{"title": "除雪", "themes": "snow"}], THEME)


# --- what they tell


def test_a_title_has_the_themes_of_titles_like_it_and_none_of_others():
    examples = Examples([SNOW, BALL], unnamed)
    found = shares(examples, "高齢者宅の除雪の手伝い")
    assert found.keys() == {"snow", "ties"}
    assert found["snow"] == pytest.approx(2 * found["ties"], abs=0.001)
    assert shares(examples, "会計の監査") == shares(examples, "") == {}


def test_the_more_alike_a_title_is_the_surer_its_themes():
    others = [Example("高齢者宅の見回り", {"x": 1.0}), Example("大会の手伝い", {"y": 1.0})]
    examples = Examples([SNOW, BALL, *others], unnamed)
    titles = ("除雪の手伝い", "高齢者宅の除雪の手伝い", "高齢者宅の見回りと除雪")
    near, less, far = (shares(examples, title).get("snow", 0.0) for title in titles)
    assert 1 > near > less > far


def test_titles_between_two_kinds_have_themes_of_both():
    found = shares(Examples([SNOW, BALL], unnamed), "除雪の手伝いと球技大会の開催")
    assert found.keys() == {"snow", "sport", "ties"}
    assert found["ties"] == pytest.approx((found["snow"] + found["sport"]) / 2, abs=0.001)


def test_themes_that_words_name_make_titles_alike():
    """冬 and 雪 share no letter; that both name a theme of the scheme does."""
    words = {"除雪の手伝い": ["snow"], "冬道の砂まき": ["snow"]}
    told = Examples([SNOW, BALL], lambda title: words.get(title, []))
    assert "snow" in shares(told, "冬道の砂まき")
    assert "snow" not in shares(Examples([SNOW, BALL], unnamed), "冬道の砂まき")


def test_each_theme_is_told_by_the_title_that_says_it_most():
    examples = Examples([SNOW, BALL], unnamed)
    [found] = examples.of(["除雪の手伝いと球技大会の開催準備"])
    said = {implied.theme: implied.example for implied in found}
    assert (said["snow"], said["sport"]) == (SNOW.title, BALL.title)


def test_fillers_make_no_titles_alike():
    known = [Example(f"{word}の推進", {word: 1.0}) for word in ("体操", "球技")] + [SNOW]
    plain, blanked = (Examples(known, unnamed, fillers=f) for f in ((), ("推進",)))
    assert shares(plain, "推進と囲碁").keys() == {"体操", "球技"}
    assert shares(blanked, "推進と囲碁") == {}


def test_titles_are_told_in_any_number_and_without_scipy(graph, monkeypatch):
    titles = [measure.label for measure in graph.measures()] * 3
    examples = graph._examples
    whole = list(examples.of(titles))
    assert (
        whole[:59]
        == whole[59:118]
        == [found for t in titles[:59] for found in examples.of([t])]
    )
    monkeypatch.setattr("welfaregraph.examples.AT_ONCE", 7)
    monkeypatch.setattr(products, "WORTH_SCIPY", 10**9)
    assert list(examples.of(titles)) == whole
    assert all(LEAST <= each.share <= 1 for found in whole for each in found)


def test_a_title_of_any_length_is_read():
    [found] = Examples([SNOW, BALL], unnamed).of(["除雪の手伝い" * 2_000])
    assert found


# --- in the graph


def test_a_theme_that_a_person_rejected_is_not_implied_either():
    measure = Measure("m", SNOW.title, "1", "p", "P", "p")
    examples = Examples([SNOW, BALL], unnamed)
    refusal = {"element": "m", "measure": "m", "theme": "ties", "text": None}
    [free] = Suggestions([], []).implied([measure], examples)
    [kept] = Suggestions([], [refusal]).implied([measure], examples)
    assert [each.theme for each in free.implied] == ["snow", "ties"]
    assert [each.theme for each in kept.implied] == ["snow"]


def test_a_theme_rejected_for_an_activity_is_rejected_where_activities_are_compared():
    row = {"element": "m#1", "measure": "m", "theme": "t", "text": "見守り"}
    refusals = Refusals([row])
    assert refusals.cover("m#1", "t", "声かけ")
    assert refusals.cover("m", "t", "見守り")
    assert not refusals.cover("m", "t", "声かけ")
    assert not refusals.cover("m#2", "t", "見守り")


def test_titles_are_compared_in_the_language_of_the_plan():
    """A translated label changes neither what is implied nor the score."""
    examples = Examples([SNOW, BALL], unnamed)
    plain = Measure("m", SNOW.title, "1", "p", "P", "p")
    shown = replace(plain, label="Help with snow", printed=SNOW.title)
    one, two = Suggestions([], []).implied([plain, shown], examples)
    assert one.implied == two.implied != ()
    other = Measure("n", "除雪の支援", "1", "q", "Q", "q")
    scores = [overlaps([measure, other], min_score=0)[0].score for measure in (one, two)]
    assert scores[0] == scores[1]


def test_only_uncurated_measures_have_implied_themes(graph):
    assert not any(measure.implied for measure in graph.measures(on=ON))
    implied = [measure for measure in graph.measures(uncurated=True, on=ON) if measure.implied]
    assert len(implied) > 50


def test_a_person_is_asked_about_what_a_title_surely_implies():
    offers = [
        ("m", Suggestion("snow", "除雪", 0, 2)),
        ("m", Implied("snow", 0.9, "雪かき")),
        ("m", Implied("ties", 0.5, "雪かき")),
        ("m", Implied("sport", 0.49, "雪合戦")),
        ("n", Implied("ties", 0.9, "隣近所の付合い")),
    ]
    asked = list(themes_to_judge(offers, [("n", "ties")], limit=9, language="ja"))
    assert [(each.about, each.value, each.hint) for each in asked] == [
        ("m", "snow", "語「除雪」から"),
        ("m", "ties", "似た題名「雪かき」から"),
    ]
    assert len(list(themes_to_judge(offers, [], limit=1, language="ja"))) == 1


def test_the_workbook_of_a_plan_of_titles_asks_about_what_they_imply(graph):
    plan = f"{ID}012301/community-welfare/3"
    asked = graph.proposals(plan, limit=500, lang="ja")
    assert any(each.hint.startswith("似た題名「") for each in asked)
