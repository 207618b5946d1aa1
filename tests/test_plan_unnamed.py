"""The plan without a printed name: one goal, four measures, nine parts, 26 bullets."""

from __future__ import annotations

import pytest
from rdflib import DCTERMS, RDFS, Literal, URIRef
from rdflib.term import Node

from stated import WG, Stated

STATED = Stated("x-5d769e45/unnamed/undated")
graph, thing, of, locators = STATED.graph, STATED.thing, STATED.of, STATED.locators
BASE = "https://w3id.org/welfaregraph/"
PLAN = STATED.plan
DOCUMENT = URIRef(BASE + "id/doc/unnamed-plan")

MEASURES = {
    "08": ("地域で支え合うつながりづくりの推進", "L34"),
    "09": ("地域をともに創る 市民活動の活性化", "L58"),
    "10": ("地域をともに創る 地域コミュニティの活性化", "L88"),
    "x1": ("ともに暮らすまちを創る 多文化共生の推進", "L110"),
}
ISSUES = {
    "08": ("人と人とのつながりの希薄化、担い手不足", "L36"),
    "09": ("市民活動の担い手不足とともに、活動資金の確保が課題", "L62"),
    "10": ("地域コミュニティ活動への参加意識の低下に加えて、担い手の固定化・不足", "L92"),
    "x1": ("外国人住民のコミュニケーション支援や地域住民との相互理解の促進", "L112"),
}
PARTS = {
    "08/part/1": ("地域の支え合い活動の推進", "L40"),
    "08/part/2": ("地域共生社会に向けた包括的な支援体制の構築", "L46"),
    "09/part/1": ("市民活動の意欲向上や活動への参加促進", "L66"),
    "09/part/2": ("持続可能な市民活動の仕組みの構築", "L71"),
    "09/part/3": ("多様な市民・組織の連携促進", "L77"),
    "10/part/1": ("地域コミュニティ活動の促進", "L96"),
    "10/part/2": ("多様な主体が連携した地域コミュニティづくり", "L103"),
    "x1/part/1": ("外国にルーツをもつ人が安全・安心に暮らすことができる環境の整備", "L116"),
    "x1/part/2": ("多文化共生のまちづくり", "L124"),
}
ITEMS = {
    "08/part/1#item-1": ("支え合い意識向上のための地域住民への啓発や情報発信", "L42"),
    "08/part/1#item-2": ("地域における様々な支え合いの場づくりの推進", "L43"),
    "08/part/1#item-3": ("住民一人ひとりができる支え合い活動の促進", "L44"),
    "08/part/2#item-1": (
        "関係機関や市民活動団体などと連携した包括的な相談支援体制の構築",
        "L48",
    ),
    "08/part/2#item-2": ("困りごとを抱える人の社会とのつながりづくりの支援", "L49"),
    "08/part/2#item-3": ("地域の様々な主体がつながるネットワークづくり", "L50"),
    "09/part/1#item-1": (
        "市民活動への参加意欲を高め、活動を促進するための仕組みづくり",
        "L68",
    ),
    "09/part/1#item-2": (
        "事業者、大学等を含めた多様な主体のまちづくりへの参加意欲の醸成や参加促進",
        "L69",
    ),
    "09/part/2#item-1": ("市民活動の担い手確保や活動の拡大に向けた取組の推進", "L73"),
    "09/part/2#item-2": ("市民活動を持続可能な活動とするための多様な支援の充実", "L74"),
    "09/part/2#item-3": ("民間団体等との連携による市民活動活性化の仕組みの構築", "L75"),
    "09/part/3#item-1": ("多様な主体による連携・協力の促進", "L79"),
    "09/part/3#item-2": ("各分野をリードする団体の育成とネットワークの形成", "L80"),
    "10/part/1#item-1": ("コミュニティ意識の醸成に向けた啓発・情報発信", "L98"),
    "10/part/1#item-2": ("地域の活性化や課題解決に向けたまちづくり活動への支援", "L99"),
    "10/part/1#item-3": ("地域で活躍できる多様な人材の発掘・育成", "L100"),
    "10/part/1#item-4": ("地域活動の拠点施設整備や組織運営への支援", "L101"),
    "10/part/2#item-1": (
        "地域コミュニティが様々な世代や多様な主体と連携する環境づくり",
        "L105",
    ),
    "10/part/2#item-2": (
        "地域コミュニティと事業所や市民活動団体、大学等との連携への支援",
        "L106",
    ),
    "x1/part/1#item-1": (
        "生活情報・行政情報の多言語化や「やさしい日本語」使用によるコミュニケーションの支援",
        "L118",
    ),
    "x1/part/1#item-2": ("地域や学校等での日本語の学習支援", "L119"),
    "x1/part/1#item-3": ("地域で生活する上で必要なルール等を知る機会の提供", "L120"),
    "x1/part/1#item-4": ("地域生活で生じる様々な問題を相談できる相談窓口の充実", "L121"),
    "x1/part/1#item-5": ("災害時の支援体制の整備", "L122"),
    "x1/part/2#item-1": ("多文化共生の意識啓発・醸成", "L126"),
    "x1/part/2#item-2": ("地域での相互理解や交流活動の促進", "L127"),
}


def measure(path: str) -> URIRef:
    return thing(f"measure/{path}")


def japanese(subject: Node, term: URIRef = RDFS.label) -> list[str]:
    return [str(o) for o in graph().objects(subject, term) if language(o) == "ja"]


def language(node: Node) -> str | None:
    return node.language if isinstance(node, Literal) else None


def test_plan_has_a_description_and_an_unidentified_area() -> None:
    assert japanese(PLAN) == [
        "計画名の印刷されていない計画（基本目標3「つながり支え合う地域」をつくる の章）"
    ]
    area = URIRef(BASE + "id/area/x-5d769e45")
    assert set(graph().objects(PLAN, WG.coversArea)) == {area}


@pytest.mark.parametrize(
    "term",
    [
        WG.isIssuedBy,
        WG.hasPlanType,
        WG.hasPeriod,
        WG.hasLegalBasis,
        WG.contributesToSDG,
        WG.isPerformedBy,
        WG.edition,
    ],
)
def test_nothing_is_said_that_is_not_printed(term: URIRef) -> None:
    assert set(graph().subject_objects(term)) == set()


def test_goal_has_its_title_number_vision_and_four_fields() -> None:
    goal = thing("goal/3")
    assert of(WG.Goal) == {goal}
    assert japanese(goal) == ["「つながり支え合う地域」をつくる"]
    assert list(graph().objects(goal, WG.number)) == [Literal("3")]
    assert sorted(japanese(goal, WG.statedField)) == sorted(
        ["地域共生", "市民活動", "地域コミュニティ", "多文化共生"]
    )
    vision = thing("vision/1")
    assert of(WG.Vision) == {vision}
    assert japanese(vision)[0].endswith("暮らしていける誰ひとり孤立させないまち")
    assert set(graph().objects(vision, WG.isVisionOf)) == {goal}


def test_four_measures_and_nine_parts_and_no_other() -> None:
    tops = {measure(key) for key in MEASURES}
    parts = {measure(key) for key in PARTS}
    assert len(tops) == 4
    assert len(parts) == 9
    assert of(WG.Measure) == tops | parts
    assert set(graph().subjects(WG.pursuesGoal)) == tops
    assert set(graph().subjects(WG.isPartOfMeasure)) == parts


@pytest.mark.parametrize(("order", "key"), list(enumerate(MEASURES, 1)))
def test_measure_has_its_title_goal_issue_and_text(order: int, key: str) -> None:
    title, locator = MEASURES[key]
    assert japanese(measure(key)) == [title]
    assert locators(measure(key), WG.isTitledIn) == {locator}
    assert list(graph().objects(measure(key), WG.order)) == [Literal(order)]
    assert list(graph().objects(measure(key), WG.pursuesGoal)) == [thing("goal/3")]
    assert list(graph().objects(measure(key), WG.respondsTo)) == [thing(f"issue/{key}")]
    assert japanese(measure(key), WG.text)[0].endswith("を進めます。")


def test_one_measure_has_no_number() -> None:
    numbers = {key: list(graph().objects(measure(key), WG.number)) for key in MEASURES}
    assert numbers == {
        "08": [Literal("08")],
        "09": [Literal("09")],
        "10": [Literal("10")],
        "x1": [],
    }
    assert (measure("x1"), WG.doesNotState, WG.number) in graph()


@pytest.mark.parametrize("key", ISSUES)
def test_issue_is_a_run_of_the_first_paragraph(key: str) -> None:
    issue, (wording, locator) = thing(f"issue/{key}"), ISSUES[key]
    assert of(WG.Issue) == {thing(f"issue/{k}") for k in ISSUES}
    assert japanese(issue) == [wording]
    assert locators(issue, WG.isStatedIn) == {locator}
    assert wording in japanese(issue, WG.text)[0]


@pytest.mark.parametrize("key", PARTS)
def test_part_has_its_title_and_measure(key: str) -> None:
    parent, _, order = key.partition("/part/")
    title, locator = PARTS[key]
    assert japanese(measure(key)) == [title]
    assert locators(measure(key), WG.isTitledIn) == {locator}
    assert list(graph().objects(measure(key), WG.order)) == [Literal(int(order))]
    assert list(graph().objects(measure(key), WG.isPartOfMeasure)) == [measure(parent)]


@pytest.mark.parametrize(
    ("path", "term", "locator"),
    [
        ("vision/1", WG.isVisionOf, "L5-L11"),
        ("goal/3", WG.statedField, "L5-L22"),
        ("measure/08", WG.respondsTo, "L34-L38"),
        ("measure/09", WG.respondsTo, "L58-L64"),
        ("measure/10", WG.respondsTo, "L88-L94"),
        ("measure/x1", WG.respondsTo, "L110-L114"),
        ("measure/08", WG.pursuesGoal, "L5-L127"),
        ("measure/x1/part/2", WG.isPartOfMeasure, "L110-L127"),
        ("measure/x1/part/2#item-2", WG.carriesOut, "L124-L127"),
    ],
)
def test_what_only_the_order_of_the_page_says_is_read_as_layout(
    path: str, term: URIRef, locator: str
) -> None:
    passage = URIRef(f"{DOCUMENT}#{locator}")
    assert (thing(path), WG.isStatedIn, passage) in graph()
    assert (passage, WG.attests, term) in graph()
    layout = URIRef(BASE + "scheme/reading/layout-order")
    assert graph().value(passage, WG.isReadAs) == layout


def test_twenty_six_bullets_and_no_other() -> None:
    assert len(ITEMS) == 26
    assert of(WG.Activity) == {measure(key) for key in ITEMS}


@pytest.mark.parametrize("key", ITEMS)
def test_bullet_has_its_words_part_and_no_actor(key: str) -> None:
    part, _, order = key.partition("#item-")
    title, locator = ITEMS[key]
    assert japanese(measure(key)) == [title]
    assert locator in locators(measure(key), WG.isStatedIn)
    assert list(graph().objects(measure(key), WG.order)) == [Literal(int(order))]
    assert list(graph().objects(measure(key), WG.carriesOut)) == [measure(part)]
    assert (measure(key), WG.doesNotState, WG.isPerformedBy) in graph()


def test_silences_are_these_and_each_has_its_short_form() -> None:
    missing, lost = "not-in-held-text", "lost-in-copy"
    expected = {
        (PLAN, term, missing)
        for term in (
            WG.hasPeriod,
            WG.isIssuedBy,
            WG.hasPlanType,
            WG.hasLegalBasis,
            WG.Philosophy,
            WG.Actor,
            WG.ReviewArrangement,
            DCTERMS.title,
        )
    }
    expected |= {(measure(key), WG.isPerformedBy, missing) for key in ITEMS}
    expected |= {
        (measure("x1"), WG.number, missing),
        (measure("08"), WG.contributesToSDG, lost),
        (PLAN, WG.contributesToSDG, lost),
        (DOCUMENT, DCTERMS.publisher, missing),
    }
    assert STATED.silences() == expected


def test_target_groups_and_settings_are_those_whose_words_are_printed() -> None:
    scheme = BASE + "scheme/"
    foreign = URIRef(scheme + "target-group/foreign-residents")
    assert set(graph().subject_objects(WG.namesTargetGroup)) == {
        (measure("x1"), foreign),
        (measure("x1/part/1"), foreign),
        (
            measure("08/part/2#item-2"),
            URIRef(scheme + "target-group/persons-in-need"),
        ),
    }
    assert set(graph().subject_objects(WG.takesPlaceIn)) == {
        (measure("08"), URIRef(scheme + "setting/ibasho")),
        (measure("08/part/1#item-2"), URIRef(scheme + "setting/ibasho")),
        (
            measure("x1/part/1#item-4"),
            URIRef(scheme + "setting/consultation-desk"),
        ),
        (measure("10/part/1#item-4"), URIRef(scheme + "setting/community-base")),
        (measure("x1/part/1#item-2"), URIRef(scheme + "setting/school")),
    }


def test_comments_of_citizens_are_left_out_and_the_document_says_so() -> None:
    assert of(WG.Document) == {DOCUMENT}
    assert set(graph().objects(DOCUMENT, WG.isDocumentOf)) == {PLAN}
    for term in (WG.excludes, DCTERMS.rights):
        assert {language(o) for o in graph().objects(DOCUMENT, term)} == {"ja", "en"}
    assert (DOCUMENT, DCTERMS.rightsHolder, None) not in graph()
    last = max(
        int(str(locator).rpartition("L")[2]) for locator in graph().objects(None, WG.locator)
    )
    assert last == 127


def test_each_element_is_in_the_plan_and_cites_a_passage() -> None:
    kinds = (WG.Goal, WG.Measure, WG.Activity, WG.Vision, WG.Issue)
    elements = {element for kind in kinds for element in of(kind)}
    assert len(elements) == 45
    for element in elements:
        assert set(graph().objects(element, WG.inPlan)) == {PLAN}
        passages = {
            *graph().objects(element, WG.isStatedIn),
            *graph().objects(element, WG.isTitledIn),
        }
        assert set() != passages <= of(WG.Passage)
