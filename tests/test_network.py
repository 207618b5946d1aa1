"""Networks: projections, centralities, communities, brokers; files that others can read."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import networkx as nx
import pytest

from conftest import ON
from welfaregraph.cli.commands import network as command
from welfaregraph.measures import Feature, Measure
from welfaregraph.netfile import MOST, graphml, picture, to_json
from welfaregraph.network import analysed
from welfaregraph.projection import (
    PROJECTIONS,
    Network,
    Tie,
    Vertex,
    in_sectors,
    of_plans,
    of_rows,
    of_themes,
    sectors_of_measures,
    sectors_of_themes,
    tops,
)
from welfaregraph.themes import Ladder

ID = "https://w3id.org/welfaregraph/id/"
OTARU = ID + "012033/community-welfare-integrated/1"
SVG = "{http://www.w3.org/2000/svg}"


def measure(name: str, plan: str, *themes: Feature) -> Measure:
    return Measure(name, name, "", plan, plan, plan, themes)


def path_of(*names: str, weight: float = 1.0) -> Network:
    """A path of measures, each of a plan of its own."""
    vertices = [Vertex(name, name, "measure", name.upper(), name.upper()) for name in names]
    return Network.of(vertices, [Tie(a, b, weight) for a, b in pairwise(names)])


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def by_iri(found):
    return {standing.vertex.iri: standing for standing in found.standings}


@pytest.fixture(scope="module")
def networks(graph):
    return {name: graph.network(name, on=ON, lang="ja") for name in PROJECTIONS}


def test_plans_are_tied_by_what_they_share(networks):
    found = networks["plan"].network
    assert len(found.vertices) == 4
    assert {vertex.kind for vertex in found.vertices} == {"plan"}
    assert all(0 < tie.weight <= 1 for tie in found.ties)


def test_a_pair_without_share_and_a_strange_plan_are_no_tie():
    plans = [{"plan": n, "planLabel": n.upper()} for n in "ab"]
    pairs = [("a", "b", "0"), ("a", "x", "0.5")]
    rows = [{"left": a, "right": b, "share": s} for a, b, s in pairs]
    assert of_plans(plans, rows).ties == ()


def test_every_measure_is_there_with_its_themes(graph, networks):
    measures = graph.measures(on=ON, lang="ja")
    found = networks["theme"].network
    kinds = {
        kind: [v for v in found.vertices if v.kind == kind] for kind in ("measure", "theme")
    }
    assert {v.iri for v in kinds["measure"]} == {m.iri for m in measures}
    assert kinds["theme"]
    assert all(v.label and not v.label.startswith("http") for v in found.vertices)
    sides = {v.iri: v.kind for v in found.vertices}
    assert {(sides[t.a], sides[t.b]) for t in found.ties} == {("measure", "theme")}


def test_a_side_of_the_work_ties_less_and_a_theme_without_label_is_named():
    main, side = Feature("theme", "t", ""), Feature("theme", "u", "U", role="side")
    found = of_themes([measure("m", "p", main, side)], {"t": "雪"}, side=0.25)
    assert {(tie.b, tie.weight) for tie in found.ties} == {("t", 1.0), ("u", 0.25)}
    assert [v.label for v in found.vertices] == ["m", "雪", "U"]


def test_the_council_and_the_city_act_on_themes(networks):
    found = by_iri(networks["actor"])
    council = found[OTARU + "/actor/council"]
    assert council.degree > 30
    volunteers = found[ID + "012301/community-welfare/3/actor/volunteer"]
    assert volunteers.is_isolated


def test_statutes_are_tied_to_the_plans_that_cite_them(networks):
    ties = {(tie.a, tie.b) for tie in networks["statute"].network.ties}
    assert (OTARU, ID + "law/326AC0000000045") in ties
    noboribetsu = ID + "012301/community-welfare/3"
    assert (noboribetsu, ID + "ordinance/012301/nukumori-welfare") in ties


def test_one_side_without_the_other_is_a_vertex_alone():
    row = {"plan": "p", "planLabel": "P", "actor": "a", "actorLabel": "A"}
    found = of_rows(
        [row | {"theme": None, "themeLabel": None, "elements": None}], "actor", "theme"
    )
    assert [v.iri for v in found.vertices] == ["a"]
    assert found.ties == ()


def test_measures_are_tied_by_their_overlaps(graph, networks):
    pairs = graph.overlaps(on=ON, lang="ja")
    found = networks["measure"]
    assert len(found.network.ties) == len([pair for pair in pairs if pair.score > 0])
    overlapping = {m.iri for pair in pairs for m in (pair.a, pair.b)}
    alone = {m.iri for m in graph.measures(on=ON, lang="ja")} - overlapping
    assert {standing.vertex.iri for standing in found.isolated} == alone != set()


def test_the_order_of_input_does_not_matter():
    vertices = [Vertex(n, n, "measure", n) for n in "cab"]
    ties = [Tie("c", "a", 1.0), Tie("a", "b", 0.5), Tie("b", "a", 0.5)]
    one = Network.of(vertices, ties)
    assert one == Network.of(vertices[::-1], [ties[0], *ties[1:]])
    assert [(t.a, t.b, t.weight) for t in one.ties] == [("a", "b", 1.0), ("c", "a", 1.0)]


@pytest.mark.parametrize("tie", [Tie("a", "x", 1.0), Tie("a", "b", 0.0), Tie("a", "b", -1.0)])
def test_a_tie_to_nothing_or_without_weight_is_refused(tie):
    with pytest.raises(ValueError, match="no such tie"):
        Network.of([Vertex("a", "a", "plan"), Vertex("b", "b", "plan")], [tie])


def test_betweenness_is_that_of_networkx(networks):
    for found in networks.values():
        graph = nx.Graph()
        graph.add_nodes_from(v.iri for v in found.network.vertices)
        for tie in found.network.ties:
            graph.add_edge(tie.a, tie.b, length=1 / tie.weight)
        expected = nx.betweenness_centrality(graph, weight="length")
        for standing in found.standings:
            assert standing.betweenness == pytest.approx(
                expected[standing.vertex.iri], abs=2e-6
            )


def test_the_middle_of_a_path_brokers():
    found = analysed(path_of("a", "b", "c"))
    assert [s.vertex.iri for s in found.brokers] == ["b"]
    assert by_iri(found)["b"].brokerage == pytest.approx(1 / 3, abs=1e-6)
    assert [s.reach for s in found.standings] == [1, 2, 1]
    assert found.ranked[0].vertex.iri == "b"


def test_the_middle_between_two_sectors_bridges_them():
    found = analysed(
        in_sectors(path_of("a", "b", "c"), {"a": "old", "c": "young"}, {"old": "O"})
    )
    assert [(s.vertex.iri, s.bridging, s.sectors) for s in found.bridges] == [("b", 1.0, 2)]
    assert [v.sector_label for v in found.network.vertices] == ["O", "", "young"]
    same = analysed(in_sectors(path_of("a", "b", "c"), {"a": "old", "c": "old"}, {}))
    assert same.bridges == []
    assert [s.bridging for s in same.standings] == [0.0, 0.0, 0.0]


def test_the_sector_of_a_theme_is_the_first_level_above_it():
    ladder = Ladder({t: t for t in "abcd"}, {"a": ("b",), "b": ("d", "c")})
    assert tops("a", ladder) == {"c", "d"}
    assert sectors_of_themes(ladder) == {"a": "c", "b": "c", "c": "c", "d": "d"}


def test_the_sector_of_a_measure_is_that_of_most_of_its_main_themes():
    ladder = Ladder({t: t for t in "abcxy"}, {"a": ("x",), "b": ("y",), "c": ("y",)})
    themes = [Feature("theme", t, t) for t in "abc"]
    side = Feature("theme", "a", "a", role="side")
    found = sectors_of_measures(
        [measure("m", "p", *themes), measure("n", "p", side), measure("o", "p", *themes[:2])],
        ladder,
    )
    assert found == {"m": "y", "o": "x"}, "a side says nothing; of equals the first"


def test_the_council_bridges_sectors(networks):
    found = networks["actor"]
    assert found.bridges[0].vertex.iri == OTARU + "/actor/council"
    assert found.bridges[0].sectors > 10
    assert {v.kind for v in found.network.vertices if v.sector} == {"theme"}
    for name in ("theme", "measure"):
        assert networks[name].bridges
    for name in ("plan", "statute"):
        assert networks[name].bridges == []


def test_brokers_between_sectors_are_listed_where_there_are_sectors(run):
    assert (
        "異なる分野を橋渡しするもの" in run("network", "--projection", "actor", "--on", ON).out
    )
    assert "異なる分野" not in run("network", "--projection", "plan", "--on", ON).out
    done = run("network", "--projection", "theme", "--format", "csv", "--on", ON)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {bool(row["sector_label"]) for row in rows if row["kind"] == "theme"} == {True}
    assert max(float(row["bridging"]) for row in rows) > 0.1


def test_paths_within_one_plan_are_no_brokerage():
    vertices = [Vertex(n, n, "measure", "one") for n in "abc"]
    found = analysed(Network.of(vertices, [Tie("a", "b", 1.0), Tie("b", "c", 1.0)]))
    assert by_iri(found)["b"].betweenness == 1.0
    assert by_iri(found)["b"].brokerage == 0.0
    assert [standing.reach for standing in found.standings] == [0, 0, 0]
    assert found.brokers == []


def test_paths_take_the_stronger_ties():
    vertices = [Vertex(n, n, "measure", n) for n in "abcd"]
    weights = {"ab": 1.0, "bd": 1.0, "ac": 0.5, "cd": 0.5}
    found = analysed(Network.of(vertices, [Tie(*pair, w) for pair, w in weights.items()]))
    standing = by_iri(found)
    assert standing["b"].betweenness > standing["c"].betweenness == 0.0


def test_pagerank_adds_up_and_favours_the_middle(networks):
    for found in networks.values():
        assert sum(s.pagerank for s in found.standings) == pytest.approx(1, abs=1e-3)
    star = [Vertex(n, n, "measure", n) for n in "abcd"]
    found = analysed(Network.of(star, [Tie("a", n, 1.0) for n in "bcd"]))
    expected = nx.Graph([("a", n) for n in "bcd"])
    google = nx.google_matrix(expected, nodelist="abcd") if _has_numpy() else None
    ranks = [s.pagerank for s in found.standings]
    assert ranks[0] == max(ranks)
    if google is not None:
        assert [
            sum(ranks[i] * google[i, j] for i in range(4)) for j in range(4)
        ] == pytest.approx(ranks, abs=1e-5)


def _has_numpy() -> bool:
    from importlib.util import find_spec

    return find_spec("numpy") is not None


def test_communities_are_what_belongs_together():
    names = "abcdef"
    vertices = [Vertex(n, n, "measure", n) for n in [*names, "z"]]
    ties = [Tie(*pair, 1.0) for pair in ("ab", "bc", "ac", "de", "ef", "df")]
    found = analysed(Network.of(vertices, [*ties, Tie("c", "d", 0.1)]))
    assert found.communities == (tuple("abc"), tuple("def"))
    assert found.modularity > 0.4
    assert by_iri(found)["z"].community == 0
    assert found.components == 2


@pytest.mark.parametrize(
    ("strong", "weak"), [(("ab", "cd"), ("bc", "ad")), (("bc", "ad"), ("ab", "cd"))]
)
def test_stronger_ties_make_communities(strong, weak):
    vertices = [Vertex(n, n, "measure", n) for n in "abcd"]
    ties = [Tie(*pair, 1.0) for pair in strong] + [Tie(*pair, 0.1) for pair in weak]
    found = analysed(Network.of(vertices, ties))
    assert set(found.communities) == {tuple(pair) for pair in strong}


def test_large_networks_are_estimated_and_said_to_be(monkeypatch):
    network = path_of(*(f"v{n:03}" for n in range(200)))
    exact = analysed(network)
    assert not exact.is_estimate
    monkeypatch.setattr("welfaregraph.network.EFFORT", 200 * 40)
    about = analysed(network)
    assert about.is_estimate
    middle = by_iri(exact)["v100"]
    assert by_iri(about)["v100"].betweenness == pytest.approx(middle.betweenness, rel=0.1)
    assert by_iri(about)["v100"].brokerage == pytest.approx(middle.brokerage, rel=0.1)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_network_of_nothing_is_analysed_and_written(count):
    vertices = [Vertex(str(n), "", "plan", str(n), "") for n in range(count)]
    found = analysed(Network.of(vertices, []))
    assert len(found.isolated) == count == found.components
    assert nx.parse_graphml(graphml(found).decode()).number_of_nodes() == count
    assert len(json.loads(to_json(found, projection="plan"))["nodes"]) == count
    assert read(picture(found, title="t", names={"plan": "計画"})).tag == f"{SVG}svg"


@pytest.mark.parametrize("name", PROJECTIONS)
def test_graphml_and_json_hold_the_whole_network(name, networks):
    found = networks[name]
    xml = nx.parse_graphml(graphml(found).decode())
    data = json.loads(to_json(found, projection=name))
    other = nx.node_link_graph(data, edges="links")
    for graph in (xml, other):
        assert set(graph) == {v.iri for v in found.network.vertices}
        assert graph.number_of_edges() == len(found.network.ties)
        for standing in found.standings:
            node = graph.nodes[standing.vertex.iri]
            assert node["label"] == standing.vertex.label
            assert node["community"] == standing.community
            assert node["betweenness"] == pytest.approx(standing.betweenness)
            assert node["bridging"] == pytest.approx(standing.bridging)
            assert node["sector"] == standing.vertex.sector
        for tie in found.network.ties:
            assert graph.edges[tie.a, tie.b]["weight"] == pytest.approx(tie.weight, abs=1e-6)


def test_characters_that_xml_cannot_hold_are_left_out():
    found = analysed(Network.of([Vertex("a\x00", "雪\x0b&<対策>", "plan", "a")], []))
    [(iri, node)] = nx.parse_graphml(graphml(found).decode()).nodes(data=True)
    assert (iri, node["label"]) == ("a", "雪&<対策>")


def test_a_picture_shows_plans_or_communities(networks):
    names = {"theme": "テーマ", "isolated": "つながりなし"}
    plain = picture(networks["theme"], title="t", names=names)
    grouped = picture(networks["theme"], title="t", names=names, community="まとまり{number}")
    for svg, expected in ((plain, "テーマ"), (plain, "きずな計画"), (grouped, "まとまり1")):
        texts = ["".join(e.itertext()) for e in read(svg).iter(f"{SVG}text")]
        assert any(text.endswith(expected) for text in texts)


def test_a_picture_of_many_shows_the_strongest():
    vertices = [Vertex(f"v{n:04}", f"v{n:04}", "measure", "p", "P") for n in range(MOST + 30)]
    ties = [Tie("v0000", v.iri, 1.0 + n / 1000) for n, v in enumerate(vertices[1:])]
    svg = picture(analysed(Network.of(vertices, ties)), title="t", names={})
    labels = {"".join(e.itertext()) for e in read(svg).iter(f"{SVG}title")}
    assert f"v{MOST + 29:04}" in labels
    assert "v0001" not in labels


def test_the_command_offers_every_network():
    assert command.PROJECTIONS == PROJECTIONS


@pytest.mark.parametrize("name", PROJECTIONS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_command_tells_of_each_network(run, name, language):
    done = run("network", "--projection", name, "--on", ON, "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert ("まとまり" if language == "ja" else "communities") in done.out


def test_csv_ranks_the_middle_first(run):
    done = run("network", "--format", "csv", "--on", ON)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    values = [float(row["betweenness"]) for row in rows]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0
    assert {row["kind"] for row in rows} == {"measure"}


@pytest.mark.parametrize("form", ["json", "graphml", "svg"])
def test_files_are_the_same_in_every_run(tmp_path, form):
    written = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.{form}"
        arguments = ["network", "--projection", "theme", "--groups", "community"]
        arguments += ["--format", form, "--on", ON, "-o", str(file)]
        subprocess.run(
            [sys.executable, "-m", "welfaregraph", *arguments],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
        )
        written.append(file.read_bytes())
    assert written[0] == written[1] != b""


def test_only_own_data_is_a_network_too(run, own_plan):
    done = run("network", "--data", own_plan, "--only-data", "--format", "json", "--on", ON)
    found = json.loads(done.out)
    assert done.code == 0
    assert found["nodes"]
    assert found["links"] == []


KIZUNA = ID + "012301/kizuna/undated"


def test_one_plan_is_shown_with_all_it_is_tied_to(run, graph):
    done = run("network", "きずな", "--format", "json", "--on", ON)
    found = json.loads(done.out)
    plan = {node["id"]: node["plan"] for node in found["nodes"]}
    own = {m.iri for m in graph.measures() if m.plan == KIZUNA}
    assert own <= plan.keys(), "those without tie too"
    wanted = graph.overlaps(KIZUNA, on=ON, lang="ja")
    assert len(found["links"]) == len(wanted) > 5
    assert all(KIZUNA in (plan[t["source"]], plan[t["target"]]) for t in found["links"])
    assert plan.keys() - own == {
        m.iri for pair in wanted for m in (pair.a, pair.b) if m.plan != KIZUNA
    }


def test_of_several_plans_only_what_lies_between_them_is_shown(graph):
    for name in PROJECTIONS:
        whole = graph.network(name, on=ON, lang="ja").network
        part = graph.network(name, KIZUNA, OTARU, on=ON, lang="ja").network
        assert {v.plan for v in part.vertices} <= {KIZUNA, OTARU, ""}, name
        assert 0 < len(part.vertices) < len(whole.vertices), name
        assert set(part.ties) <= set(whole.ties), name
        tied = {end for tie in part.ties for end in (tie.a, tie.b)}
        assert all(v.plan or v.iri in tied for v in part.vertices), name
    both = graph.overlaps(KIZUNA, OTARU, on=ON, lang="ja")
    ties = graph.network("measure", KIZUNA, OTARU, on=ON, lang="ja").network.ties
    assert len(ties) == len(both) > 3


def test_a_plan_that_is_not_held_is_named(run):
    done = run("network", "999999/nothing/1")
    assert done.code == 2
    assert "999999/nothing/1" in done.err
