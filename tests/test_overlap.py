"""The overlap engine: reasons that add up, look-alikes told apart, odd plans survived."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

import pytest

from conftest import ON
from welfaregraph import overlap
from welfaregraph.examples import Implied
from welfaregraph.measures import THEME, Feature, Measure, measures_of
from welfaregraph.overlap import Settings, overlaps
from welfaregraph.plan_overlap import plan_overlaps
from welfaregraph.products import similar_pairs
from welfaregraph.suggest import Lexicon
from welfaregraph.themes import Ladder

TOLERANCE = 0.001


def measure(
    name: str, plan: str, label: str, *themes: str, texts: tuple[str, ...] = ()
) -> Measure:
    features = tuple(Feature("theme", theme, theme) for theme in themes)
    return Measure(name, label, name, plan, plan, plan, features, texts)


@pytest.fixture(scope="module", params=[False, True], ids=["curated", "uncurated"])
def every_pair(request, graph):
    found = graph.overlaps(min_score=0, uncurated=request.param, on=ON, lang="ja")
    assert len(found) > 280
    return found


def test_contributions_add_up_to_the_score_of_every_pair(every_pair):
    for pair in every_pair:
        assert sum(r.contribution for r in pair.reasons) == pytest.approx(
            pair.score, abs=TOLERANCE
        )
        assert all(r.contribution > 0 for r in pair.reasons)


def test_no_reason_stands_twice(every_pair):
    for pair in every_pair:
        keys = [(r.kind, r.feature) for r in pair.reasons if r.kind != overlap.WORDING]
        assert len(keys) == len(set(keys))


def test_without_one_reason_the_score_falls_by_its_contribution(graph):
    measures = graph.measures(on=ON, lang="ja")
    known = sorted(measures, key=lambda m: (m.plan, m.iri))
    ladder = Ladder.of(graph.ask("theme-ladder").rows())
    space = overlap.Space(known, ladder, Settings())
    places = {m.iri: at for at, m in enumerate(known)}
    for pair in overlaps(measures, ladder, settings=Settings())[:30]:
        left, right = places[pair.a.iri], places[pair.b.iri]
        for reason in pair.reasons:
            if reason.kind == overlap.WORDING:
                continue
            kind = THEME if reason.kind.endswith("-theme") else reason.kind
            kept = space.vectors[left].pop((kind, reason.feature))
            assert space.compared(left, right).score == pytest.approx(
                pair.score - reason.contribution, abs=TOLERANCE
            )
            space.vectors[left][kind, reason.feature] = kept


def test_pairs_are_of_different_plans_and_ranked(every_pair):
    assert all(pair.a.family != pair.b.family for pair in every_pair)
    scores = [pair.score for pair in every_pair]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_bare_titles_say_so_and_are_less_sure(every_pair):
    bare = [pair for pair in every_pair if pair.rests_on_title]
    full = [pair for pair in every_pair if not pair.rests_on_title]
    assert bare
    assert full
    assert max(pair.confidence for pair in bare) < max(pair.confidence for pair in full)
    assert {p.a.plan for p in full} | {p.b.plan for p in full} == {
        "https://w3id.org/welfaregraph/id/012033/community-welfare-integrated/1",
        "https://w3id.org/welfaregraph/id/x-5d769e45/unnamed/undated",
    }


@pytest.mark.parametrize("uncurated", [False, True])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("地域の防犯体制の構築及び推進", "再犯防止等の推進"),
        ("身近な暮らしの情報ネットワークの促進", "地域ぐるみでの見守り・防犯体制の整備"),
        ("障がい者（児）の自立支援", "自立した暮らしへの支援"),
        ("財政基盤整備", "長寿社会の基盤づくり"),
    ],
)
def test_look_alikes_stay_below_the_threshold(graph, left, right, uncurated):
    listed = graph.overlaps(uncurated=uncurated, on=ON, lang="ja")
    assert listed
    assert not [p for p in listed if {p.a.label, p.b.label} == {left, right}]


def test_set_phrases_suggest_nothing():
    rows = [
        {"theme": "life", "kind": "handle", "words": "生きがい"},
        {"theme": "phrase", "kind": "boilerplate", "words": "暮らしと生きがい"},
    ]
    lexicon = Lexicon(rows)
    assert [hit.theme for hit in lexicon.suggest("生きがいを持つ")] == ["life"]
    assert lexicon.suggest("一人ひとりの暮らしと生きがい") == []


def test_no_word_of_a_theme_is_a_set_phrase(graph):
    """It would suggest nothing: no handle counts inside a set phrase."""
    words: dict[str, set[str]] = {"handle": set(), "boilerplate": set()}
    for row in graph.ask("theme-handles").rows():
        words.setdefault(row["kind"], set()).add(row["words"])
    assert words["handle"]
    assert words["boilerplate"]
    assert words["handle"].isdisjoint(words["boilerplate"])


def test_a_title_that_no_word_of_a_theme_names_is_suggested_none(graph):
    row = {
        "plan": "p", "planLabel": "P", "family": "p", "measure": "m", "number": "1",
        "kind": "text", "role": "main", "bearers": "1", "featureLabel": None,
    }  # fmt: skip
    for title, themes in (
        ("必要なことが届くしくみ", []),
        ("情報提供のしくみ", ["information"]),
    ):
        [found] = graph.gathered(
            [row | {"feature": title, "measureLabel": title}], uncurated=True
        )
        assert [f.iri.rsplit("/")[-1] for f in found.features] == themes


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("地域住民同士がつながるための拠点づくり", "きずな（地域）の拠点づくり"),
        ("災害時における支え合いの仕組みづくり", "災害時の支え合い活動の推進"),
        ("地域におけるボランティア活動の推進", "ボランティアセンター機能の充実"),
    ],
)
def test_plain_overlaps_are_listed(graph, left, right):
    listed = graph.overlaps(on=ON, lang="ja")
    assert [p for p in listed if {p.a.label, p.b.label} == {left, right}]


def test_what_is_rarer_weighs_more():
    pairs = [
        measure("a1", "A", "い", "rare"), measure("b1", "B", "ろ", "rare"),
        *(measure(f"a{n}", "A", "は", "common", "x" + str(n)) for n in range(2, 6)),
        *(measure(f"b{n}", "B", "に", "common", "y" + str(n)) for n in range(2, 6)),
    ]  # fmt: skip
    found = {(o.a.iri, o.b.iri): o.score for o in overlaps(pairs, min_score=0)}
    assert found["a1", "b1"] > found["a2", "b2"]


def test_a_broader_and_a_related_theme_count_less_than_the_same():
    ladder = Ladder({}, {"narrow": ("broad",), "other": ("broad",)}, {"narrow": ("beside",)})

    def score(theme: str) -> float:
        pair = [measure("a", "A", "い", "narrow"), measure("b", "B", "ろ", theme)]
        found = overlaps(pair, ladder, min_score=0)
        return found[0].score if found else 0.0

    assert score("narrow") > score("broad") > score("unrelated") == 0
    assert score("narrow") > score("beside") > 0
    assert score("narrow") > score("other") > 0


def implied(*pairs: tuple[str, float]) -> tuple[Implied, ...]:
    """Return themes that a title has by an example that is called after them."""
    return tuple(Implied(theme, share, f"a title of {theme}") for theme, share in pairs)


def shared_with(a: Measure, b: Measure) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what two measures share: kind and feature of each reason → its examples."""
    ladder = Ladder({}, {"narrow": ("broad",)}, {"narrow": ("beside",), "beside": ("narrow",)})
    found = overlaps([a, b], ladder, settings=overlap.UNCURATED, min_score=0)
    return {(r.kind, r.feature): r.examples for pair in found for r in pair.reasons}


def test_a_theme_that_a_title_implies_is_shared_and_told_by_its_example():
    a = measure("a", "A", "い", "narrow")
    said = replace(measure("b", "B", "ろ"), implied=implied(("narrow", 0.5)))
    assert shared_with(a, said) == {
        ("implied-theme", "narrow"): ("a title of narrow",),
        ("broader-theme", "broad"): (),
        ("related-theme", "beside"): (),
    }
    other = replace(said, implied=implied(("broad", 0.5)))
    assert shared_with(a, other) == {("broader-theme", "broad"): ()}
    both = replace(measure("a", "A", "い"), implied=implied(("narrow", 0.3)))
    assert shared_with(both, said)["implied-theme", "narrow"] == ("a title of narrow",)
    assert shared_with(a, measure("b", "B", "ろ", "narrow"))["theme", "narrow"] == ()


def test_the_surer_a_title_implies_a_theme_the_more_it_earns():
    a = measure("a", "A", "い", "snow")

    def score(share: float) -> float:
        b = replace(measure("b", "B", "ろ"), implied=implied(("snow", share), ("x", 0.5)))
        return overlaps([a, b], min_score=0)[0].score

    assert 0 < score(0.1) < score(0.4) < score(0.9)
    named = measure("b", "B", "ろ", "snow")
    again = replace(named, implied=implied(("snow", 0.3)))
    scores = [overlaps([a, b], min_score=0)[0].score for b in (named, again)]
    assert scores[0] == scores[1]


def test_what_is_only_implied_counts_as_a_part_of_a_holder():
    """A theme that five measures half imply is rarer than one that five have."""
    pair = [measure("a", "A", "い", "snow"), measure("b", "B", "ろ", "snow")]
    said = implied(("snow", 0.2))
    many = [replace(measure(f"c{n}", "C", "は"), implied=said) for n in range(5)]
    held = [measure(f"c{n}", "C", "は", "snow") for n in range(5)]

    def best(measures: list[Measure]) -> float:
        found = overlaps(measures, min_score=0)
        return next(o.score for o in found if {o.a.iri, o.b.iri} == {"a", "b"})

    assert best(pair) > best(pair + many) > best(pair + held)


def test_titles_imply_themes_only_where_no_curator_gave_them(graph):
    found = graph.overlaps(uncurated=True, on=ON, lang="ja")
    reasons = [reason for pair in found for reason in pair.reasons]
    assert all(bool(r.examples) == (r.kind == "implied-theme") for r in reasons)
    assert any(reason.examples for reason in reasons)
    assert min(pair.score for pair in found) >= overlap.UNCURATED.least
    known = graph.overlaps(on=ON, lang="ja")
    assert not any(reason.examples for pair in known for reason in pair.reasons)
    assert min(pair.score for pair in known) >= overlap.DEFAULTS.least


LADDER = Ladder({}, {"n1": ("broad",), "n2": ("broad",)}, {"n1": ("x",), "x": ("n1",)})


def worded(one: Measure, other: Measure) -> list[overlap.Reason]:
    found = overlaps([one, other], LADDER, min_score=0)
    return [r for pair in found for r in pair.reasons if r.kind == overlap.WORDING]


@pytest.mark.parametrize(
    ("one", "other", "earn"),
    [
        ("n1", "n1", True),  # the same work
        ("n1", "n2", True),  # under one roof
        ("broad", "n2", True),  # one above the other
        ("n1", "x", False),  # beside each other only
        ("n1", "y", False),  # nothing in common
    ],
)
def test_words_of_look_alikes_earn_nothing(one, other, earn):
    pair = [measure(p, p, "市内全域の自立支援事業", t) for p, t in (("a", one), ("b", other))]
    assert bool(worded(*pair)) is earn


def test_words_earn_nothing_where_only_sides_of_the_work_meet():
    def of(name: str, *themes: tuple[str, str]) -> Measure:
        features = tuple(Feature("theme", theme, theme, role) for theme, role in themes)
        return Measure(name, "情報ネットワーク", name, name, name, name, features)

    a = of("a", ("n1", "main"), ("s", "side"))
    assert not worded(a, of("b", ("y", "main"), ("s", "side")))
    assert worded(a, of("b", ("y", "main"), ("n1", "side")))
    assert worded(of("a", ("s", "side")), of("b", ("y", "main"), ("s", "side")))


def test_a_theme_counts_as_much_in_a_long_list_as_thinning_lets_it():
    long, title = measure("a", "A", "い", *"tuvwxyz"), measure("b", "B", "ろ", "t")
    [of_all] = overlaps([long, title], min_score=0, settings=Settings(thinning=0))
    [of_root] = overlaps([long, title], min_score=0)
    [of_cosine] = overlaps([long, title], min_score=0, settings=Settings(thinning=1))
    assert of_all.score > of_root.score > of_cosine.score
    assert of_root.score == pytest.approx(math.sqrt(of_all.score * of_cosine.score))


def test_scores_hardly_depend_on_how_many_plans_stand_beside():
    pair = [measure("a", "A", "い", "t"), measure("b", "B", "ろ", "t")]
    crowd = [measure(f"c{n}", f"C{n}", f"は{n}", f"x{n}") for n in range(400)]
    [alone] = overlaps(pair, min_score=0)
    among = overlaps(pair + crowd, min_score=0)[0]
    assert (among.a.iri, among.b.iri) == ("a", "b")
    assert 1 <= among.score / alone.score < 2  # a cosine of rarities would be further apart


def test_filler_words_earn_nothing():
    pair = [measure("a", "A", "雪対策の推進"), measure("b", "B", "観光の推進")]
    assert overlaps(pair, min_score=0)
    assert overlaps(pair, fillers=["推進", "対策"], min_score=0) == []


def test_odd_measures_are_survived():
    long = "地域福祉" * 2500
    odd = [
        measure("a1", "A", ""), measure("a2", "A", long), measure("a3", "A", "  "),
        measure("b1", "B", ""), measure("b2", "B", long, "theme"), measure("c1", "C", "雪"),
    ]  # fmt: skip
    found = overlaps(odd, min_score=0)
    assert [(o.a.iri, o.b.iri) for o in found] == [("a2", "b2")]
    assert overlaps([]) == []
    assert overlaps(odd[:1]) == []


def test_the_threshold_is_the_settings_unless_given():
    pair = [measure("a", "A", "雪", "t"), measure("b", "B", "月", "t")]
    [found] = overlaps(pair, min_score=0)
    assert overlaps(pair, settings=replace(Settings(), least=found.score)) == [found]
    assert overlaps(pair, settings=replace(Settings(), least=found.score + 0.01)) == []


def test_rows_of_one_feature_are_joined():
    row = {
        "plan": "p", "planLabel": "P", "family": "p", "measure": "m", "measureLabel": "題名",
        "number": "1", "kind": "theme", "feature": "t", "featureLabel": "テーマ",
    }  # fmt: skip
    [found] = measures_of(
        [row | {"role": "side", "bearers": "2"}, row | {"role": "main", "bearers": "1"}]
    )
    assert found.features == (Feature("theme", "t", "テーマ", "main", 3),)


def test_plan_scores_are_means_and_add_up(graph):
    measures = graph.measures(on=ON, lang="ja")
    pairs = graph.overlaps(min_score=0, on=ON, lang="ja")
    found = plan_overlaps(pairs, measures)
    assert len(found) == 6
    for plan in found:
        assert sum(r.contribution for r in plan.reasons) == pytest.approx(plan.score)
        assert 0 < plan.score < max(p.score for p in pairs)


@pytest.mark.parametrize("uncurated", [False, True])
def test_the_command_lists_what_the_graph_answers(run, graph, uncurated):
    options = ["--uncurated"] if uncurated else []
    done = run("overlaps", "--format", "csv", "--lang", "ja", "--on", ON, *options)
    rows = csv.DictReader(io.StringIO(done.out))
    listed = [(row["measure_a"], row["measure_b"], float(row["score"])) for row in rows]
    wanted = graph.overlaps(uncurated=uncurated, on=ON, lang="ja")
    assert listed == [(pair.a.iri, pair.b.iri, round(pair.score, 4)) for pair in wanted]


@pytest.mark.parametrize("level", ["measure", "activity", "plan"])
def test_every_level_has_the_same_columns(run, level):
    done = run("overlaps", "--level", level, "--format", "csv", "--min-score", "0", "--on", ON)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert rows
    kind = {"measure": "/measure/", "activity": "#", "plan": "/id/"}[level]
    assert all(kind in row["measure_a"] for row in rows)
    assert (rows[0]["measure_a"] == rows[0]["plan_a"]) is (level == "plan")


def test_the_same_input_gives_the_same_bytes(run):
    one = run("overlaps", "--format", "csv", "--min-score", "0", "--on", ON)
    two = run("overlaps", "--format", "csv", "--min-score", "0", "--on", ON)
    assert one.out == two.out


def test_sparse_and_plain_products_agree(monkeypatch):
    pytest.importorskip("scipy")
    vectors = [{f"f{(n * k) % 37}": 1.0 / k for k in (1, 2, 3)} for n in range(1, 90)]
    families = [f"p{n % 7}" for n in range(1, 90)]
    for least, most in ((0, 0), (0.3, 0), (0, 3)):
        plain = similar_pairs(vectors, families, least=least, most=most)
        monkeypatch.setattr("welfaregraph.products.WORTH_SCIPY", 1)
        sparse = similar_pairs(vectors, families, least=least, most=most)
        monkeypatch.undo()
        assert [p[:2] for p in sparse] == [p[:2] for p in plain] != []
        assert [p[2] for p in sparse] == pytest.approx([p[2] for p in plain])


def test_products_of_some_rows_are_those_of_all():
    vectors = [{f"f{(n * k) % 37}": 1.0 / k for k in (1, 2, 3)} for n in range(1, 90)]
    families = [f"p{n % 7}" for n in range(1, 90)]
    every = similar_pairs(vectors, families, least=0.3)
    some = similar_pairs(vectors, families, least=0.3, rows=[3, 40])
    assert some == [pair for pair in every if {3, 40} & set(pair[:2])] != []


def test_plans_named_among_very_many_are_compared_wholly(monkeypatch):
    """The best partners of a measure may stand in other plans than the one asked about."""
    monkeypatch.setattr("welfaregraph.overlap.MANY", 10)
    monkeypatch.setattr("welfaregraph.overlap.PARTNERS", 1)
    monkeypatch.setattr("welfaregraph.overlap.COMMON", 2)
    crowd = [measure(f"m{n:02}", f"P{n:02}", "雪", "t") for n in range(20)]
    assert len(overlaps(crowd, min_score=0)) < 190
    assert len(overlaps(crowd, min_score=0, plans=["P03"])) == 19
    [pair] = overlaps(crowd, min_score=0, plans=["P03", "P17"])
    assert (pair.a.plan, pair.b.plan) == ("P03", "P17")


def test_a_pair_scores_the_same_whether_its_plans_are_named_or_not(graph):
    every = graph.overlaps(min_score=0, on=ON, lang="ja")
    plans = every[0].a.plan, every[0].b.plan
    assert graph.overlaps(*plans, min_score=0, on=ON, lang="ja") == [
        pair for pair in every if {pair.a.plan, pair.b.plan} == set(plans)
    ]


def test_one_plan_in_two_files_is_refused(run, own_plan):
    place = own_plan / "plans/999997/community-welfare"
    (place / "2").mkdir()
    text = (place / "1/stated.ttl").read_text("utf-8")
    (place / "2/stated.ttl").write_text(text, "utf-8")
    done = run("overlaps", "--data", own_plan)
    assert done.code == 3
    assert "1/stated.ttl" in done.err
    assert "2/stated.ttl" in done.err


@pytest.mark.parametrize(
    ("level", "title", "empty"),
    [("measure", "施策の組", "届く施策の組"), ("activity", "取組の組", "届く取組の組"),
     ("plan", "計画の組", "重なる計画")],
)  # fmt: skip
def test_each_level_says_what_it_compares(run, own_plan, level, title, empty):
    assert title in run("overlaps", "--level", level, "--limit", "1").out.splitlines()[0]
    assert empty in run("overlaps", "--level", level, "--data", own_plan, "--only-data").out


def test_a_whole_plan_has_the_title_of_the_plan_alone():
    """Nothing of its first measure stays with it: no printed title, no implied themes."""
    a, b = (replace(measure(n, n.upper(), "い", "x"), printed="printed",
                    implied=implied(("x", 0.5))) for n in "ab")  # fmt: skip
    [pair] = plan_overlaps(overlaps([a, b], min_score=0), [a, b])
    assert [(side.title, side.implied) for side in (pair.a, pair.b)] == [("A", ()), ("B", ())]
