"""Shapes of lists, boxes and tables that plans print, each as small as it can be."""

from __future__ import annotations

import pytest

from test_draft_recognisers import HEAD, WELFARE, acts, document, drafted, tree
from welfaregraph.documents import Document
from welfaregraph.documents.hypertext import html_lines
from welfaregraph.draft import draft_plan
from welfaregraph.draft.found import Draft


def page(html: str) -> Draft:
    lines, _ = html_lines(f"<p>地域福祉計画</p>{html}")
    return draft_plan([Document("a.html", "0" * 64, "", tuple(lines), format="html")])


def shape(plan: Draft) -> dict[str, dict[str, list[tuple[str, str]]]]:
    return {
        goal.label.text: {
            m.label.text: [(a.actor, a.label.text) for a in m.activities] for m in goal.measures
        }
        for goal in plan.goals
    }


def test_all_that_html_says_of_a_term():
    dl = "<dl><dt>市民<dd>声をかける<dd>集う<dt>市<dd><ul><li>直す<li>貸す</ul></dl>"
    assert shape(page(f"<h2>基本目標1 つながる</h2><h3>施策1 見守り</h3>{dl}")) == {
        "つながる": {
            "見守り": [
                ("citizen", "声をかける"),
                ("citizen", "集う"),
                ("government", "直す"),
                ("government", "貸す"),
            ]
        }
    }


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>目標1 集う<dd>施策1 見守り<dd>施策2 集い<dt>目標2 備える<dd>施策1 訓練</dl>",
        "<table><tr><td>目標1 集う<td>・見守り<br>・集い<tr><td>目標2 備える<td>・訓練</table>",
    ],
)  # fmt: skip
def test_goals_with_their_measures_beside_them(html):
    found = {goal: list(measures) for goal, measures in shape(page(html)).items()}
    assert found == {"集う": ["見守り", "集い"], "備える": ["訓練"]}


def test_terms_of_html_end_at_headings_and_tables():
    lines, _ = html_lines("<dl><dt>市<dd><table><tr><td>一<td>二</table><dd>三<dt>民</dl><p>四")
    assert [line.cells or line.text for line in lines] == ["市", ("一", "二"), "三", "民", "四"]


def test_dashes_beside_actors_in_brackets():
    text = (
        "［市が行うこと］　－ 講座を開き、\n　　　　　　　－ 講師を育てます\n"
        "［市民が行うこと］　－ 集います\n"
    )
    assert acts(HEAD + text.replace("開き、", "開きます")) == [
        ("government", "講座を開きます"),
        ("government", "講師を育てます"),
        ("citizen", "集います"),
    ]


def test_measures_beside_goals_under_the_heads_of_a_chart():
    heads = "【基本目標】      【施策】\n"
    chart = "１ つながりを広    （１）見守り活動\nげる         （２）集いの場\n"
    assert tree(f"{heads}{chart}２ 備える       （１）防災訓練\n") == {
        "つながりを広げる": ["見守り活動", "集いの場"],
        "備える": ["防災訓練"],
    }


def test_titles_of_boxes_break_where_those_of_their_series_do():
    lines = ["２　計画の体系", "【基本目標】【施策】"]
    lines += [
        "１ 気にかけ合い、声をかけ合",
        "う地域をつくる",
        "（１）集いの場",
        "（２）見守り",
    ]
    lines += ["２ 困りごとを見逃さず、受け", "止める地域をつくる", "（１）相談の窓口"]
    lines += ["３ 安全で、暮らし続けられる", "地域をつくる", "（１）防災訓練", "（２）移動支援"]
    assert tree("\n\n".join([*lines, ""])) == {
        "気にかけ合い、声をかけ合う地域をつくる": ["集いの場", "見守り"],
        "困りごとを見逃さず、受け止める地域をつくる": ["相談の窓口"],
        "安全で、暮らし続けられる地域をつくる": ["防災訓練", "移動支援"],
    }


def test_heads_of_a_table_line_by_line_with_the_first_name_between():
    table = "取組名\n配食サービス\n内容\n担当課\n昼食を届け、安否を確かめ 福祉課\nます。\n"
    rest = "広報紙・ホームページの充 紙面を見やすくします。\n企画課\n実\n"
    rest += "講座の開催 開きます。 福祉課\n"
    names = ["配食サービス", "広報紙・ホームページの充実", "講座の開催"]
    assert acts(HEAD + table + rest) == [("government", name) for name in names]


def test_departments_below_all_rows_of_a_table():
    table = "取組名\n内容\n配食サービス 昼食を届けます。\n講座の開催\n講座を開きます。\n"
    expected = [("government", "配食サービス"), ("government", "講座の開催")]
    assert acts(f"{HEAD}{table}担当課\n福祉課\n教育課\n") == expected


def test_what_a_digest_asks_of_its_readers_after_the_last_goal_is_of_no_measure():
    goals = "基本目標１　つながる\n\n(1) 集いの場\n(2) 見守り活動\n\n\n\n"
    goals += "基本目標２　備える\n\n(1) 防災訓練\n\n\n\n"
    asked = "わたしたちにできること\n\n★ 近所の人にあいさつをしよう\n★ 避難場所を確かめよう\n"
    plan = draft_plan([document(f"{WELFARE}\n\n\n\n{goals}{asked}")])
    assert [[m.label.text for m in goal.measures] for goal in plan.goals] == [
        ["集いの場", "見守り活動"],
        ["防災訓練"],
    ]
    assert not any(m.activities or m.items for goal in plan.goals for m in goal.measures)
    beneath = drafted(f"{WELFARE}\n\n\n\n{goals.rstrip()}\n\n{asked}").goals[1].measures[0]
    assert [a.actor for a in beneath.activities] == ["citizen", "citizen"]


ROWS = "<tr><td>施策1<td>声かけの輪<tr><td>現状<td>少ない<tr><td>取組<td>"
INNER = "<table><tr><td>市民<td>・声かけ<br>・集う<tr><td>市<td>・直す</table>"


def test_tables_in_cells_of_tables():
    html = f"<h2>基本目標1 つながる</h2><table>{ROWS}{INNER}</table>"
    expected = [("citizen", "声かけ"), ("citizen", "集う"), ("government", "直す")]
    assert shape(page(html)) == {"つながる": {"声かけの輪": expected}}


def test_numbered_items_open_with_who_acts():
    text = "【具体的な取組】\n1) 〔市民〕集いに行きます。\n2) 〔市・社協〕場所を貸します。\n"
    assert acts(HEAD + text) == [
        ("citizen", "集いに行きます。"),
        ("government", "場所を貸します。"),
        ("council", "場所を貸します。"),
    ]


def test_levels_named_in_english():
    text = (
        "Ｇｏａｌ１　つながる\nＡｃｔｉｏｎ１－１　見守り\n◆市民ができること\n・声をかける\n"
        "Ａｃｔｉｏｎ１－２　集いの場\n◆市民ができること\n・集う\n"
        "Ｇｏａｌ２　備える\nＡｃｔｉｏｎ２－１　防災訓練\n◆市民ができること\n・逃げる\n"
    )
    assert tree(text) == {"つながる": ["見守り", "集いの場"], "備える": ["防災訓練"]}


@pytest.mark.parametrize("apart", ["　　　　　　　", " "])
def test_names_with_departments_at_the_end_of_their_lines(apart):
    text = (
        f"【現状と課題】\n少ない。\n主な取組{apart}担当課\n①配食サービス{apart}福祉課\n"
        f"　昼食を届け、安否を確かめます。\n②講座の開催{apart}教育委員会\n　講座を開きます。\n"
    )
    expected = [("government", "配食サービス"), ("government", "講座の開催")]
    assert acts(HEAD + text) == expected


def test_charts_drawn_with_characters():
    text = (
        "┌─ １ つながる ┬─ (1) 見守り活動\n│　　　　　　　└─ (2) 集いの場\n│\n"
        "└─ ２ 備える ┬─ (1) 防災訓練\n　　　　　　　└─ (2) 移動支援\n"
    )
    expected = {"つながる": ["見守り活動", "集いの場"], "備える": ["防災訓練", "移動支援"]}
    before = "１　基本理念\nつながる町\n２　施策の体系\n［基本目標］　　［施策］\n"
    assert tree(f"{before}{text}３　計画の推進\n") == expected


def test_tables_drawn_with_characters():
    text = (
        "┌──┬────┐\n│市民│・集いの│\n│　　│場に行く│\n├──┼────┤\n│市　│・直す　│\n└──┴────┘\n"
    )
    assert acts(HEAD + text) == [("citizen", "集いの場に行く"), ("government", "直す")]


CENTRED = (
    "基本目標1\n(1) 見守り活動\n誰もが主役とな\n(2) 集いの場\nる地域をつくる\n"
    "基本目標2\n(1) 防災訓練\n災害に強い地\n(2) 移動支援\n域をつくる\n"
)


def test_titles_of_goals_between_the_lines_of_their_measures():
    assert tree(CENTRED) == {
        "誰もが主役となる地域をつくる": ["見守り活動", "集いの場"],
        "災害に強い地域をつくる": ["防災訓練", "移動支援"],
    }


def test_measures_of_a_chart_are_told_again_by_two_numbers():
    told = "{}\n　地域の人が集まります。\n町民の役割\n●{}\n"
    text = told.format("1-(1)　見守り活動", "声をかける") + told.format(
        "1-(2)　集いの場", "集う"
    )
    plan = drafted(f"{CENTRED}- 12 -\n{text}{told.format('2-(1)　防災訓練', '逃げる')}")
    assert {
        goal: {measure: [label for _, label in acts_] for measure, acts_ in measures.items()}
        for goal, measures in shape(plan).items()
    } == {
        "誰もが主役となる地域をつくる": {"見守り活動": ["声をかける"], "集いの場": ["集う"]},
        "災害に強い地域をつくる": {"防災訓練": ["逃げる"], "移動支援": []},
    }
