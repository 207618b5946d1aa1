"""Reasons in words: their figures add up as printed, rarity is told, hints come first."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from conftest import ON
from welfaregraph.measures import Measure
from welfaregraph.overlap import Overlap, Reason
from welfaregraph.reason_words import Rarity, apportioned, told

FIGURE = re.compile(r"[」”] ?(\d\.\d+)|(?:ほか|other) (\d\.\d+)")
EMPTY_PLAN = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wg: <https://w3id.org/welfaregraph/ns#>
<https://w3id.org/welfaregraph/id/999998/p/1> a wg:Plan ; rdfs:label "空の計画"@ja .
<https://w3id.org/welfaregraph/id/doc/x> a wg:Document ; dcterms:title "文書"@ja ;
    wg:isDocumentOf <https://w3id.org/welfaregraph/id/999998/p/1> .
"""
MEASURE = """
<https://w3id.org/welfaregraph/id/999998/p/1/measure/1> a wg:Measure ;
    rdfs:label "除雪ボランティアの育成"@ja ;
    wg:inPlan <https://w3id.org/welfaregraph/id/999998/p/1> ;
    wg:isPartOf <https://w3id.org/welfaregraph/id/999998/p/1> .
"""


def figures(reasons: str) -> list[float]:
    return [float(a or b) for a, b in FIGURE.findall(reasons)]


@pytest.fixture
def plan(tmp_path):
    def made(text):
        place = tmp_path / "data/plans/999998/p/1"
        place.mkdir(parents=True)
        (place / "stated.ttl").write_text(text, encoding="utf-8")
        return str(tmp_path / "data")

    return made


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("level", ["measure", "activity", "plan"])
def test_figures_of_a_row_add_up_to_its_score(run, level, lang):
    done = run("overlaps", "--level", level, "--min-score", "0", "--format", "csv",
               "--lang", lang)  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert len(rows) > 5
    for row in rows:
        assert sum(figures(row["reasons"])) == pytest.approx(float(row["score"]), abs=1e-6)


def test_figures_at_the_terminal_add_up_to_the_score_shown(run):
    done = run("overlaps", "--lang", "ja")
    scores = [float(n) for n in re.findall(r"強さ (\d\.\d\d)", done.out)]
    sums = [sum(figures(line)) for line in done.out.splitlines() if "理由: " in line]
    assert len(scores) == len(sums) > 50
    assert sums == pytest.approx(scores)


def test_parts_of_a_sum_stay_its_parts():
    assert apportioned([], 2) == []
    assert apportioned([0.0, 0.0], 2) == [0.0, 0.0]
    parts = [0.1149, 0.1149, 0.0049, 0.7653]
    rounded = apportioned(parts, 2)
    assert sum(rounded) == pytest.approx(1.0)
    assert all(abs(a - b) < 0.01 for a, b in zip(parts, rounded, strict=True))


def test_a_shared_theme_says_how_many_have_it(graph, run):
    measures = graph.measures(on=ON, lang="ja")
    theme = "https://w3id.org/welfaregraph/scheme/theme/crime-prevention"
    having = {m.iri for m in measures if any(f.iri == theme for f in m.features)}
    rarity = Rarity.among(measures)
    assert (rarity.count, rarity.bearers[theme]) == (len(measures), len(having))
    (pair,) = (o for o in graph.overlaps(measures=measures, on=ON, lang="ja")
               if {o.a.iri, o.b.iri} == having)  # fmt: skip
    assert f"（{len(measures)}件中{len(having)}件）" in told(pair, "ja", rarity=rarity)[0]
    assert "件中" not in "".join(told(pair, "ja"))
    shown = run("overlaps", "--lang", "en", "--limit", "5").out
    assert f"theme “Crime prevention” 0.20 ({len(having)} of {len(measures)})" in shown


def test_a_broader_theme_is_no_shared_one(graph):
    rarity = Rarity.among(graph.measures(on=ON, lang="ja"))
    found = graph.overlaps(on=ON, lang="ja")
    broader = [t for o in found for t in told(o, "ja", rarity=rarity) if t.startswith("上位")]
    assert broader
    assert not any("件中" in text for text in broader)


def test_a_judged_pair_rests_on_a_person_not_on_a_title(run, tmp_path):
    data = tmp_path / "own"
    data.mkdir()
    ends = (
        "012033/community-welfare-integrated/1/measure/15",
        "012301/kizuna/undated/measure/10",
    )
    run("judge", "overlap", *ends, "--accept", "--reason", "同じ窓口", "--data", str(data))
    first = run("overlaps", "--data", str(data), "--limit", "1", "--lang", "ja").out
    assert "同じ窓口" in first
    assert "題名だけ" not in first.splitlines()[1]


def test_a_plan_without_measures_says_so(run, plan):
    done = run("overlaps", "空の計画", "--data", plan(EMPTY_PLAN), "--format", "csv")
    assert done.code == 0
    assert "「空の計画」には施策がありません" in done.err
    assert len(done.out.splitlines()) == 1


def test_a_plan_without_themes_is_told_to_be_compared_uncurated(run, plan):
    data = plan(EMPTY_PLAN + MEASURE)
    done = run("overlaps", "空の計画", "--data", data)
    assert "「空の計画」の施策にはテーマがなく" in done.err
    assert "--uncurated" in done.err
    assert "テーマがなく" not in run("overlaps", "空の計画", "--data", data, "--uncurated").err
    assert "テーマがなく" not in run("overlaps", "きずな", "--data", data).err


def test_one_plan_alone_has_nothing_to_compare_with(run, plan):
    done = run("overlaps", "--data", plan(EMPTY_PLAN + MEASURE), "--only-data")
    assert "比べる相手の計画がありません" in done.err
    assert "比べる相手" not in run("overlaps", "--limit", "1").err


@pytest.mark.parametrize("level", ["measure", "plan"])
def test_json_holds_the_rows_of_csv_and_each_reason_apart(run, level):
    options = ["overlaps", "--level", level, "--min-score", "0", "--lang", "ja"]
    found = json.loads(run(*options, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(run(*options, "--format", "csv").out)))
    assert len(found) == len(rows) > 5
    for one, row in zip(found, rows, strict=True):
        assert {name: str(one[name]) for name in row} == row
        parts = [reason["contribution"] for reason in one["because"]]
        assert sum(parts) == pytest.approx(one["score"], abs=0.001)
        for reason in one["because"]:
            assert ("bearers" in reason) == (reason["kind"] == "theme")
            assert 2 <= reason.get("bearers", 2) <= one["compared"]


def test_a_title_of_a_page_does_not_fill_the_screen(run, plan):
    title = "除雪ボランティアの育成と見守り" * 700
    data = plan(EMPTY_PLAN + MEASURE.replace("除雪ボランティアの育成", title))
    for command in (("overlaps", "--min-score", "0", "--limit", "3"), ("gaps",)):
        shown = run(*command, "空の計画", "--data", data, "--on", ON).out
        assert "除雪ボランティア" in shown
        assert len(shown) < 2000
    assert (
        title
        in run(
            "overlaps", "空の計画", "--data", data, "--min-score", "0", "--format", "csv"
        ).out
    )


def test_scraps_of_words_are_added_up_and_not_shown_to_people(run):
    shown = run("overlaps", "--lang", "ja").out
    for scrap in ("立した", "した", "ない"):
        assert f"文言「{scrap}」" not in shown
    assert "文言「育て」" in shown
    rows = run("overlaps", "--lang", "ja", "--format", "csv").out
    assert "文言「立した」" in rows


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("ja", "題名から見込むテーマ「い」0.20（似た題名「甲」、「乙」から）",
         "題名から見込むテーマ「ろ」0.10（似た題名「丙」から）"),
        ("en", "implied theme “い” 0.20 (from titles like it: “甲”, “乙”)",
         "implied theme “ろ” 0.10 (from titles like it: “丙”)"),
    ],
    ids=["ja", "en"],
)  # fmt: skip
def test_titles_that_imply_a_theme_are_named_where_they_first_count(language, first, second):
    a, b = (Measure(name, name, "", name, name, name) for name in "ab")
    reasons = (
        Reason("implied-theme", "i", "い", 0.2, ("甲", "乙")),
        Reason("implied-theme", "r", "ろ", 0.1, ("乙", "丙")),
        Reason("implied-theme", "h", "は", 0.05, ("甲",)),
    )
    one, two, three = told(Overlap(0.35, 0.5, a, b, reasons), language)
    assert (one, two) == (first, second)
    assert three.endswith("0.05")


def test_json_names_the_titles_that_imply_a_theme(run):
    pairs = json.loads(run("overlaps", "--uncurated", "--format", "json", "--on", ON).out)
    reasons = [reason for pair in pairs for reason in pair["because"]]
    implied = [reason for reason in reasons if reason["kind"] == "implied-theme"]
    assert implied
    assert all(1 <= len(reason["examples"]) <= 2 for reason in implied)
    assert not any("examples" in r for r in reasons if r["kind"] != "implied-theme")


def test_without_curated_themes_no_plan_is_told_to_have_none(run, plan):
    data = plan(EMPTY_PLAN + MEASURE.replace("除雪ボランティアの育成", "しあわせの暮らし"))
    options = ("overlaps", "空の計画", "--data", data, "--on", ON)
    assert "--uncurated" in run(*options).err
    assert "--uncurated" not in run(*options, "--uncurated").err
