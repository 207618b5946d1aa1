"""A person's judgement is written down whole, replaces the one before, and wins."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest
import rdflib

import welfaregraph
from conftest import ON, ROOT
from welfaregraph import cli, resources
from welfaregraph.turtle import canonical
from welfaregraph.vocab import GRAPH, ID, SCHEME, WG

OTARU = "012033/community-welfare-integrated/1"
CRIME = f"{OTARU}/measure/15"
WATCH = "012301/community-welfare/3/measure/7-3"
AGAIN = "012301/community-welfare/3/measure/7-4"
BASE_OTARU, BASE_KIZUNA = f"{OTARU}/measure/1", "012301/kizuna/undated/measure/3"
CURATED = f"plans/{OTARU}/curated.ttl"
JUDGED = "judgements/overlaps.ttl"
TERMS = ("overlapsWith", "doesNotOverlapWith")


@pytest.fixture
def data(tmp_path):
    """An empty folder of the officer's own."""
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def judge(run, data):
    """Run ``judge`` on the officer's folder."""

    def call(*arguments, reason="同じ仕事である。", verdict="--accept"):
        return run("judge", *arguments, verdict, "--reason", reason, "--data", data, "--on", ON)

    return call


def overlaps(run, data, *arguments):
    done = run("overlaps", "--data", data, "--format", "csv", *arguments)
    assert done.code == 0, done.err
    return {
        frozenset((row["measure_a"], row["measure_b"])): row
        for row in csv.DictReader(io.StringIO(done.out))
    }


def pair(first, second):
    return frozenset((ID + first, ID + second))


def turtle(path):
    return rdflib.Graph().parse(path, format="turtle")


def judgements(graph):
    return list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(WG + "Judgement")))


def test_a_rejected_overlap_is_left_out_and_stands_last_where_all_are_asked_for(
    run, judge, data
):
    assert pair(CRIME, WATCH) in overlaps(run, ROOT / "graphs")
    done = judge("overlap", CRIME, WATCH, verdict="--reject", reason="字は似るが仕事が違う。")
    assert (done.code, done.out) == (0, f"{data / JUDGED}\n")
    assert pair(CRIME, WATCH) not in overlaps(run, data)
    assert pair(CRIME, WATCH) not in overlaps(run, data, "--uncurated")
    assert pair(CRIME, WATCH) not in overlaps(run, data, "--min-score", "0.0001")
    every = overlaps(run, data, "--min-score", "0")
    row = every[pair(CRIME, WATCH)]
    assert float(row["score"]) == 0
    assert "字は似るが仕事が違う。" in row["reasons"]
    assert list(every)[-1] == pair(CRIME, WATCH)


def test_an_accepted_overlap_comes_first_with_the_persons_reason(run, judge, data):
    assert judge("overlap", AGAIN, BASE_KIZUNA, reason="人の目で同じと見た。").code == 0
    assert judge("overlap", CRIME, WATCH).code == 0
    for how in ((), ("--uncurated",), ("--min-score", "0.99")):
        rows = overlaps(run, data, *how)
        assert set(list(rows)[:2]) == {pair(AGAIN, BASE_KIZUNA), pair(CRIME, WATCH)}
        assert float(rows[pair(AGAIN, BASE_KIZUNA)]["score"]) == 1
        assert "人の目で同じと見た。" in rows[pair(AGAIN, BASE_KIZUNA)]["reasons"]


@pytest.mark.parametrize("uncurated", [False, True])
def test_contributions_still_add_up(judge, data, uncurated):
    assert judge("overlap", AGAIN, BASE_KIZUNA).code == 0
    assert judge("overlap", CRIME, WATCH).code == 0
    assert judge("overlap", BASE_OTARU, BASE_KIZUNA, verdict="--reject").code == 0
    found = welfaregraph.load(data).overlaps(min_score=0, uncurated=uncurated)
    judged = [o for o in found if any(r.kind == "judgement" for r in o.reasons)]
    assert [o.score for o in judged] == [1.0, 1.0, 0.0]
    assert {o.reasons[0].kind for o in judged} == {"judgement"}
    assert len(judged[0].reasons + judged[1].reasons) > 2, "the machine's reasons are kept"
    for overlap in found:
        total = sum(reason.contribution for reason in overlap.reasons)
        assert total == pytest.approx(overlap.score, abs=0.001)


def test_a_second_judgement_replaces_the_first_whichever_way_round(judge, data):
    judge("overlap", CRIME, WATCH, reason="初めの判断")
    judge("overlap", CRIME, AGAIN, verdict="--reject", reason="別の組")
    judge("overlap", WATCH, CRIME, verdict="--reject", reason="考え直した")
    text = (data / JUDGED).read_text("utf-8")
    graph = turtle(data / JUDGED)
    assert "初めの判断" not in text
    assert "別の組" in text
    assert len(judgements(graph)) == 2
    said = {(p[len(WG) :], *map(str, (s, o))) for s, p, o in graph if p[len(WG) :] in TERMS}
    assert said == {
        ("doesNotOverlapWith", ID + CRIME, ID + WATCH),
        ("doesNotOverlapWith", ID + CRIME, ID + AGAIN),
    }
    assert canonical(text) == text


def test_the_same_judgement_gives_the_same_bytes(judge, data):
    judge("overlap", CRIME, WATCH)
    once = (data / JUDGED).read_bytes()
    judge("overlap", WATCH, CRIME)
    assert (data / JUDGED).read_bytes() == once
    assert [p for p in data.rglob("[!.]*") if p.is_file()] == [data / JUDGED]


def test_a_judgement_in_another_file_of_the_folder_goes_too(judge, data):
    judge("overlap", CRIME, WATCH)
    other = data / "judgements/by-hand.ttl"
    (data / JUDGED).rename(other)
    judge("overlap", WATCH, CRIME, verdict="--reject")
    assert judgements(turtle(other)) == []
    assert len(judgements(turtle(data / JUDGED))) == 1


def test_who_and_when_and_the_language_are_recorded(run, data):
    arguments = ("judge", "overlap", CRIME, WATCH, "--accept", "--data", data, "--on", ON)
    assert run(*arguments, "--reason", "Same work.", "--lang", "en", "--by", "clerk").code == 0
    graph = turtle(data / JUDGED)
    [node] = judgements(graph)
    by = rdflib.URIRef(ID + "curator/clerk")
    assert graph.value(node, rdflib.URIRef(WG + "reason")) == rdflib.Literal("Same work.", "en")
    assert str(graph.value(node, rdflib.DCTERMS.created)) == ON
    assert graph.value(node, rdflib.DCTERMS.creator) == by
    assert (by, rdflib.RDF.type, rdflib.PROV.Agent) in graph
    assert run(*arguments, "--reason", "同じ仕事", "--lang", "en").code == 0
    graph = turtle(data / JUDGED)
    [node] = judgements(graph)
    assert graph.value(node, rdflib.URIRef(WG + "reason")) == rdflib.Literal("同じ仕事", "ja")
    assert str(graph.value(node, rdflib.DCTERMS.creator)) == ID + "curator/welfaregraph"


WRONG = {
    "unknown measure": (("overlap", CRIME, "012301/no/such"), "そのような末端の施策"),
    "no IRI at all": (("overlap", CRIME, "a b"), "そのような末端の施策"),
    "one plan": (("overlap", CRIME, BASE_OTARU), "同じ計画"),
    "one measure": (("overlap", CRIME, CRIME), "同じ計画"),
    "unknown element": (("theme", "012301/no/such", "scheme/theme/ibasho"), "目標・施策・取組"),
    "an element with a blank": (("theme", "a b", "scheme/theme/ibasho"), "目標・施策・取組"),
    "a plan": (("theme", OTARU, "scheme/theme/ibasho"), "目標・施策・取組"),
    "unknown theme": (("theme", CRIME, "scheme/theme/no-such"), "そのようなテーマ"),
    "not a theme": (("theme", CRIME, "scheme/setting/home"), "そのようなテーマ"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_judged_is_refused_and_nothing_written(name, judge, data):
    arguments, said = WRONG[name]
    done = judge(*arguments)
    assert done.code == 2
    assert said in done.err
    assert "→" in done.err
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("reason", ["", "  ", "\u3000\n"])
def test_an_empty_reason_is_refused(judge, data, reason):
    done = judge("overlap", CRIME, WATCH, reason=reason)
    assert done.code == 2
    assert "理由が空" in done.err
    assert list(data.iterdir()) == []


def test_a_verdict_and_a_writable_place_are_needed(run, data, monkeypatch):
    bare = ("judge", "overlap", CRIME, WATCH, "--reason", "x", "--data", data)
    for verdicts in ((), ("--accept", "--reject")):
        assert "--accept か --reject" in run(*bare, *verdicts).err
        assert run(*bare, *verdicts).code == 2
    wrong = ("judge", "overlap", CRIME, WATCH, "--accept", "--reason", "x")
    assert run(*wrong, "--data", data, "--by", "a b").code == 2
    assert run(*wrong, "--data", data / "absent").code == 3
    monkeypatch.setattr(resources, "is_checkout", lambda: False)
    assert run(*wrong).code == 2
    assert list(data.iterdir()) == []


def test_a_failed_write_leaves_the_old_judgement(judge, data, monkeypatch):
    judge("overlap", CRIME, WATCH)
    old = (data / JUDGED).read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    assert judge("overlap", CRIME, WATCH, verdict="--reject").code != 0
    assert (data / JUDGED).read_bytes() == old
    assert len(list((data / "judgements").iterdir())) == 1


def test_in_a_checkout_it_is_written_there_and_entered_into_the_list(
    run, tmp_path, monkeypatch
):
    graphs = tmp_path / "graphs"
    shutil.copytree(ROOT / "graphs", graphs)
    monkeypatch.setattr(resources, "GRAPHS", graphs)
    assert cli.run(["judge", "overlap", CRIME, WATCH, "--accept", "--reason", "同じ"]) == 0
    listed = turtle(graphs / "reference/graphs.ttl")
    own = rdflib.URIRef(GRAPH + "judgements/overlaps")
    authority = listed.value(own, rdflib.URIRef(WG + "hasAuthority"))
    assert str(authority) == SCHEME + "authority/judgement"
    assert {text.language for text in listed.objects(own, rdflib.RDFS.label)} == {"ja", "en"}
    before = turtle(ROOT / "graphs/reference/graphs.ttl")
    assert set(before) < set(listed)
    assert {subject for subject, _, _ in set(listed) - set(before)} == {own}
    assert run("check", "--on", ON).code == 0


# --- themes


def themes(data, element, *, uncurated=False):
    found = welfaregraph.load(*([data] if any(data.iterdir()) else []))
    [measure] = [m for m in found.measures(uncurated=uncurated) if m.iri == ID + element]
    return {f.iri.rpartition("/")[2] for f in measure.features if f.kind == "theme"}


def test_a_rejected_theme_comes_back_neither_curated_nor_suggested(judge, data):
    assert "crime-prevention" in themes(data, CRIME) & themes(data, CRIME, uncurated=True)
    done = judge("theme", CRIME, "scheme/theme/crime-prevention", verdict="--reject")
    assert (done.code, done.out) == (0, f"{data / CURATED}\n")
    assert "crime-prevention" not in themes(data, CRIME)
    assert "crime-prevention" not in themes(data, CRIME, uncurated=True)
    assert "crime-prevention" in themes(data, WATCH, uncurated=True), "only for that measure"


def test_only_that_theme_of_the_curated_graph_changes(judge, data):
    judge("theme", CRIME, "scheme/theme/crime-prevention", verdict="--reject", reason="違う")
    before, after = set(turtle(ROOT / "graphs" / CURATED)), set(turtle(data / CURATED))
    text = (data / CURATED).read_text("utf-8")
    assert canonical(text) == text
    head = (ROOT / "graphs" / CURATED).read_text("utf-8").splitlines()[0]
    assert text.startswith(f"# {head[2:]}\n"), "its comment is kept"
    about = f"{ID}{CRIME}#because-"
    assert all(str(s) == ID + CRIME or str(s).startswith(about) for s, _, _ in before ^ after)
    assert len(before - after) == len(after - before) == 8


def test_an_accepted_theme_is_curated_and_replaces_its_rejection(judge, data):
    theme = "scheme/theme/tourism"
    judge("theme", CRIME, theme, verdict="--reject")
    judge("theme", CRIME, theme, reason="観光客の安全も守る。")
    assert "tourism" in themes(data, CRIME)
    assert "doesNotAddressTheme" not in (data / CURATED).read_text("utf-8")
    assert "観光客の安全も守る。" in (data / CURATED).read_text("utf-8")


def test_a_theme_touched_becomes_the_main_one_or_goes(judge, data):
    theme = rdflib.URIRef(SCHEME + "theme/multi-generation-exchange")
    touches = (rdflib.URIRef(ID + BASE_OTARU), rdflib.URIRef(WG + "touchesTheme"), theme)
    assert touches in turtle(ROOT / "graphs" / CURATED), "the example must still hold"
    judge("theme", BASE_OTARU, str(theme))
    after = turtle(data / CURATED)
    assert touches not in after
    assert (touches[0], rdflib.URIRef(WG + "addressesTheme"), theme) in after


def test_a_theme_rejected_for_one_activity_stays_for_the_others(run, judge, data):
    graph = welfaregraph.load()
    rows = [
        row
        for row in graph.ask("elements").rows()
        if row["element"].startswith(f"{ID}{CRIME}#") and "防犯" in (row["elementLabel"] or "")
    ]
    assert len(rows) > 1
    for row in rows[:-1]:
        assert judge("theme", row["element"], "scheme/theme/crime-prevention",
                     verdict="--reject").code == 0  # fmt: skip
    assert "crime-prevention" in themes(data, CRIME, uncurated=True)
    refused = run("query", "rejected-themes", "--data", data, "--format", "csv").out
    assert refused.count("\r\n") == len(rows)


def test_a_plan_of_ones_own_gets_a_curated_file(run, own_plan):
    measure, theme = "999997/community-welfare/1/measure/1", "scheme/theme/snow"
    done = run("judge", "theme", measure, theme, "--accept", "--reason", "除雪",
               "--data", own_plan, "--on", ON)  # fmt: skip
    assert done.code == 0, done.err
    file = own_plan / "plans/999997/community-welfare/1/curated.ttl"
    assert file.read_text("utf-8").startswith("# ")
    assert len(judgements(turtle(file))) == 1
    assert "snow" in themes(own_plan, measure)


def test_what_was_judged_passes_the_check(run, judge, data):
    theme = "scheme/theme/multi-generation-exchange"
    for arguments in (
        ("overlap", CRIME, WATCH),
        ("overlap", BASE_OTARU, BASE_KIZUNA),
        ("theme", CRIME, "scheme/theme/tourism"),
        ("theme", BASE_OTARU, theme),
    ):
        assert judge(*arguments, verdict="--reject").code == 0
        assert judge(*arguments, reason="Same work.").code == 0
    assert judge("overlap", CRIME, AGAIN, verdict="--reject").code == 0
    assert judge("theme", CRIME, "scheme/theme/crime-prevention", verdict="--reject").code == 0
    found = json.loads(run("check", "--data", data, "--format", "json", "--on", ON).out)
    assert [i["rule"] for i in found if i["severity"] == "error"] == []
