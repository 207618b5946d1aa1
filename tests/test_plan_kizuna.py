"""きずな計画: what figure 41 of 登別市地域福祉計画 shows of it, and what our copy lost."""

from __future__ import annotations

import pytest
from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

from stated import WG, Stated

STATED = Stated("012301/kizuna/undated")
graph, thing, of, locators = STATED.graph, STATED.thing, STATED.of, STATED.locators
BASE = "https://w3id.org/welfaregraph/"
PLAN = STATED.plan
HOST_STATED = Stated("012301/community-welfare/3")
host, HOST = HOST_STATED.graph, HOST_STATED.plan
DOCUMENT = URIRef(BASE + "id/doc/noboribetsu-plan")

GOALS = {
    1: ("きずなを育て確かめる", "福祉の意識と関心を高める取り組み", "L295-L297"),
    2: ("きずなを護り強める", "支え合う地域をつくる取り組み", "L360-L362"),
    3: ("きずなを紡ぎ支える", "困りごとを解決する取り組み", "L370-L372"),
    4: ("きずなを結び深め広げる", "地域の協力体制をつくる取り組み", "L378-L380"),
    5: ("きずなを高め保障する", "きずなの推進体制を確立する取り組み", "L388-L390"),
}
MEASURES = {
    1: ("①", "きずな活動の推進", "L352"),
    2: ("②", "きずな共育（福祉教育）の推進", "L354"),
    3: ("③", "きずな（地域）の拠点づくり", "L356"),
    4: ("④", "小地域ネットワーク活動の推進", "L398"),
    5: ("⑤", "ともに生きる地域づくり", "L400"),
    6: ("⑥", "災害時の支え合い活動の推進", "L402"),
    7: ("⑦", "孤立させない地域づくりの推進", "L404"),
    8: ("⑧", "安心して暮らし続けられる地域づくりの推進", "L406-L408"),
    9: ("⑨", "ボランティアセンター機能の充実", "L410"),
    10: ("⑩", "身近な暮らしの情報ネットワークの促進", "L412-L414"),
    11: ("⑪", "社協の基盤強化", "L416"),
    12: ("⑫", "財政基盤整備", "L418"),
    13: ("⑬", "公的事業の実施・受託", "L420"),
    14: ("⑭", "地域福祉を推進するための職員の配置と資質向上", "L422-L424"),
    15: ("⑮", "地域福祉実践計画の進捗管理と地域福祉計画との連帯", "L426-L428"),
}


def test_plan_has_its_name_issuer_and_area() -> None:
    assert graph().value(PLAN, RDFS.label) == Literal("きずな計画", lang="ja")
    council = URIRef(BASE + "id/org/noboribetsu-council")
    assert set(graph().objects(PLAN, WG.isIssuedBy)) == {council}
    assert set(graph().objects(PLAN, WG.coversArea)) == {URIRef(BASE + "id/area/012301")}
    text = "行政との協働により自主的・自発的な福祉活動を行う民間の活動・行動計画"
    assert graph().value(PLAN, WG.text) == Literal(text, lang="ja")


def test_philosophy_is_read_from_its_vertical_line() -> None:
    philosophy = thing("philosophy/1")
    wording = (
        "心豊かに「きずな」を紡ぎ護り育てることで、"
        "一人ひとりを大切にする共生共存のまちをつくります"
    )
    assert of(WG.Philosophy) == {philosophy}
    assert graph().value(philosophy, RDFS.label) == Literal(wording, lang="ja")
    assert locators(philosophy, WG.isTitledIn) == {"L305-L350"}


def test_five_goals_and_no_other() -> None:
    assert of(WG.Goal) == {thing(f"goal/{n}") for n in GOALS}


@pytest.mark.parametrize("number", GOALS)
def test_goal_has_its_title_subtitle_and_number(number: int) -> None:
    goal = thing(f"goal/{number}")
    title, subtitle, locator = GOALS[number]
    assert list(graph().objects(goal, RDFS.label)) == [Literal(title, lang="ja")]
    assert list(graph().objects(goal, WG.text)) == [Literal(subtitle, lang="ja")]
    assert list(graph().objects(goal, WG.number)) == [Literal(str(number))]
    assert list(graph().objects(goal, WG.order)) == [Literal(number)]
    assert locators(goal, WG.isTitledIn) == {locator}


def test_fifteen_measures_and_no_other() -> None:
    assert len(MEASURES) == 15
    assert of(WG.Measure) == {thing(f"measure/{n}") for n in MEASURES}


@pytest.mark.parametrize("place", MEASURES)
def test_measure_has_its_title_and_number(place: int) -> None:
    measure = thing(f"measure/{place}")
    number, title, locator = MEASURES[place]
    assert list(graph().objects(measure, RDFS.label)) == [Literal(title, lang="ja")]
    assert list(graph().objects(measure, WG.number)) == [Literal(number)]
    assert list(graph().objects(measure, WG.order)) == [Literal(place)]
    assert locators(measure, WG.isTitledIn) == {locator}


def test_no_goal_of_a_measure_is_stated() -> None:
    assert set(graph().subject_objects(WG.pursuesGoal)) == set()


def test_silences_are_these_and_each_has_its_short_form() -> None:
    missing, lost = "not-in-held-text", "lost-in-copy"
    expected = {
        (PLAN, WG.hasPeriod, missing),
        (PLAN, WG.Activity, missing),
        (PLAN, WG.contributesToSDG, missing),
        (PLAN, WG.ReviewArrangement, missing),
        (PLAN, DCTERMS.title, missing),
        (PLAN, WG.Actor, missing),
        (PLAN, WG.hasLegalBasis, missing),
    }
    expected |= {(thing(f"goal/{n}"), WG.isCoordinatedWith, lost) for n in GOALS}
    expected |= {(thing(f"measure/{n}"), WG.pursuesGoal, lost) for n in range(4, 16)}
    assert STATED.silences() == expected


@pytest.mark.parametrize(
    "term",
    [
        WG.hasPeriod,
        WG.contributesToSDG,
        WG.edition,
        WG.hasPlanType,
        WG.hasLegalBasis,
        WG.isCoordinatedWith,
    ],
)
def test_nothing_is_said_that_is_not_printed(term: URIRef) -> None:
    assert set(graph().subject_objects(term)) == set()


def test_printed_body_settings_and_target_group() -> None:
    council = URIRef(BASE + "id/org/noboribetsu-council")
    setting, group = BASE + "scheme/setting/", BASE + "scheme/target-group/"
    assert set(graph().subject_objects(WG.namesBody)) == {(thing("measure/11"), council)}
    assert set(graph().subject_objects(WG.takesPlaceIn)) == {
        (thing("measure/3"), URIRef(setting + "community-base")),
        (thing("measure/4"), URIRef(setting + "neighbourhood")),
    }
    assert set(graph().subject_objects(WG.namesTargetGroup)) == {
        (thing("measure/14"), URIRef(group + "workers"))
    }


def test_relation_to_the_citys_plan_is_stored_once_on_the_citys_side() -> None:
    both = graph() + host()
    assert set(both.subject_objects(WG.isCoordinatedWith)) == {(HOST, PLAN)}


def test_passages_that_both_plans_cite_read_alike() -> None:
    shared = of(WG.Passage) & set(host().subjects(RDF.type, WG.Passage))
    assert {str(p).removeprefix(f"{DOCUMENT}#") for p in shared} == {
        "L152-L154",
        "L162-L166",
        "L187",
        "L189-L191",
        "L193",
    }
    for passage in shared:
        here = set(graph().predicate_objects(passage))
        assert here == set(host().predicate_objects(passage))


def test_document_is_described_in_the_plan_it_publishes() -> None:
    assert of(WG.Document) == set()
    assert (DOCUMENT, WG.quotesPlan, PLAN) in host()


def test_each_element_is_in_the_plan_and_cites_a_passage() -> None:
    kinds = (WG.Goal, WG.Measure, WG.Philosophy)
    elements = {element for kind in kinds for element in of(kind)}
    assert len(elements) == 21
    for element in elements:
        assert set(graph().objects(element, WG.inPlan)) == {PLAN}
        passages = {
            *graph().objects(element, WG.isStatedIn),
            *graph().objects(element, WG.isTitledIn),
        }
        assert set() != passages <= of(WG.Passage)
