"""Average precision, F1 and the bootstrap, on examples worked out by hand; the judged pairs."""

from __future__ import annotations

import random

import pytest

from accuracy import Interval, average_precision, f1, interval, resampled_weights
from evaluate import evaluated
from handles import THEME
from judged import JudgedPair, judged_pairs, labels, plans, second_curation
from sets import SETS, recurated, set_labels, set_measures, set_pairs, set_plans
from welfaregraph.measures import MAIN
from welfaregraph.overlap import DEFAULTS, UNCURATED


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def test_average_precision_by_hand():
    # found at ranks 1 and 3 of 4: 1/2 × 1/1 + 1/2 × 2/3
    scores, truth = [0.9, 0.8, 0.7, 0.1], [True, False, True, False]
    assert average_precision(scores, truth) == pytest.approx(1 / 2 + 1 / 3)


def test_equal_scores_are_one_step_whatever_their_order():
    # the last three tie: recall 1 is reached among 4 pairs, 2 of them true
    for truth in ([True, True, False, False], [True, False, False, True]):
        found = average_precision([0.9, 0.5, 0.5, 0.5], truth)
        assert found == pytest.approx(1 / 2 * 1 + 1 / 2 * 2 / 4)


def test_pairs_that_are_not_scored_come_last_together():
    assert average_precision([0.0, 0.0, 0.0, 0.0], [True, False, False, False]) == 1 / 4


def test_a_weight_is_a_pair_said_so_often():
    weighted = average_precision([0.9, 0.8, 0.7], [True, False, True], weights=[1, 2, 3])
    spelled = average_precision(
        [0.9, 0.8, 0.8, 0.7, 0.7, 0.7], [True, False, False, True, True, True]
    )
    assert weighted == pytest.approx(spelled) == pytest.approx(1 / 4 + 3 / 4 * 4 / 6)


def test_a_weight_of_nothing_leaves_a_pair_out():
    assert average_precision([0.9, 0.8], [False, True], weights=[0, 1]) == 1.0
    assert f1([True, True], [False, True], weights=[0, 1]) == 1.0


def test_without_a_true_pair_there_is_nothing_to_find():
    assert average_precision([0.9, 0.8], [False, False]) == 0.0
    assert f1([True, False], [False, False]) == 0.0


def test_f1_by_hand():
    # 2 hits, 1 alarm, 3 misses: 2 × 2 / (2 × 2 + 1 + 3)
    said = [True, True, True, False, False, False, False]
    truth = [True, True, False, True, True, True, False]
    assert f1(said, truth) == 1 / 2
    assert f1(truth, truth) == 1.0
    assert f1([not yes for yes in truth], truth) == 0.0


def test_average_precision_agrees_with_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics", reason="needs the extra “bench”")
    rng = seeded(7)
    for _ in range(20):
        scores = [rng.randrange(8) / 8 for _ in range(60)]
        truth = [rng.random() < 0.2 for _ in range(60)]
        truth[0] = True
        weights = [float(rng.randrange(4)) for _ in range(60)]
        weights[0] = 1.0
        expected = metrics.average_precision_score(truth, scores, sample_weight=weights)
        assert average_precision(scores, truth, weights=weights) == pytest.approx(expected)


def test_measures_are_resampled_and_not_pairs():
    sides = [["a1", "a2", "a3"], ["b1", "b2"]]
    pairs = [(a, b) for a in sides[0] for b in sides[1]]
    for seed in range(20):
        weights = resampled_weights(pairs, sides, seeded(seed))
        of = dict(zip(pairs, weights, strict=True))
        # as many draws as there are measures on each side, so as many pairs as before
        assert sum(weights) == len(pairs)
        # a weight is a product: the rows of the table are multiples of one another
        assert of["a1", "b1"] * of["a2", "b2"] == of["a1", "b2"] * of["a2", "b1"]


def test_a_measure_on_no_side_is_an_error():
    with pytest.raises(KeyError):
        resampled_weights([("a1", "b9")], [["a1"], ["b1"]], seeded(1))


def test_interval_is_the_same_for_the_same_seed_and_holds_the_figure():
    sides = [[f"a{n}" for n in range(12)], [f"b{n}" for n in range(12)]]
    pairs = [(a, b) for a in sides[0] for b in sides[1]]
    truth = [a[1:] == b[1:] for a, b in pairs]
    said = [yes and a != "a0" for yes, (a, _) in zip(truth, pairs, strict=True)]

    def figure(weights):
        return f1(said, truth, weights=weights)

    one = interval(figure, pairs, sides=sides, rounds=300, seed=3)
    assert one == interval(figure, pairs, sides=sides, rounds=300, seed=3)
    assert one != interval(figure, pairs, sides=sides, rounds=300, seed=4)
    assert one.value == pytest.approx(2 * 11 / (2 * 11 + 1))
    assert 0.0 <= one.low < one.value < one.high == 1.0


def test_interval_of_what_never_varies_is_a_point():
    found = interval(lambda _: 0.5, [("a", "b")], sides=[["a"], ["b"]], rounds=10)
    assert found == Interval(0.5, 0.5, 0.5)
    assert str(found) == "0.500 [0.500, 0.500]"


# --- the judged pairs


def test_pairs_are_those_of_two_pairs_of_plans():
    pairs = judged_pairs()
    assert len(pairs) == len({pair.key for pair in pairs}) == 15 * 15 + 20 * 9
    assert sum(pair.is_overlap for pair in pairs) == 17
    assert sorted(map(len, plans())) == [9, 15, 15, 20]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(2, 2, True), (3, 1, True), (1, 3, True), (2, 1, False), (3, 0, False), (3, 3, True)],
)
def test_an_overlap_is_a_mean_of_two_or_more(first, second, expected):
    assert JudgedPair("a", "b", first, second).is_overlap is expected


def test_each_unit_is_a_leaf_measure_of_the_graph(graph):
    leaves = {
        row["measure"]: row["label"]
        for row in graph.sparql(
            """PREFIX wg: <https://w3id.org/welfaregraph/ns#>
            PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            SELECT ?measure ?label WHERE {
              ?measure a wg:Measure ; rdfs:label ?label .
              FILTER NOT EXISTS { ?part wg:isPartOfMeasure ?measure . }
              FILTER(LANG(?label) = "ja")
            }"""
        ).rows()
    }
    units = labels()
    assert set(units) == set(leaves)
    for iri, label in units.items():
        assert leaves[iri].split("（")[0][:4] in label, iri


def test_evaluation_counts_alarms_and_misses():
    pairs = judged_pairs()
    true = [pair for pair in pairs if pair.is_overlap]
    false = [pair for pair in pairs if not pair.is_overlap]
    scores = {pair.key: 0.9 for pair in true[1:]} | {false[0].key: 0.8}
    result = evaluated(pairs, scores, frozenset(scores), rounds=20)
    assert result.alarms == (false[0],)
    assert result.misses == (true[0],)
    assert result.said == 17
    assert result.f1.value == pytest.approx(2 * 16 / (2 * 16 + 1 + 1))
    last = 17 / 405  # the one that was not scored, found with all the others
    assert result.average_precision.value == pytest.approx(16 / 17 + 1 / 17 * last)


def test_perfect_scores_are_perfect():
    pairs = judged_pairs()
    scores = {pair.key: float(pair.is_overlap) for pair in pairs}
    passed = frozenset(key for key, score in scores.items() if score)
    result = evaluated(pairs, scores, passed, rounds=20)
    assert (result.f1.value, result.average_precision.value) == (1.0, 1.0)
    assert not result.alarms + result.misses


# --- what the engine reaches


def reached(found, pairs, *, uncurated=False):
    """Return average precision and F1 at the default threshold."""
    least = (UNCURATED if uncurated else DEFAULTS).least
    scores = {frozenset((pair.a.iri, pair.b.iri)): pair.score for pair in found}
    marks = [scores.get(pair.key, 0.0) for pair in pairs]
    truth = [pair.is_overlap for pair in pairs]
    return average_precision(marks, truth), f1([m >= least for m in marks], truth)


@pytest.mark.parametrize(("uncurated", "least"), [(False, 0.80), (True, 0.70)])
def test_the_engine_agrees_with_the_readers(graph, uncurated, least):
    """On the pairs it was chosen by: a floor, not a proof for other pairs."""
    found = graph.overlaps(min_score=0, uncurated=uncurated)
    assert min(reached(found, judged_pairs(), uncurated=uncurated)) >= least
    measures = set_measures("wider", graph, uncurated=uncurated)
    found = graph.compared(measures, uncurated=uncurated)
    assert min(reached(found, set_pairs("wider"), uncurated=uncurated)) >= least


@pytest.mark.parametrize(
    ("name", "uncurated", "least"),
    [
        ("printed", False, 0.65),
        ("printed", True, 0.60),
        ("fresh", False, 0.60),
        ("fresh", True, 0.70),
        ("mixed", False, 0.75),
        ("mixed", True, 0.70),
        ("quartets/1", False, 0.70),
        ("quartets/1", True, 0.60),
        ("quartets/2", False, 0.70),
        ("quartets/2", True, 0.70),
        ("quartets/3", False, 0.70),
        ("quartets/3", True, 0.70),
        ("quartets/4", False, 0.70),
        ("quartets/4", True, 0.70),
        ("quartets/5", False, 0.65),
        ("quartets/5", True, 0.65),
    ],
)
def test_the_engine_keeps_what_it_reaches_on_other_plans(graph, name, uncurated, least):
    measures = set_measures(name, graph, uncurated=uncurated)
    found = graph.compared(measures, uncurated=uncurated)
    assert min(reached(found, set_pairs(name), uncurated=uncurated)) >= least


def test_the_themes_of_a_second_curator_serve_nearly_as_well(graph):
    """They were given by the definitions alone, without a look at any pair."""
    found = graph.compared(recurated(graph.measures()))
    assert min(reached(found, judged_pairs())) >= 0.75


def test_two_curators_agree_on_most_themes(graph):
    second = second_curation()
    one = {(m.iri, f.iri) for m in graph.measures() for f in m.features if f.kind == "theme"}
    two = {(iri, f"{THEME}{slug}") for iri, themes in second.items() for slug in themes}
    assert len(second) == 59
    assert all(MAIN in themes.values() for themes in second.values())
    assert {theme for _, theme in two} <= {
        row["theme"] for row in graph.ask("theme-ladder").rows()
    }
    assert 2 * len(one & two) / (len(one) + len(two)) > 0.8


# --- the other sets


@pytest.mark.parametrize(
    ("name", "sizes", "overlaps", "marked"),
    [
        ("wider", [14, 14, 14, 14], 46, 156),
        ("mixed", [16, 18, 14, 12, 14], 124, 444),
        ("printed", [19, 15, 8, 9, 5, 3], 63, 265),
        ("fresh", [15, 4, 5, 4, 4, 4, 4, 5, 5, 2], 44, 197),
    ],
)
def test_a_set_holds_every_pair_of_two_plans(name, sizes, overlaps, marked):
    assert [len(plan) for plan in set_plans(name)] == sizes
    pairs = set_pairs(name)
    every = (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
    assert len(pairs) == len({pair.key for pair in pairs}) == every
    assert sum(pair.is_overlap for pair in pairs) == overlaps
    assert all(mark in range(4) for pair in pairs for mark in (pair.first, pair.second))
    told = [pair for pair in pairs if pair.first or pair.second]
    assert len(told) == marked, "a pair in the file is no pair of two plans"


def test_the_wider_set_holds_no_title_of_the_plans_held(graph):
    held = {measure.label for measure in graph.measures()}
    assert held.isdisjoint(label.split(" ", 1)[1] for label in set_labels("wider").values())


@pytest.mark.parametrize("name", SETS)
def test_the_themes_of_a_set_are_of_the_scheme(graph, name):
    measures = set_measures(name, graph, uncurated=False)
    known = {row["theme"] for row in graph.ask("theme-ladder").rows()}
    assert {f.iri for m in measures for f in m.features} <= known != set()
    without = [m.label for m in measures if not m.features]
    assert without == (["消防体制の充実", "市域保全の充実"] if name == "printed" else [])
