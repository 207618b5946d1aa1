"""The integrated plan of 小樽, read off its documents by eye: what the graph must say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS, XSD

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[1]
WG = Namespace("https://w3id.org/welfaregraph/ns#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
ID = Namespace("https://w3id.org/welfaregraph/id/")
SCHEME = Namespace("https://w3id.org/welfaregraph/scheme/")
PLAN = ID["012033/community-welfare-integrated/1"]
CITY = PLAN + "/component/community-welfare"
COUNCIL = PLAN + "/component/community-welfare-activity"
FILE = (
    ROOT / "graphs" / "plans" / "012033" / "community-welfare-integrated" / "1" / "stated.ttl"
)
G = Graph().parse(FILE, format="turtle")

GOALS = {
    "1": "つながりを持てる地域づくり",
    "2": "「助けて」と言える地域づくり",
    "3": "安心して暮らせる地域づくり",
}
MEASURES = {
    "1": ("1", "地域住民同士がつながるための拠点づくり"),
    "2": ("1", "市民自らが小樽観光を楽しむための環境づくり"),
    "3": ("1", "地域におけるボランティア活動の推進"),
    "4": ("1", "町内会活動への参加促進"),
    "5": ("1", "多様な世代のつながりづくり"),
    "6": ("2", "困りごとを抱えた方への支援"),
    "7": ("2", "地域で子どもを育てる環境の整備"),
    "8": ("2", "漏れのない相談支援体制づくり"),
    "9": ("2", "福祉サービスの適切な利用の促進"),
    "10": ("2", "権利を擁護する取組の推進"),
    "11": ("3", "空き家対策及び居住支援の充実"),
    "12": ("3", "災害時における支え合いの仕組みづくり"),
    "13": ("3", "雪との共生"),
    "14": ("3", "持続可能な買い物支援の実現"),
    "15": ("3", "地域の防犯体制の構築及び推進"),
}
ACTORS = {
    "citizen": "市民一人ひとり",
    "community": "地域",
    "business": "事業者や団体等",
    "government": "行政（小樽市）",
    "council": "小樽市社会福祉協議会",
}
ACTIVITIES = {
    "1#citizen-1": "あいさつや声かけ",
    "1#government-1": "共生型常設型の居場所を立ち上げる",
    "1#government-2": "SNS等による情報発信",
    "2#citizen-2": "小樽の魅力をSNS等で発信",
    "3#business-2": "従業員への参加の促し",
    "4#community-1": "町内会の目的を伝え、あり方を話し合う機会を持つ",
    "5#council-2": "世代を超えたコミュニケーションが図れる環境づくりの支援",
    "6#government-2": "犯罪をした人が孤立することなく生活できるよう取り組む",
    "7#government-1": "小樽市子育て世代包括支援センター「にこにこ」の周知",
    "8#government-2": "包括的な支援体制を整備するため、関係機関と議論を進める",
    "9#business-2": "人材育成や職場環境の向上に努める",
    "10#council-1": "日常生活自立支援事業やあんしんサービス事業の周知",
    "11#government-2": "住居確保給付金の周知",
    "12#citizen-2": "防災さんぽを行う",
    "12#council-1": "災害ボランティア講座の開催",
    "12#council-2": "小樽市災害ボランティアセンター設置・運営マニュアルの整備",
    "13#citizen-2": "雪出しや路上駐車をしない",
    "14#business-2": "福祉施設の送迎車を活用した買い物支援等を検討する",
    "15#council-2": "地域住民による見守りの取組を支援する",
}
MARKS = {
    "1#government-1": {"共生型常設型"},
    "1#government-2": {"SNS"},
    "2#citizen-2": {"SNS"},
    "10#council-1": {"日常生活自立支援事業", "あんしんサービス事業"},
    "11#government-2": {"住居確保給付金"},
    "12#citizen-2": {"防災さんぽ"},
}
BODIES = {
    "7#government-1": "otaru-nikoniko-center",
    "8#council-1": "otaru-welfare-commissioners",
    "10#business-2": "otaru-kitashiribeshi-guardianship-center",
    "10#government-2": "otaru-kitashiribeshi-guardianship-center",
    "12#council-2": "otaru-disaster-volunteer-center",
}
SUBORDINATE = {
    "elderly-health-welfare": "小樽市高齢者保健福祉計画",
    "long-term-care-insurance": "小樽市介護保険事業計画",
    "persons-with-disabilities": "小樽市障害者計画",
    "disability-welfare": "小樽市障害福祉計画",
    "child-disability-welfare": "小樽市障害児福祉計画",
    "child-and-childcare-support": "小樽市子ども・子育て支援事業計画",
}
COORDINATED = {
    "disaster-prevention": "小樽市地域防災計画",
    "tourism": "小樽市観光基本計画",
    "vacant-houses": "小樽市空家等対策計画",
    "snow": "小樽市雪対策基本計画",
}
EDITIONS = {
    "general": {7},
    "child-and-childcare-support": {2, 3},
    "persons-with-disabilities": {3, 4},
    "elderly-health-welfare": {8, 9, 10},
    "long-term-care-insurance": {8, 9, 10},
    "disability-welfare": {6, 7, 8},
    "child-disability-welfare": {2, 3, 4},
}


def label(subject: Node) -> str:
    [text] = G.objects(subject, RDFS.label)
    assert isinstance(text, Literal)
    assert text.language == "ja"
    return str(text)


def at(path: str) -> URIRef:
    return URIRef(f"{PLAN}/{path}")


def measure(path: str) -> URIRef:
    return at(f"measure/{path}")


def series(slug: str) -> URIRef:
    return ID[f"012033/{slug}"]


def texts(subject: Node, predicate: URIRef) -> set[str]:
    return {str(o) for o in G.objects(subject, predicate)}


def quotations(subject: Node, predicate: URIRef) -> set[str]:
    return {
        re.sub(r"\s", "", unicodedata.normalize("NFKC", str(q)))
        for passage in G.objects(subject, predicate)
        for q in G.objects(passage, WG.quotation)
    }


def places(subject: Node, predicate: URIRef) -> set[str]:
    return {str(o).removeprefix(f"{ID}doc/") for o in G.objects(subject, predicate)}


def test_goals_are_titled_in_both_documents() -> None:
    goals = set(G.subjects(RDF.type, WG.Goal))
    assert goals == {at(f"goal/{n}") for n in GOALS}
    for number, title in GOALS.items():
        goal = at(f"goal/{number}")
        assert label(goal) == title
        assert texts(goal, WG.number) == {number}
        assert G.value(goal, WG.order) == Literal(int(number))
        assert quotations(goal, WG.isTitledIn) == {title}
        assert len(G.value(goal, WG.text) or "") > 80
    assert places(at("goal/1"), WG.isTitledIn) == {
        "otaru-plan-a#L93",
        "otaru-plan-a#L249",
        "otaru-digest#L28",
    }


def test_measures_stand_under_their_goals() -> None:
    assert set(G.subjects(RDF.type, WG.Measure)) == {measure(n) for n in MEASURES}
    found = {
        str(G.value(m, WG.number)): (
            str(G.value(m, WG.pursuesGoal)).removeprefix(f"{PLAN}/goal/"),
            label(m),
        )
        for m in G.subjects(RDF.type, WG.Measure)
    }
    assert found == MEASURES
    assert Counter(goal for goal, _ in found.values()) == {"1": 5, "2": 5, "3": 5}


def test_only_measure_9_is_titled_in_two_ways() -> None:
    conflicts = {n: quotations(measure(n), WG.isTitledIn) for n in MEASURES}
    assert {n for n, found in conflicts.items() if len(found) > 1} == {"9"}
    assert conflicts["9"] == {
        "福祉サービスの適切な利用の促進",
        "福祉サービスに適切な利用の促進",
    }
    for number in MEASURES:
        documents = {p.partition("#")[0] for p in places(measure(number), WG.isTitledIn)}
        assert documents == {"otaru-plan-a", "otaru-digest"}


def test_goal_of_a_measure_is_read_by_its_place_under_the_heading() -> None:
    tables = {"1": "L28-L37", "2": "L43-L52", "3": "L62-L71"}
    for number, (goal, _) in MEASURES.items():
        attesting = {
            p
            for predicate in (WG.isStatedIn, WG.isTitledIn)
            for p in G.objects(measure(number), predicate)
            if (p, WG.attests, WG.pursuesGoal) in G
        }
        table = ID[f"doc/otaru-digest#{tables[goal]}"]
        assert attesting == {table}
        assert G.value(table, WG.isReadAs) == SCHEME["reading/layout-order"]


def test_titles_broken_over_lines_are_read_as_joined() -> None:
    for line in (33, 34, 35):
        passage = ID[f"doc/otaru-digest#L{line}"]
        assert G.value(passage, WG.isReadAs) == SCHEME["reading/line-joined"]
        assert " " in str(G.value(passage, WG.quotation))


def test_two_activities_for_each_measure_and_actor() -> None:
    activities = set(G.subjects(RDF.type, WG.Activity))
    assert activities == {
        measure(f"{n}#{actor}-{order}")
        for n in MEASURES
        for actor in ACTORS
        for order in (1, 2)
    }
    assert len(activities) == 150
    for activity in activities:
        path, _, fragment = str(activity).partition("#")
        actor, _, order = fragment.partition("-")
        assert set(G.objects(activity, WG.carriesOut)) == {URIRef(path)}
        assert set(G.objects(activity, WG.isPerformedBy)) == {at(f"actor/{actor}")}
        assert G.value(activity, WG.order) == Literal(int(order))
        assert G.value(activity, WG.inPlan) == PLAN


@pytest.mark.parametrize(("path", "words"), ACTIVITIES.items())
def test_activity_reads_as_printed(path: str, words: str) -> None:
    assert label(measure(path)) == words


def test_labels_hold_no_bullet_markup_mark_or_blank() -> None:
    labels = {label(a) for a in G.subjects(RDF.type, WG.Activity)}
    assert len(labels) == 150
    assert [text for text in labels if re.search(r"[◎☺<>*\[\]※\s]", text)] == []


def test_activities_are_examples() -> None:
    assert set(G.objects(PLAN, WG.presentsActivitiesAs)) == {SCHEME["commitment/example"]}


def test_marks_and_glossary() -> None:
    marked = {
        str(a).removeprefix(f"{PLAN}/measure/"): texts(a, WG.marksTerm)
        for a in G.subjects(RDF.type, WG.Activity)
        if (a, WG.marksTerm, None) in G
    }
    assert marked == MARKS
    assert texts(CITY, WG.marksTerm) == {"成年後見制度"}
    terms = {label(t): t for t in G.subjects(RDF.type, WG.GlossaryTerm)}
    assert set(terms) == {
        "共生型常設型（居場所）",
        "SNS",
        "日常生活自立支援事業",
        "あんしんサービス事業",
        "住居確保給付金",
        "防災さんぽ",
    }
    names = {str(name) for t in terms.values() for name in G.objects(t, SKOS.altLabel)}
    assert set().union(*MARKS.values()) <= set(terms) | names
    assert texts(terms["SNS"], SKOS.definition) == {
        "ウェブ上で社会的ネットワークを構築可能にするサービス。"
    }
    assert all(len(texts(t, SKOS.definition)) == 1 for t in terms.values())


def test_bodies_named_by_activities() -> None:
    named = {
        str(s).removeprefix(f"{PLAN}/measure/"): str(o).removeprefix(f"{ID}org/")
        for s, o in G.subject_objects(WG.namesBody)
    }
    assert named == BODIES


def test_target_groups() -> None:
    def groups(subject: Node) -> set[str]:
        return {
            str(o).removeprefix(f"{SCHEME}target-group/")
            for o in G.objects(subject, WG.namesTargetGroup)
        }

    assert {"hikikomori", "school-nonattendance"} <= groups(at("goal/2"))
    for slug in ("hikikomori", "school-nonattendance"):
        group = SCHEME[f"target-group/{slug}"]
        assert set(G.subjects(WG.namesTargetGroup, group)) == {at("goal/2")}
    assert groups(at("goal/1")) == {"tourists"}
    assert groups(measure("6#government-1")) == {"isolated-persons"}
    assert groups(measure("6#government-2")) == {"persons-who-offended"}
    assert groups(measure("10#citizen-2")) == {"persons-lacking-judgement-capacity"}
    assert groups(measure("4#government-1")) == {"young-people"}
    assert groups(measure("3#business-2")) == {"workers"}
    assert groups(measure("7#government-2")) == {"child-rearing-households"}
    assert groups(measure("9#community-1")) == {"service-users"}
    assert groups(measure("6")) == {"persons-in-need"}
    work = [a for a in G.subjects(RDF.type, WG.Activity) if "ボランティア活動の" in label(a)]
    assert len(work) >= 3
    assert [a for a in work if "volunteers" in groups(a)] == []


def test_settings() -> None:
    def at_setting(slug: str) -> set[str]:
        found = G.subjects(WG.takesPlaceIn, SCHEME[f"setting/{slug}"])
        return {str(s).removeprefix(f"{PLAN}/measure/") for s in found}

    assert at_setting("evacuation-shelter") == {"12#business-2"}
    assert at_setting("town-hall") == {"8#government-1"}
    assert {"1#government-1", "7#business-2", "11#council-1"} <= at_setting("ibasho")
    assert "11#community-2" in at_setting("community-base")
    assert {"10#business-1", "14#business-2"} <= at_setting("welfare-facility")
    assert at_setting("salon") == {"4#council-1"}
    assert at_setting("children-cafeteria") == {"7#council-2"}
    assert at_setting("consultation-desk") == {"8#government-1"}
    assert at_setting("home") == {
        "11#business-1",
        "11#business-2",
        "11#citizen-1",
        "11#council-2",
    }
    assert at_setting("vacant-house") >= {"11", "11#community-1", "11#council-1"}


def test_actors() -> None:
    assert set(G.subjects(RDF.type, WG.Actor)) == {at(f"actor/{kind}") for kind in ACTORS}
    for kind, name in ACTORS.items():
        actor = at(f"actor/{kind}")
        assert label(actor) == name
        assert set(G.objects(actor, WG.isOfKind)) == {SCHEME[f"actor-kind/{kind}"]}
    assert G.value(at("actor/government"), WG.isBody) == ID["org/otaru-city"]
    assert G.value(at("actor/council"), WG.isBody) == ID["org/otaru-council"]


def test_plan_as_a_whole() -> None:
    assert G.value(PLAN, RDF.type) == WG.IntegratedPlan
    assert label(PLAN) == "小樽市地域福祉計画・小樽市地域福祉活動計画（第1期）"
    assert texts(PLAN, SKOS.altLabel) == {"たるたる支え愛ぷらん"}
    assert texts(PLAN, WG.edition) == {"第1期"}
    assert set(G.objects(PLAN, WG.coversArea)) == {ID["area/012033"]}
    assert G.value(PLAN, DCTERMS.issued) == Literal("2021-03", datatype=XSD.gYearMonth)
    for said_of_a_component in (WG.isIssuedBy, WG.hasPlanType, WG.hasLegalBasis):
        assert (PLAN, said_of_a_component, None) not in G


def test_damaged_nickname_is_kept_as_repaired() -> None:
    passage = ID["doc/otaru-digest#L5"]
    assert (PLAN, WG.isStatedIn, passage) in G
    assert str(G.value(passage, WG.quotation)) == "たると 支えあふらん 笑顔"
    assert G.value(passage, WG.isReadAs) == SCHEME["reading/repaired"]


def test_period_and_next_edition() -> None:
    period = G.value(PLAN, WG.hasPeriod)
    assert period is not None
    assert label(period) == "令和3年度から令和5年度までの3年間"
    assert G.value(period, DCAT.startDate) == Literal("2021-04-01", datatype=XSD.date)
    assert G.value(period, DCAT.endDate) == Literal("2024-03-31", datatype=XSD.date)
    assert G.value(period, WG.startFiscalYear) == Literal(2021)
    assert G.value(period, WG.endFiscalYear) == Literal(2023)
    assert G.value(period, WG.lengthInYears) == Literal(3)
    following = ID["012033/community-welfare-integrated/2"]
    assert set(G.subjects(WG.succeeds, PLAN)) == {following}
    assert texts(following, WG.edition) == {"第2期"}
    next_period = G.value(following, WG.hasPeriod)
    assert G.value(next_period, WG.lengthInYears) == Literal(5)
    for unprinted in (DCAT.startDate, DCAT.endDate, WG.startFiscalYear, WG.endFiscalYear):
        assert (next_period, unprinted, None) not in G
    assert set(G.objects(following, WG.doesNotState)) == {
        WG.startFiscalYear,
        WG.endFiscalYear,
    }


def test_components() -> None:
    assert set(G.subjects(WG.isComponentOf, PLAN)) == {CITY, COUNCIL}
    assert (label(CITY), label(COUNCIL)) == ("小樽市地域福祉計画", "小樽市地域福祉活動計画")
    assert set(G.objects(CITY, WG.isIssuedBy)) == {ID["org/otaru-city"]}
    assert set(G.objects(COUNCIL, WG.isIssuedBy)) == {ID["org/otaru-council"]}
    assert set(G.subject_objects(WG.isIntegratedWith)) == {(CITY, COUNCIL)}
    act = ID["law/326AC0000000045/art-107"]
    assert set(G.objects(CITY, WG.hasLegalBasis)) == {act}
    assert (COUNCIL, WG.hasLegalBasis, None) not in G


def test_contained_plans_rest_on_acts_without_article() -> None:
    guardianship = PLAN + "/contained/adult-guardianship"
    offenders = PLAN + "/contained/recidivism-prevention"
    assert set(G.subject_objects(WG.containsPlan)) == {(CITY, guardianship), (CITY, offenders)}
    assert set(G.objects(guardianship, WG.hasLegalBasis)) == {ID["law/428AC1000000029"]}
    assert set(G.objects(offenders, WG.hasLegalBasis)) == {ID["law/428AC1000000104"]}
    assert label(offenders) == "地方再犯防止推進計画"
    assert (None, WG.carriesOutPlan, None) not in G


def test_related_plans() -> None:
    assert set(G.objects(CITY, WG.isSubordinateTo)) == {series("general")}
    assert label(series("general")) == "小樽市総合計画"
    below = set(G.subjects(WG.isSubordinateTo, CITY))
    beside = set(G.objects(CITY, WG.isCoordinatedWith))
    assert {str(s).rpartition("/")[2]: label(s) for s in below} == SUBORDINATE
    assert {str(s).rpartition("/")[2]: label(s) for s in beside} == COORDINATED
    for slug in COORDINATED:
        readings = {
            G.value(p, WG.isReadAs)
            for p in G.objects(series(slug), WG.isStatedIn)
            if (p, WG.attests, WG.isCoordinatedWith) in G
        }
        assert SCHEME["reading/layout-order"] in readings
        in_text = "otaru-plan-b#L146-L150" in places(series(slug), WG.isStatedIn)
        assert in_text == (slug in {"disaster-prevention", "tourism"})


def test_editions_on_the_chart_have_no_years() -> None:
    expected = {series(f"{slug}/{n}") for slug, numbers in EDITIONS.items() for n in numbers}
    assert len(expected) == 17
    found = {
        edition
        for slug in EDITIONS
        for edition in G.subjects(WG.isEditionOf, series(slug))
        if (edition, RDF.type, WG.Plan) in G
    }
    assert found == expected
    for edition in expected:
        assert (edition, WG.doesNotState, WG.hasPeriod) in G
        assert (edition, WG.hasPeriod, None) not in G
    assert label(series("long-term-care-insurance/8")) == "小樽市介護保険事業計画（第8期）"
    assert texts(series("general/7"), WG.edition) == {"第7次"}
    assert places(series("child-disability-welfare/4"), WG.isStatedIn) >= {"otaru-plan-b#L296"}
    for line, reading in ((276, "as-printed"), (280, "as-printed"), (278, "layout-order")):
        passage = ID[f"doc/otaru-plan-b#L{line}"]
        assert G.value(passage, WG.isReadAs) == SCHEME[f"reading/{reading}"]


def test_philosophy_and_issue() -> None:
    [philosophy] = G.subjects(RDF.type, WG.Philosophy)
    assert label(philosophy) == (
        "「お互いさま」と支え合い、誰もがしあわせを実感できるまち おたる"
    )
    assert len(quotations(philosophy, WG.isTitledIn)) == 1
    assert any("ととともに" in q for q in quotations(philosophy, WG.isStatedIn))
    [issue] = G.subjects(RDF.type, WG.Issue)
    assert label(issue) == "つながりの希薄化、社会的孤立"
    [text] = texts(issue, WG.text)
    assert text.startswith("地域において支え合いの基盤が弱まってきています。")
    assert text.endswith("課題が深刻化しているケースが増えています。")


ROLES = {
    "1": (
        "共通認識を持つことが必要不可欠",
        "required",
        {"citizen", "business", "council", "government"},
        {"otaru-plan-b#L312-L314"},
    ),
    "2": (
        "互いに支え合うことが重要",
        "important",
        {"citizen", "community"},
        {"otaru-plan-a#L56-L62"},
    ),
    "3": (
        "支援を必要としている人を支えていく仕組みづくりが求められている",
        "required",
        {"citizen", "community", "business", "government"},
        {"otaru-plan-b#L94-L102", "otaru-plan-b#L133-L137"},
    ),
}


def test_roles_are_these_and_no_other() -> None:
    assert set(G.subjects(RDF.type, WG.RoleStatement)) == {at(f"role/{n}") for n in ROLES}
    for number, (name, modality, actors, lines) in ROLES.items():
        role = at(f"role/{number}")
        assert label(role) == name
        assert set(G.objects(role, WG.hasModality)) == {SCHEME[f"modality/{modality}"]}
        assert set(G.objects(role, WG.concernsActor)) == {at(f"actor/{k}") for k in actors}
        assert places(role, WG.isStatedIn) == lines


def test_review() -> None:
    [review] = G.subjects(RDF.type, WG.ReviewArrangement)
    assert set(G.objects(review, WG.isRunBy)) == {
        ID[f"org/{slug}"] for slug in ("otaru-city", "otaru-council", "otaru-plan-committee")
    }
    assert [str(f) for f in G.objects(review, WG.hasFrequency)] == ["P1Y"]


def test_counts_the_plan_states_are_true() -> None:
    stated = {
        term: number
        for count in G.objects(PLAN, WG.statesCount)
        for term in G.objects(count, WG.countsTerm)
        for number in G.objects(count, WG.statedNumber)
    }
    assert stated == {WG.Goal: Literal(3), WG.Measure: Literal(15)}
    for term, number in stated.items():
        assert len(set(G.subjects(RDF.type, term))) == number.toPython()


def test_silences_have_both_forms() -> None:
    short = set(G.subject_objects(WG.doesNotState))
    long = {
        (G.value(s, WG.isAbout), G.value(s, WG.onTerm))
        for s in G.subjects(RDF.type, WG.Silence)
    }
    contained = {
        PLAN + "/contained/adult-guardianship",
        PLAN + "/contained/recidivism-prevention",
    }
    assert short == long
    assert {s for s, term in short if term == WG.Provision} == contained
    assert {s for s, term in short if term == WG.contributesToSDG} == {PLAN}
    assert {s for s, term in short if term == WG.hasLegalBasis} == {COUNCIL}
    years = {WG.startFiscalYear, WG.endFiscalYear}
    assert {s for s, term in short if term in years} == {
        ID["012033/community-welfare-integrated/2"]
    }
    assert {s for s, term in short if term == DCTERMS.publisher} == {
        ID["doc/otaru-plan-a"],
        ID["doc/otaru-plan-b"],
    }
    assert len(short) == 1 + 2 + 1 + 17 + 2 + 2
    assert not [s for s, term in short if (s, term, None) in G]
    reasons = Counter(str(r).rpartition("/")[2] for r in G.objects(None, WG.hasReason))
    assert reasons == {"not-in-held-text": 6, "lost-in-copy": 19}


def test_documents() -> None:
    documents = set(G.subjects(RDF.type, WG.Document))
    slugs = ("otaru-plan-a", "otaru-digest", "otaru-plan-b")
    assert documents == {ID[f"doc/{slug}"] for slug in slugs}
    for document in documents:
        assert set(G.objects(document, WG.isDocumentOf)) == {PLAN}
        assert {o.language for o in G.objects(document, WG.heldScope)} == {"ja", "en"}
        assert {o.language for o in G.objects(document, DCTERMS.rights)} == {"ja", "en"}
        assert set(G.objects(document, DCTERMS.rightsHolder)) == {
            ID["org/otaru-city"],
            ID["org/otaru-council"],
        }
    digest = ID["doc/otaru-digest"]
    assert str(G.value(digest, DCTERMS.title)).startswith("たるたる支え愛ぷらん（概要版）")
    assert G.value(digest, DCTERMS.issued) == Literal("2021-03", datatype=XSD.gYearMonth)
    assert (ID["doc/otaru-plan-a"], WG.excludes, None) in G


def test_no_private_contact_is_held() -> None:
    written = FILE.read_text(encoding="utf-8")
    assert [
        word for word in ("PoRtaru", "0134", "047-", "@city", "shakyo.jp") if word in written
    ] == []


def test_every_element_has_evidence() -> None:
    elements = set(G.subjects(WG.inPlan, PLAN))
    assert len(elements) >= 180
    bare = [
        str(e)
        for e in elements
        if (e, WG.isStatedIn, None) not in G and (e, WG.isTitledIn, None) not in G
    ]
    assert bare == []
