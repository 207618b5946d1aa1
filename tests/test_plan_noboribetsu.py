"""登別市地域福祉計画（第3期）: the graph says what the chapter held prints, and no more."""

from __future__ import annotations

import pytest
from rdflib import DCTERMS, RDFS, SKOS, Literal, URIRef
from rdflib.term import Node

from stated import WG, Stated, slug

STATED = Stated("012301/community-welfare/3")
graph, thing, of, locators = STATED.graph, STATED.thing, STATED.of, STATED.locators
BASE = "https://w3id.org/welfaregraph/"
SCHEME = BASE + "scheme/"
PLAN = STATED.plan
KIZUNA = URIRef(BASE + "id/012301/kizuna/undated")
DOCUMENT = URIRef(BASE + "id/doc/noboribetsu-plan")
CONTAINED = URIRef(f"{PLAN}/contained/recidivism-prevention")

GOALS = {
    1: "共に支え合うまちづくり",
    2: "のびやかな人生が息づくまちづくり",
    3: "健康を守り育てるまちづくり",
    4: "やさしさに満ちたまちづくり",
    5: "安心して子どもを生み、健やかに育つまちづくり",
    6: "男女が共に参画するまちづくり",
    7: "安全で安心して暮らせるまちづくり",
}
TITLED_AT = {
    1: {"L170", "L195-L197"},
    2: {"L172", "L199-L203"},
    3: {"L174", "L205-L207"},
    4: {"L176", "L209-L211"},
    5: {"L178-L180", "L213-L217"},
    6: {"L184", "L219-L221"},
    7: {"L186", "L223-L227"},
}
FIELDS = {
    1: {"福祉推進体制の整備"},
    2: {"高齢者福祉"},
    3: {"健康推進"},
    4: {"障がい者（児）福祉"},
    5: {"子育て"},
    6: {"男女共同参画"},
    7: {"困窮者支援", "防災", "防犯", "再犯防止"},
}
MEASURES = {
    "1-1": ("ノーマライゼーション理念の普及", "L248"),
    "1-2": ("包括的な支援体制の構築", "L250"),
    "1-3": ("地域福祉活動の推進", "L252"),
    "2-1": ("長寿社会の基盤づくり", "L254"),
    "2-2": ("高齢者福祉の充実", "L256"),
    "2-3": ("介護サービスの充実", "L258"),
    "3-1": ("健康づくり意識の確立", "L260"),
    "3-2": ("保健予防活動の充実", "L262"),
    "3-3": ("地域医療の充実", "L264"),
    "4-1": ("障がい者（児）への理解", "L266"),
    "4-2": ("障がい者（児）の自立支援", "L268"),
    "4-3": ("障がい者（児）の社会参加の促進", "L270"),
    "5-1": ("子育ての不安と負担の軽減", "L272"),
    "5-2": ("児童虐待の防止", "L274"),
    "6-1": ("男女の人権が尊重される社会の実現", "L276"),
    "6-2": ("男女があらゆる分野に参画することができる社会の実現", "L278-L280"),
    "7-1": ("自立した暮らしへの支援", "L282"),
    "7-2": ("総合防災体制の整備", "L284"),
    "7-3": ("地域ぐるみでの見守り・防犯体制の整備", "L286"),
    "7-4": ("再犯防止等の推進", "L288"),
}
ROLES = {
    "1-1": ("expected", {"citizen"}, "L91-L93", "期待される立場にあります。"),
    "1-2": ("expected", {"citizen"}, "L95-L99", "体的な取組が期待されます。"),
    "2-1": ("expected", {"community", "volunteer"}, "L103-L105", "期待されています。"),
    "2-2": (
        "expected",
        {"council", "neighbourhood-association"},
        "L105-L109",
        "充実させることが期待されます。",
    ),
    "3-1": ("expected", {"business"}, "L113-L115", "提供することが期待されます。"),
    "3-2": ("required", {"business"}, "L117-L119", "進める必要があります。"),
    "3-3": ("required", {"business"}, "L121-L123", "環境づくりが求められます。"),
    "4-1": ("duty", {"government"}, "L127-L129", "推進する責務があります。"),
    "4-2": ("endeavour", {"government"}, "L129-L133", "配慮した施策を進めます。"),
    "4-3": ("will", {"government"}, "L129-L133", "配慮した施策を進めます。"),
    "4-4": ("endeavour", {"government"}, "L135-L139", "環境の整備に努めます。"),
    "4-5": ("will", {"government"}, "L141-L145", "計画を推進するものとします。"),
    "4-6": ("important", {"government", "council"}, "L146-L150", "大切になります。"),
    "4-7": ("will", {"government"}, "L152-L154", "連携した取組を進めます。"),
}
BY_SECTION = {"4-7": "L125-L154"}  # the sentence names no actor; its section does
ACTORS = {
    "citizen": ("市民", "citizen"),
    "community": ("地域", "community"),
    "business": ("事業者", "business"),
    "government": ("市", "government"),
    "council": ("社協", "council"),
    "neighbourhood-association": ("町内会等", "community"),
    "volunteer": ("ボランティア", "community"),
}
SDGS = {
    1: "貧困をなくそう",
    3: "すべての人に健康と福祉を",
    4: "質の高い教育をみんなに",
    5: "ジェンダー平等を実現しよう",
    10: "人や国の不平等をなくそう",
    11: "住み続けられるまちづくりを",
    16: "平和と公正をすべての人に",
    17: "パートナーシップで目標を達成しよう",
}
GROUPS = {
    "goal/2": {"elderly"},
    "goal/4": {"persons-with-disabilities"},
    "goal/5": {"children", "child-rearing-households"},
    "goal/6": {"women-and-men"},
    "goal/7": {"persons-in-poverty"},
    "measure/2-2": {"elderly"},
    "measure/4-1": {"persons-with-disabilities"},
    "measure/4-2": {"persons-with-disabilities"},
    "measure/4-3": {"persons-with-disabilities"},
    "measure/5-1": {"child-rearing-households"},
    "measure/5-2": {"children"},
    "measure/6-1": {"women-and-men"},
    "measure/6-2": {"women-and-men"},
}


def label(node: Node) -> str:
    return str(graph().value(node, RDFS.label))


def quotations(subject: Node) -> set[str]:
    return {
        str(quotation)
        for passage in graph().objects(subject, WG.isStatedIn)
        for quotation in graph().objects(passage, WG.quotation)
    }


def test_plan_has_its_name_edition_issuer_type_and_ordinance() -> None:
    assert label(PLAN) == "登別市地域福祉計画（第3期）"
    expected = {
        WG.edition: Literal("第3期", lang="ja"),
        WG.coversArea: URIRef(BASE + "id/area/012301"),
        WG.isIssuedBy: URIRef(BASE + "id/org/noboribetsu-city"),
        WG.hasPlanType: URIRef(SCHEME + "plan-type/community-welfare"),
        WG.hasLegalBasis: URIRef(BASE + "id/ordinance/012301/nukumori-welfare"),
        WG.isCoordinatedWith: KIZUNA,
        WG.containsPlan: CONTAINED,
    }
    found = {term: set(graph().objects(PLAN, term)) for term in expected}
    assert found == {term: {value} for term, value in expected.items()}


@pytest.mark.parametrize(
    ("locator", "quotation", "term"),
    [
        (
            "L35-L37",
            "本計画は、「登別市ぬくもりある福祉基本条例」の理念に基づく行動指針であり",
            WG.hasLegalBasis,
        ),
        (
            "L152-L154",
            "また、社協が市民の参画を得て策定するきずな計画と連携した取組を進めます。",
            WG.isCoordinatedWith,
        ),
        ("L193", "※市と社協が連携している基本目標同士を線で示しています。", WG.doesNotState),
        (
            "L435-L437",
            "ＳＤＧｓ（Sustainability Development Goals（持続可能な開発目標）の略称）",
            WG.contributesToSDG,
        ),
        ("L294", "登別市地域福祉計画（登別市）", WG.isIssuedBy),
        (
            "L288-L290",
            "(4)再犯防止等の推進（登別市再犯防止推進計画）",
            WG.containsPlan,
        ),
    ],
)
def test_plan_cites_the_words_of_its_relations(
    locator: str, quotation: str, term: URIRef
) -> None:
    passage = URIRef(f"{DOCUMENT}#{locator}")
    assert (PLAN, WG.isStatedIn, passage) in graph()
    assert (passage, WG.locator, Literal(locator)) in graph()
    assert (passage, WG.quotation, Literal(quotation, lang="ja")) in graph()
    assert (passage, WG.attests, term) in graph()


def test_document_publishes_this_plan_and_quotes_the_other() -> None:
    assert of(WG.Document) == {DOCUMENT}
    assert set(graph().objects(DOCUMENT, WG.isDocumentOf)) == {PLAN}
    assert set(graph().objects(DOCUMENT, WG.quotesPlan)) == {KIZUNA}
    city = URIRef(BASE + "id/org/noboribetsu-city")
    for term in (DCTERMS.publisher, DCTERMS.rightsHolder):
        assert set(graph().objects(DOCUMENT, term)) == {city}
    assert locators(DOCUMENT, WG.isStatedIn) == {"L294"}
    for term in (WG.heldScope, WG.excludes, DCTERMS.rights):
        said = {o for o in graph().objects(DOCUMENT, term) if isinstance(o, Literal)}
        assert {o.language for o in said} == {"ja", "en"}


def test_two_wordings_of_the_philosophy_and_a_vision() -> None:
    assert {slug(n): label(n) for n in of(WG.Philosophy)} == {
        "1": "心の通い合った温もりある地域社会の実現",
        "2": "温もりある福祉のまち のぼりべつ",
    }
    assert locators(thing("philosophy/1"), WG.isStatedIn) >= {"L7-L15", "L35-L43"}
    assert locators(thing("philosophy/2"), WG.isTitledIn) == {"L230-L245"}
    assert of(WG.Vision) == {thing("vision/1")}
    assert label(thing("vision/1")) == "誰もが安心して暮らすことができる地域社会"
    assert "L52-L58" in locators(thing("vision/1"), WG.isStatedIn)
    assert set(graph().objects(thing("vision/1"), WG.isVisionOf)) == set()


def test_seven_goals_and_no_other() -> None:
    assert {n: label(thing(f"goal/{n}")) for n in GOALS} == GOALS
    assert of(WG.Goal) == {thing(f"goal/{n}") for n in GOALS}


@pytest.mark.parametrize("number", GOALS)
def test_goal_has_its_number_two_titles_and_fields(number: int) -> None:
    goal = thing(f"goal/{number}")
    assert str(graph().value(goal, WG.number)) == str(number)
    assert graph().value(goal, WG.order) == Literal(number)
    assert locators(goal, WG.isTitledIn) == TITLED_AT[number]
    assert {str(f) for f in graph().objects(goal, WG.statedField)} == FIELDS[number]


def test_twenty_measures_and_no_other() -> None:
    assert len(MEASURES) == 20
    assert of(WG.Measure) == {thing(f"measure/{key}") for key in MEASURES}
    assert set(graph().subject_objects(WG.isPartOfMeasure)) == set()


@pytest.mark.parametrize("key", MEASURES)
def test_measure_has_its_title_number_place_and_goal(key: str) -> None:
    measure, (goal, place) = thing(f"measure/{key}"), key.split("-")
    title, locator = MEASURES[key]
    assert label(measure) == title
    assert locators(measure, WG.isTitledIn) == {locator}
    assert list(graph().objects(measure, WG.number)) == [Literal(f"({place})")]
    assert list(graph().objects(measure, WG.order)) == [Literal(int(place))]
    assert list(graph().objects(measure, WG.pursuesGoal)) == [thing(f"goal/{goal}")]


@pytest.mark.parametrize("key", MEASURES)
def test_goal_of_a_measure_is_read_by_layout_and_says_so(key: str) -> None:
    passages = [
        passage
        for passage in graph().objects(thing(f"measure/{key}"), WG.isStatedIn)
        if (passage, WG.attests, WG.pursuesGoal) in graph()
    ]
    assert len(passages) == 1
    reading = graph().value(passages[0], WG.isReadAs)
    assert reading == URIRef(SCHEME + "reading/layout-order")
    assert MEASURES[key][0] in str(graph().value(passages[0], WG.quotation))


def test_contained_plan_is_printed_under_the_last_measure() -> None:
    assert label(CONTAINED) == "登別市再犯防止推進計画"
    kind = URIRef(SCHEME + "plan-type/recidivism-prevention")
    assert set(graph().objects(CONTAINED, WG.hasPlanType)) == {kind}
    assert set(graph().subjects(WG.carriesOutPlan, CONTAINED)) == {thing("measure/7-4")}
    assert set(graph().subject_objects(WG.containsPlan)) == {(PLAN, CONTAINED)}
    assert set(graph().objects(CONTAINED, WG.hasLegalBasis)) == set()
    assert (CONTAINED, WG.doesNotState, WG.hasLegalBasis) in graph()


def test_actors_have_their_kinds() -> None:
    found = {
        slug(actor): (label(actor), *map(slug, graph().objects(actor, WG.isOfKind)))
        for actor in of(WG.Actor)
    }
    assert found == ACTORS
    parts = {(slug(s), slug(o)) for s, o in graph().subject_objects(WG.isPartOfActor)}
    assert parts == {
        ("council", "community"),
        ("neighbourhood-association", "community"),
        ("volunteer", "community"),
    }
    also = {(slug(s), slug(o)) for s, o in graph().subject_objects(WG.alsoCoversKind)}
    assert also == {("community", "council")}
    bodies = {(slug(s), slug(o)) for s, o in graph().subject_objects(WG.isBody)}
    assert bodies == {("government", "noboribetsu-city"), ("council", "noboribetsu-council")}
    alternative = graph().value(thing("actor/business"), SKOS.altLabel)
    assert alternative == Literal("サービス事業者", lang="ja")


def test_fourteen_roles_in_printed_order_and_no_other() -> None:
    assert of(WG.RoleStatement) == {thing(f"role/{key}") for key in ROLES}
    orders = [graph().value(thing(f"role/{key}"), WG.order) for key in ROLES]
    assert orders == [Literal(n) for n in range(1, 15)]


@pytest.mark.parametrize("key", ROLES)
def test_role_has_its_modality_actors_and_sentence(key: str) -> None:
    role = thing(f"role/{key}")
    modality, actors, locator, ending = ROLES[key]
    assert [slug(m) for m in graph().objects(role, WG.hasModality)] == [modality]
    assert {slug(a) for a in graph().objects(role, WG.concernsActor)} == actors
    section = {BY_SECTION[key]} if key in BY_SECTION else set()
    assert locators(role, WG.isStatedIn) == {locator} | section
    text = str(graph().value(role, WG.text))
    assert text.endswith(ending)
    assert label(role) in text
    assert text in quotations(role)


@pytest.mark.parametrize("key", ROLES)
def test_a_passage_is_evidence_of_the_actors_of_a_role(key: str) -> None:
    attesting = {
        passage
        for passage in graph().objects(thing(f"role/{key}"), WG.isStatedIn)
        if (passage, WG.attests, WG.concernsActor) in graph()
    }
    found = {str(graph().value(passage, WG.locator)) for passage in attesting}
    assert found == {BY_SECTION.get(key, ROLES[key][2])}


def test_eight_sdgs_are_claimed_for_the_plan_alone() -> None:
    claims = set(graph().subject_objects(WG.contributesToSDG))
    assert claims == {(PLAN, URIRef(f"http://metadata.un.org/sdg/{n}")) for n in SDGS}
    assert set(SDGS.values()) <= quotations(PLAN)


def test_counts_that_the_text_declares() -> None:
    counts = {
        (
            graph().value(count, WG.statedNumber),
            graph().value(count, WG.countsTerm),
            *locators(count, WG.isStatedIn),
        )
        for count in graph().objects(PLAN, WG.statesCount)
    }
    assert counts == {
        (Literal(7), WG.Goal, "L158-L160"),
        (Literal(8), WG.contributesToSDG, "L445-L447"),
    }


def test_bodies_that_the_plan_names_as_sources_of_its_pictures() -> None:
    bodies = {(subject, slug(body)) for subject, body in graph().subject_objects(WG.namesBody)}
    assert bodies == {(PLAN, "mhlw"), (PLAN, "undp")}


def test_target_groups_are_those_whose_words_are_printed() -> None:
    found: dict[str, set[str]] = {}
    for subject, group in graph().subject_objects(WG.namesTargetGroup):
        found.setdefault(str(subject).removeprefix(f"{PLAN}/"), set()).add(slug(group))
    assert found == GROUPS


def test_silences_are_these_and_each_has_its_short_form() -> None:
    missing, lost = "not-in-held-text", "lost-in-copy"
    expected = {
        (PLAN, WG.hasPeriod, missing),
        (PLAN, WG.Activity, missing),
        (PLAN, WG.Statute, missing),
        (PLAN, WG.ReviewArrangement, missing),
        (CONTAINED, WG.hasLegalBasis, missing),
    }
    for n in GOALS:
        expected.add((thing(f"goal/{n}"), WG.contributesToSDG, missing))
        expected.add((thing(f"goal/{n}"), WG.isCoordinatedWith, lost))
    assert STATED.silences() == expected


@pytest.mark.parametrize("term", [WG.hasPeriod, WG.isPerformedBy, WG.isSubordinateTo])
def test_nothing_is_said_that_is_not_printed(term: URIRef) -> None:
    assert set(graph().subject_objects(term)) == set()


def test_each_element_is_in_the_plan_and_cites_a_passage() -> None:
    kinds = (
        WG.Goal,
        WG.Measure,
        WG.Philosophy,
        WG.Vision,
        WG.Actor,
        WG.RoleStatement,
        WG.StatedCount,
    )
    elements = {element for kind in kinds for element in of(kind)}
    assert len(elements) == 53
    for element in elements:
        assert set(graph().objects(element, WG.inPlan)) == {PLAN}
        passages = {
            *graph().objects(element, WG.isStatedIn),
            *graph().objects(element, WG.isTitledIn),
        }
        assert set() != passages <= of(WG.Passage)
