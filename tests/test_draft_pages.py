"""What whole volumes print and single shapes do not show, each as small as it can be."""

from __future__ import annotations

import pytest

from test_draft_recognisers import HEAD, WELFARE, acts, drafted, tree
from test_draft_shapes import page, shape
from welfaregraph.documents import Document, Line
from welfaregraph.draft import actors, draft_plan
from welfaregraph.draft.columns import one_below_the_other

ROWS = "|取組|7年度|8年度|\n|---|---|---|\n|敬老会|実施|→|\n"


def test_a_long_list_of_names_is_looked_at_once(monkeypatch):
    seen: list[str] = []
    known = actors.is_actor_name
    monkeypatch.setattr(actors, "is_actor_name", lambda t: (seen.append(t), known(t))[1])
    assert actors.actors_in("・".join(["市民", "地域", "市"] * 4) + "・謎の人影") == ()
    assert len(seen) < 500


@pytest.mark.parametrize("cell", ["1-1 見守り<br>1-2 集い", "1-1 見守<br>り<br>1-2 集い"])
def test_a_cell_of_a_chart_with_several_measures(cell):
    table = f"<table><tr><th>基本目標<th>施策<tr><td>基本目標1 つながる<td>{cell}"
    more = "<tr><td>基本目標2 備える<td>2-1 訓練</table>"
    found = {goal: list(measures) for goal, measures in shape(page(table + more)).items()}
    assert found == {"つながる": ["見守り", "集い"], "備える": ["訓練"]}


@pytest.mark.parametrize("head", ["基本目標{}　", "目標{}\n"])
def test_goals_told_with_a_verb(head):
    text = "力を高めます\n施策１　見守り\n"
    more = "暮らしを支えます\n施策１　相談\n"
    found = tree(head.format("１") + text + head.format("２") + more)
    assert found == {"力を高めます": ["見守り"], "暮らしを支えます": ["相談"]}


def test_a_sentence_below_a_goal_is_no_title_of_it():
    text = "基本目標１　つながる\n施策１　見守り\n基本目標１ 声を聞きます\n"
    assert tree(text) == {"つながる": ["見守り"]}


def test_parts_of_a_volume_are_no_goals():
    general = "第１部　総論\n１－１　道すじ\n１－２　歩み\n"
    text = f"{general}第２部　各論\n２－１　見守り\n２－２　集い\n"
    assert not {"総論", "各論"} & set(tree(text))


def test_measures_in_a_table_below_their_issues():
    table = (
        "<table><tr><th>施策<th>主な取組<th>担当課<tr><td>(1) 見守り<td>訪問<td>福祉課</table>"
    )
    html = f"<h2>基本目標1 つながる</h2><p>現状・課題<ul><li>孤立</ul><p>施策と主な取組{table}"
    assert shape(page(html)) == {"つながる": {"見守り": [("government", "訪問")]}}


@pytest.mark.parametrize(
    "table",
    [
        "<tr><th>町民<th>町<tr><td>・集う<td>・講座を開く（福祉課・教育課）",
        "<tr><td>町民<td>・集う<tr><td>町<td>・講座を開く（福祉課）",
    ],
)
def test_departments_behind_what_cells_hold(table):
    html = f"<h2>基本目標1 つながる</h2><h3>施策1 見守り</h3><table>{table}</table>"
    done = [("citizen", "集う"), ("government", "講座を開く")]
    assert shape(page(html)) == {"つながる": {"見守り": done}}


def test_numbered_names_with_departments_in_brackets():
    names = "①敬老会　【福祉課】\n　集いを開きます。\n②配食　【福祉課】\n③講座　【教育課】\n"
    done = [("government", name) for name in ("敬老会", "配食", "講座")]
    assert acts(f"{HEAD}主な取組\n{names}協働の指針\n市民の役割\n・集う\n") == [
        *done,
        ("citizen", "集う"),
    ]
    plan = drafted(f"{HEAD}主な取組\n・見守り隊\n協働の指針\n市民の役割\n・集う\n")
    assert [item.text for item in plan.goals[0].measures[0].items] == ["見守り隊"]


def test_numbered_parts_with_bullets_are_not_done_by_the_department_alone():
    text = "".join(f"{n}取組（福祉課）\n・訪問{n}\n" for n in "①②③")
    assert not [label for _, label in acts(HEAD + text) if label == "取組"]


def test_a_period_whose_months_are_in_kanji():
    plan = drafted(
        f"村の地域福祉計画\n計画の期間\n令和六年四月から令和十一年三月まで\n{WELFARE}"
    )
    assert plan.period
    assert (plan.period.start_fiscal_year, plan.period.end_fiscal_year) == (2024, 2028)


@pytest.mark.parametrize("term", ["民生委員　{}", "民生委員\n{}"])
def test_actors_that_a_glossary_explains_do_nothing(term):
    told = term.format("住民の立場に立って相談や援助を行う人。")
    text = f"{HEAD}【市民】\n・集う\n"
    assert acts(f"{text}用語の説明\n{told}\n【地域】\n・見守る\n") == [
        ("citizen", "集う"),
        ("community", "見守る"),
    ]
    assert acts(f"{text}２　用語集\n{told}\n") == [("citizen", "集う")]


def test_the_last_line_of_boxes_before_a_wide_gap():
    texts = ["市民の取組      市の取組", "・集う        ・貸す", "・話す", "", "", "次の節"]
    lines = [Line(n, text) for n, text in enumerate(texts, 1)]
    found = [line.text for line in one_below_the_other(lines)]
    assert found == ["市民の取組", "・集う", "・話す", "市の取組", "・貸す", "", "", "次の節"]


@pytest.mark.parametrize("rest", [("けます\n・話す", "う"), ("す", "す")])
def test_a_row_that_a_page_parts_within_its_bullets(rest):
    begun = ("・声をかけま", "・集いま") if rest[0] == "す" else ("・声をか", "・集")
    rows = [("町民", "地域"), begun, rest]
    head = [Line(n, text, page=1) for n, text in enumerate(HEAD.split("\n")[:2], 1)]
    cells = [
        Line(n, "\t".join(row), cells=row, page=2 if n == 5 else 1)
        for n, row in enumerate(rows, 3)
    ]
    plan = draft_plan([Document("a.pdf", "0" * 64, "", (*head, *cells), format="pdf")])
    found = [(a.actor, a.label.text) for a in plan.goals[0].measures[0].activities]
    whole = [("citizen", "声をかけます"), ("community", "集います")]
    told = [("citizen", "声をかけます"), ("citizen", "話す"), ("community", "集う")]
    assert found == (whole if rest[0] == "す" else told)


def test_a_table_of_years_below_the_heading_of_who_acts():
    text = f"{HEAD}【社協の取組と年次計画】\n{ROWS}【市民】\n・集う\n"
    assert acts(text) == [("council", "敬老会"), ("citizen", "集う")]


def test_bullets_that_speak_of_meetings_are_what_actors_do():
    text = f"{HEAD}【地域】\n・懇談会で地域の課題を話し合います\n・集います\n"
    assert acts(text) == [
        ("community", "懇談会で地域の課題を話し合います"),
        ("community", "集います"),
    ]


def test_the_philosophy_in_a_row_of_a_table():
    rows = "<tr><th>計画の期間<td>令和7年度～11年度<tr><th>基本理念<td>ともに認め、ともに創る村"
    plan = page(f"<table>{rows}</table><h2>基本目標1 つながる</h2><h3>施策1 見守り</h3>")
    assert plan.philosophy
    assert plan.philosophy.text == "ともに認め、ともに創る村"


def test_contained_plans_in_brackets_below_the_title():
    cover = "第２次水野村地域福祉計画\n（水野村再犯防止推進計画）令和７年３月　水野村\n"
    plan = drafted(f"{cover}{HEAD}【村民】\n・集う\n{WELFARE}")
    assert [each.text for each in plan.contained_plans] == ["水野村再犯防止推進計画"]
