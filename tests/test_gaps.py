"""Gaps: what was searched, the nearest thing, how sure it is; a part held and a whole plan."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from conftest import ON
from welfaregraph import queries, resources
from welfaregraph.codes import SEVERITIES
from welfaregraph.evidence import MISSING, NOTHING, SUBJECT, Evidence
from welfaregraph.gaps import Gap, Hit, Searched
from welfaregraph.speech import languages
from welfaregraph.vocab import WG

#: Words of a whole plan's gap, and of one of which a part is held.
WHOLE = {"ja": "全文による", "en": "the whole plan was searched"}
KIZUNA = "https://w3id.org/welfaregraph/id/012301/kizuna/undated"
HANDLES = [
    {"theme": "t/crime", "kind": "handle", "words": word} for word in ("防犯", "不審者")
] + [{"theme": "t/again", "kind": "handle", "words": "再犯防止"}]
DOCUMENTS = [{"plan": plan, "document": f"d/{plan}", "documentTitle": plan} for plan in "pq"]
TEXTS = [
    ("p/goal/1", "Goal", "犯罪のないまち", "犯罪のないまち。防犯"),
    ("p/measure/1", "Measure", "見守り", "不審者への声かけ"),
    ("p/measure/2", "Measure", "立ち直り", "再犯防止に取り組む"),
    ("p/measure/3", "Measure", "集い", "つながり"),
]


def a_gap(**values: str) -> Gap:
    usual = dict.fromkeys(
        ("kind", "severity", "status", "plan", "plan_label", "subject", "subject_label",
         "missing", "missing_label", "nearest", "nearest_label", "authority", "scope"), "",
    )  # fmt: skip
    return Gap(
        **(usual | {"plan": "p", "subject": "p", "status": "absent"} | values), messages={}
    )


def evidence(silences=(), names=None) -> Evidence:
    rows = [
        {"plan": "p", "element": e, "kind": WG + kind, "elementLabel": label, "words": words}
        for e, kind, label, words in TEXTS
    ]
    return Evidence(
        silences=silences,
        handles=HANDLES,
        documents=DOCUMENTS,
        texts=lambda plan: rows if plan == "p" else (),
        names=lambda thing: (names or {}).get(thing, ()),
    )


def silence(**values: str):
    usual = {"subject": "p", "term": "x", "status": "lost-in-copy", "searched": "語、言葉",
             "document": "d", "documentTitle": "D", "note": "注"}  # fmt: skip
    return usual | values


def test_a_theme_is_searched_by_its_words_and_not_in_look_alikes():
    found = evidence().told(a_gap(missing="t/crime", missing_label="防犯")).searched
    assert (found.manner, found.words) == ("words", ("防犯", "不審者"))
    assert found.documents == (("d/p", "p"),)
    assert found.hits == (
        Hit("不審者", "p/measure/1", "見守り"), Hit("防犯", "p/goal/1", "犯罪のないまち")
    ), "work first; 再犯防止 is another theme"  # fmt: skip


def test_the_nearest_thing_is_what_the_words_find_unless_the_query_knows_better():
    told = evidence().told(a_gap(missing="t/crime"))
    assert (told.nearest, told.nearest_label) == ("p/measure/1", "見守り")
    told = evidence().told(a_gap(missing="t/crime", nearest="n", nearest_label="N"))
    assert (told.nearest, told.nearest_label) == ("n", "N")
    told = evidence().told(a_gap(missing="t/crime", plan="q"))
    assert (told.nearest, told.searched.hits) == ("", ())


def test_a_name_is_searched_with_the_words_of_the_themes_it_speaks_of():
    known = evidence(names={"item": ("地方再犯防止推進計画", "集い")})
    found = known.told(a_gap(missing="item")).searched
    assert found.words == ("再犯防止", "集い", "地方再犯防止推進計画")
    assert [hit.element for hit in found.hits] == ["p/measure/2"], "集い is only its label"
    by_subject = a_gap(missing=WG + "carriesOutPlan", subject="item")
    assert known.told(by_subject, names_of=SUBJECT).searched.words == found.words
    for gap, names_of in ((by_subject, MISSING), (a_gap(missing="item"), NOTHING)):
        assert known.told(gap, names_of=names_of).searched.manner == "compared"


def test_what_a_gap_is_about_is_not_its_nearest_thing():
    found = evidence().told(a_gap(missing="t/crime", subject="p/measure/1")).searched
    assert [hit.element for hit in found.hits] == ["p/goal/1"]


def test_recorded_searches_go_before_words_and_belong_to_the_plan():
    known = evidence([silence(term="t/crime")])
    lost = a_gap(missing="t/crime", status="lost-in-copy")
    found = known.told(lost).searched
    assert found == Searched("recorded", ("語", "言葉"), (("d", "D"),), note="注")
    assert known.told(a_gap(missing="t/crime")).searched.manner == "words", "another status"
    other = a_gap(missing="t/crime", status="lost-in-copy", plan="q", subject="q")
    assert known.told(other).searched.manner == "words", "another plan"


def test_a_silence_on_another_term_counts_where_the_query_says_so():
    known = evidence([silence(subject="p/measure/3", term=WG + "pursuesGoal")])
    gap = a_gap(missing=WG + "Measure", status="lost-in-copy", subject="p/goal/1")
    assert known.told(gap, names_of=NOTHING).searched.manner == "compared"
    found = known.told(gap, silent_on=WG + "pursuesGoal").searched
    assert found.words == ("語", "言葉")


def test_what_nobody_looked_for_was_not_searched():
    found = evidence().told(a_gap(missing="t/crime", status="not-searched")).searched
    assert (found.manner, found.words, found.hits) == ("not-searched", (), ())


# --- the four plans


@pytest.fixture(scope="module")
def found(graph) -> list[Gap]:
    return graph.gaps(on=ON, lang="ja")


def test_every_row_names_what_was_searched(found):
    assert len(found) > 50
    for gap in found:
        assert gap.searched.documents, gap
        assert all(title and iri.startswith("https:") for iri, title in gap.searched.documents)
        if gap.status in ("absent", "mentioned", "not-in-held-text", "lost-in-copy"):
            assert gap.searched.words, gap.messages["ja"]
        assert set(gap.compared) == set(languages()) != set()
        assert gap.held == "excerpt"
        assert gap.scope


def test_they_are_sorted_by_severity_and_what_was_lost_is_not_held_against_a_plan(found):
    order = [SEVERITIES.index(gap.severity) for gap in found]
    assert order == sorted(order)
    unknown = [gap for gap in found if gap.status in ("lost-in-copy", "not-searched")]
    assert len(unknown) > 5
    assert {gap.severity for gap in unknown} == {"info"}


def test_known_gaps_with_their_words_and_the_nearest_thing(found):
    by = {(gap.kind, gap.plan_label[:3], gap.missing_label): gap for gap in found}
    service = by["a", "登別市", "福祉サービスの適切な利用の推進"]
    assert "苦情" in service.searched.words
    assert any("福祉サービスの利用" in hit.words for hit in service.searched.hits)
    crime = by["b", "きずな", "防犯"]
    assert {"防犯", "不審者"} <= set(crime.searched.words)
    assert crime.searched.hits == ()
    assert crime.searched.words[0] == "防犯", "the plainest first"
    again = next(gap for gap in found if gap.kind == "g")
    assert "再犯防止" in again.searched.words
    assert any("犯罪をした人" in hit.words for hit in again.searched.hits)
    goals = [gap for gap in found if gap.plan == KIZUNA and gap.status == "lost-in-copy"]
    assert len(goals) == 4
    assert all(gap.searched.words == ("対応する基本目標", "属する基本目標") for gap in goals)


def test_words_that_are_found_stand_in_the_plan(graph, found):
    for gap in found:
        said = {(r["element"], r["words"]) for r in graph.ask("plan-texts", plan=gap.plan)}
        elements = {element for element, _ in said}
        assert {hit.element for hit in gap.searched.hits} <= elements


def test_csv_and_json_tell_the_same(run):
    rows = list(csv.DictReader(io.StringIO(run("gaps", "--format", "csv", "--on", ON).out)))
    told = json.loads(run("gaps", "--format", "json", "--on", ON).out)
    assert len(rows) == len(told) > 50
    for row, other in zip(rows, told, strict=True):
        for name in ("held", "searched", "words", "documents", "sure"):
            assert row[name] == other[name]
        assert row["documents"]
        assert row["sure"] != row["status"]
    assert any("計画の全文にあるかは言えない" in row["sure"] for row in rows)


def test_the_terminal_shows_the_words_and_the_documents_once(run):
    done = run("gaps", "きずな", "--kind", "b", "--on", ON, "--lang", "en")
    assert re.search("words searched: .*“防犯”", done.out)
    assert done.out.count("第４章 第３期計画における地域福祉推進の基本") == 1
    assert "“Not found in the excerpt” does not mean" in done.out


# --- a plan held whole


@pytest.fixture
def whole(own_plan):
    """The small plan, held whole."""
    file = next(own_plan.rglob("stated.ttl"))
    text = file.read_text("utf-8")
    assert "    a wg:Document ;\n" in text
    file.write_text(
        text.replace(
            "    a wg:Document ;\n", "    a wg:Document ;\n    wg:holdsWholePlan true ;\n"
        ),
        "utf-8",
    )
    return own_plan


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_a_whole_plan_lacks_is_worded_as_lacking(run, own_plan, whole, language):
    def rows(folder):
        done = run("gaps", "999997/community-welfare/1", "--data", folder, "--on", ON,
                   "--lang", language, "--format", "csv")  # fmt: skip
        return [
            row for row in csv.DictReader(io.StringIO(done.out))
            if row["status"] in ("absent", "mentioned", "partial", "thin")
        ]  # fmt: skip

    assert whole == own_plan
    told = rows(whole)
    assert told
    for row in told:
        assert row["held"] == "whole"
        assert WHOLE[language] in row["message"]
        assert {"ja": "全文を保持しており", "en": "The whole plan is held"}[language] in row[
            "sure"
        ]
    file = next(own_plan.rglob("stated.ttl"))
    file.write_text(
        file.read_text("utf-8").replace("    wg:holdsWholePlan true ;\n", ""), "utf-8"
    )
    part = rows(own_plan)
    assert [row["missing"] for row in part] == [row["missing"] for row in told]
    for row in part:
        assert row["held"] == "excerpt"
        assert WHOLE[language] not in row["message"]


def test_every_gap_query_words_both_and_says_what_it_compares():
    known = list(queries.Catalogue(resources.QUERIES).family("gap-"))
    assert len(known) == 10
    for question in known:
        header = question.header
        assert header["compared"]
        assert header["compared_ja"]
        for language in ("ja", "en"):
            usual, whole = header[f"message_{language}"], header[f"message_{language}_whole"]
            assert WHOLE[language] in whole
            places = re.findall(r"\{\w+\}", whole)
            assert set(places) <= set(re.findall(r"\{\w+\}", usual)) != set()


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "SDGsのゴールを掲げる記載"), ("en", "no SDG")]
)
def test_a_plan_that_claims_no_sdg_is_told_so_and_not_of_a_tie(graph, language, words):
    found = [
        gap for gap in graph.gaps(kinds="e", on=ON) if gap.missing == f"{WG}contributesToSDG"
    ]
    assert {gap.status for gap in found} == {"not-in-held-text", "lost-in-copy"}
    assert all(words in gap.messages[language] for gap in found)
    tied = [gap for gap in graph.gaps(kinds="e", on=ON) if gap not in found]
    assert tied
    assert not any(words in gap.messages[language] for gap in tied)
