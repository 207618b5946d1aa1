"""Each recogniser on a made-up text of its own."""

from __future__ import annotations

import pytest

from welfaregraph.documents import Document, Line
from welfaregraph.draft import draft_plan
from welfaregraph.draft.found import Draft
from welfaregraph.draft.reading import Reading

HEAD = "基本目標１　つながる\n施策１　見守り\n"
#: Without such words a text is a plan of another field.
WELFARE = "福祉と見守り、支え合い、介護、相談支援を進めます。"


def document(text: str) -> Document:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Document("plan.txt", "0" * 64, "", lines)


def drafted(*texts: str) -> Draft:
    return draft_plan([document(text) for text in texts])


def blocks(text: str) -> list[str]:
    return [block.text for block in Reading(document(text)).blocks]


def acts(text: str) -> list[tuple[str, str]]:
    plan = drafted(text)
    measures = [m for goal in plan.goals for m in goal.measures] + list(plan.unplaced_measures)
    return [(a.actor, a.label.text) for measure in measures for a in measure.activities]


def tree(text: str) -> dict[str, list[str]]:
    plan = drafted(f"{text}\n{WELFARE}")
    return {g.label.text: [m.label.text for m in g.measures] for g in plan.goals}


# What the page did


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支\nえ\n合\nう\nま\nち", ["支え合うまち"]),
        ("市⺠の⽣活", ["市民の生活"]),
        ("基 本 目 標 の 例", ["基本目標の例"]),
        ("５．安心して健やかに育\nつまちづくり", ["５．安心して健やかに育つまちづくり"]),
        ("はじめに\n- 12 -\n次の節", ["はじめに", "次の節"]),
        ("**太字**の<b>残り</b>", ["太字の残り"]),
        ("割合は32.\n6％です。", ["割合は32.6％です。"]),
        ("・声かけ\n●見守り\n- 相談", ["・声かけ", "●見守り", "- 相談"]),
    ],
)  # fmt: skip
def test_lines_become_blocks(text, expected):
    assert blocks(text) == expected


def test_an_empty_line_between_all_lines_parts_nothing():
    prose = "地域のつながりが弱まる中で孤立し、生活に困難を抱えながらも誰にも相談"
    assert blocks(f"{prose}\n\nできない人がいます。\n\n{prose}\n\nできません。")[0] == (
        prose + "できない人がいます。"
    )


def test_a_table_of_contents_names_no_goal_twice():
    text = "基本目標１　育む ……… 12\n基本目標２　守る ……… 20\n" + HEAD.replace(
        "つながる", "育む"
    )
    assert tree(text) == {"育む": ["見守り"]}


# Goals and measures


@pytest.mark.parametrize("number", ["１", "1", "Ⅰ", "①", "一", "（１）"])
def test_numbers_of_every_kind_head_goals(number):
    assert tree(f"基本目標{number}　つながる\n施策１　見守りの推進") == {
        "つながる": ["見守りの推進"]
    }


@pytest.mark.parametrize(
    "heading",
    ["（１）見守りの推進", "①見守りの推進", "１－１　見守りの推進", "【施策１】見守りの推進",
     "基本施策⑴　見守りの推進", "施策の方向１：見守りの推進", "取組１ 見守りの推進",
     "基本施策\n１\n見守りの推進"],
)  # fmt: skip
def test_measures_have_headings_of_every_kind(heading):
    assert tree(f"基本目標１ つながる\n{heading}\n現状と課題\n担い手が減っています。") == {
        "つながる": ["見守りの推進"]
    }


def test_the_number_of_a_measure_has_no_half_of_a_bracket():
    [goal] = drafted("基本目標１ つながる\n施策（２）見守りの推進\n現状と課題").goals
    assert [measure.number for measure in goal.measures] == ["2"]


def test_a_tab_between_number_and_title_parts_no_cells():
    text = "基本目標１\tつながる\n施策１－１　集いの場\n"
    assert tree(text) == {"つながる": ["集いの場"]}


def test_an_actor_beside_its_bullet_is_no_end_of_a_title():
    text = "基本目標１ つながる\n施策１　集いの場\n町民　・集まる\n行政　・場を貸す"
    assert tree(text) == {"つながる": ["集いの場"]}
    assert acts(f"{text}\n{WELFARE}") == [("citizen", "集まる"), ("government", "場を貸す")]


def test_numbers_may_begin_anew_or_run_through():
    text = "基本目標１ 育む\n{}\n基本目標２ 守る\n{}"
    expected = {"育む": ["学びの充実", "交流の充実"], "守る": ["防災の充実", "防犯の充実"]}
    anew = text.format("(1)学びの充実\n(2)交流の充実", "(1)防災の充実\n(2)防犯の充実")
    through = text.format("(1)学びの充実\n(2)交流の充実", "(3)防災の充実\n(4)防犯の充実")
    assert tree(anew) == tree(through) == expected


def test_a_diagram_gives_measures_where_numbers_begin_anew():
    text = "基本目標\n１　育む地域\n２　守る地域\n(1)学びの充実\n(2)交流の充実\n(1)防災の充実"
    assert tree(text) == {"育む地域": ["学びの充実", "交流の充実"], "守る地域": ["防災の充実"]}


def test_a_diagram_that_does_not_say_whose_they_are_leaves_them_unplaced():
    text = "基本目標１ 育む\n基本目標２ 守る\n施策１ 学び\n施策２ 防災\n施策３ 相談"
    plan = drafted(f"{text}\n{WELFARE}")
    assert [goal.measures for goal in plan.goals] == [(), ()]
    assert [m.label.text for m in plan.unplaced_measures] == ["学び", "防災", "相談"]


def test_a_list_of_declared_length_is_goals_in_any_order():
    text = "福祉計画は、次の３つの基本目標を掲げます。\n1 育む\n3 支える\n2 守る"
    assert set(tree(text)) == {"育む", "守る", "支える"}


def test_chapters_whose_number_measures_take_up_are_goals():
    text = "第2章 やすらぐまち 福祉\n2-1 健康を推進します\n2-2 介護予防を推進します"
    assert tree(text) == {"やすらぐまち 福祉": ["健康を推進します", "介護予防を推進します"]}


def test_the_same_title_in_two_documents_is_one_measure_with_two_wordings():
    plan = drafted(
        HEAD + "施策２ 福祉の適切な利用の促進", HEAD + "施策２ 福祉に適切な利用の促進"
    )
    [_, second] = plan.goals[0].measures
    assert second.label.text == "福祉の適切な利用の促進"
    assert [w.text for w in second.wordings] == ["福祉に適切な利用の促進"]


def test_a_second_plan_is_told_apart():
    text = "基本目標１ 育む地域\n施策１ 学び\n基本目標１ 絆を結ぶ\n施策１ 座談会"
    plan = drafted(f"{text}\n{WELFARE}")
    assert [goal.label.text for goal in plan.goals] == ["育む地域"]
    assert [goal.label.text for goal in plan.other_plans[0].goals] == ["絆を結ぶ"]


@pytest.mark.parametrize(
    "box", ["コラム 学生の活動", "市民の声", "【ワークショップの意見】", "■アンケート結果"]
)
def test_columns_and_comments_are_no_items(box):
    plan = drafted(
        f"{HEAD}主な取組\n・訪問の実施\n{box}\n・公園がほしい\n・医者が近くにいると安心"
    )
    [measure] = plan.goals[0].measures
    assert [item.text for item in measure.items] == ["訪問の実施"]


def test_names_of_sdgs_are_no_goals():
    text = "目標１　つながる\n施策１　見守り\n目標３　すべての人に健康と福祉を\n"
    text += "目標11　住み続けられるまちづくりを"
    assert list(tree(text)) == ["つながる"]
    assert [sdg.number for sdg in drafted(text).sdgs] == [3, 11]


# Activities

CITIZEN = [("citizen", "声をかける")]
TWO = [("citizen", "声をかける"), ("community", "声をかける")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【市民の取組】\n・声をかける", CITIZEN),
        ("■市民一人ひとりが取り組むこと\n①声をかける", CITIZEN),
        ("自助（わたしにできること）\n●声をかける", CITIZEN),
        ("自助　わたしたちができること\n・声をかける", CITIZEN),
        ("町民\n一人ひとり\nが取り組む\nこと\n● 声をかける", CITIZEN),
        ("市\n民\n・声をかける", CITIZEN),
        ("市民・地域の取組\n・声をかける", TWO),
        ("住民や地域でできること\n・声をかける", TWO),
        ("市民　・声をかける", CITIZEN),
        (
            "市民の役割      市の役割\n・声をかける    ・支える",
            [*CITIZEN, ("government", "支える")],
        ),
        ("\t市民\t市\n\t・声をかける\t・支える", [*CITIZEN, ("government", "支える")]),
        ("主体\t取組\n市民\t・声をかける\n地域\t同上", TWO),
        ("取組\t推進者\n声をかける\t市民、地域", TWO),
        ("取組\t市民\t地域\t市\n声をかける\t○\t◎\t－", TWO),
        ("取組 市民 地域 市\n声をかける ○ ◎ －", TWO),
        (
            "取組名 内容 担当課\n声かけ 訪問して声をか 福祉課\nけます。",
            [("government", "声かけ")],
        ),
        ("市民の取組\n・声をかける\n地域の取組\n・〃", TWO),
        ("社会福祉協議会の取組\n・講座を開く", [("council", "講座を開く")]),
        ("福祉事業者・関係機関の取組\n・通報する", [("business", "通報する")]),
    ],
)
def test_actors_in_every_layout(text, expected):
    assert acts(HEAD + text) == expected


def test_a_cell_with_html_bullets_is_several_activities():
    rows = "\t市民が取り組むこと\t市が取り組むこと\n"
    cell = '【 施策 1 】 見守り\t<ul style="x"> ◎声かけ* ◎相談[*] \t<br>・支援'
    assert acts("基本目標1 つながる\n" + rows + cell) == [
        ("citizen", "声かけ"),
        ("citizen", "相談"),
        ("government", "支援"),
    ]


def test_bullets_without_an_actor_are_items():
    [measure] = drafted(HEAD + "・訪問の実施【新規】\n・相談の充実（再掲）").goals[0].measures
    assert [item.text for item in measure.items] == ["訪問の実施", "相談の充実"]
    assert measure.activities == ()


# Facts


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (
            "計画の期間は、令和６（2024）年度から令和10（2028）年度までの５年間とします。",
            (2024, 2028),
        ),
        ("本計画の期間は、平成31年度から平成35年度までの５年間です。", (2019, 2023)),
        ("計画期間：2024～2028年度", (2024, 2028)),
        ("計画期間　令和６年度～10年度", (2024, 2028)),
        ("計画期間は、令和３年４月から令和８年３月までです。", (2021, 2025)),
        ("本計画は、令和５年度を初年度とする５か年計画とします。", (2023, 2027)),
        ("国連は2030年を期限とするSDGsを掲げました。", None),
        ("アンケートは令和３年度から令和５年度までの３年間に行いました。", None),
        ("社会福祉法（昭和26年法律第45号）は平成29年に改正されました。", None),
        ("指標：令和４年度の60％から令和９年度の70％", None),
        ("第６次総合計画（令和３年度～令和12年度）を上位計画とします。", None),
    ],
)
def test_the_period_is_the_plans_own(text, years):
    period = drafted(f"第２期架空市地域福祉計画\n{HEAD}{text}").period
    assert (period and (period.start_fiscal_year, period.end_fiscal_year)) == years


@pytest.mark.parametrize(
    ("title", "editions"),
    [
        ("第３期架空市地域福祉計画", ["第3期"]),
        ("架空市地域福祉計画（第５次）", ["第5次"]),
        ("第３期さくら台市地域福祉計画・第４次さくら台市地域福祉活動計画", ["第3期", "第4次"]),
        ("架空市地域福祉計画", []),
    ],
)
def test_title_edition_and_municipality(title, editions):
    plan = drafted(f"{title}\n{HEAD}第９期介護保険事業計画と調和を図ります。")
    assert plan.plan_title
    assert plan.plan_title.text == title
    assert [found.text for found in plan.edition] == editions
    assert plan.municipality
    assert plan.municipality.text in {"架空市", "さくら台市"}
    assert len(plan.component_plans) == max(len(editions), 1)


def test_statutes_are_those_a_plan_rests_on():
    text = (
        "本計画は、社会福祉法第107条第１項に基づく計画です。\n"
        "なお、障害者基本法は平成23年に改正されました。"
    )
    found = drafted("架空市地域福祉計画\n" + HEAD + text).statutes
    assert [(s.name.text, s.article) for s in found] == [("社会福祉法", "第107条第1項")]


def test_philosophy_stands_below_its_heading():
    text = "１　基本理念\n「お互いさま」と支え合うまち\n" + HEAD
    found = drafted(text).philosophy
    assert found
    assert found.text == "「お互いさま」と支え合うまち"


def test_a_heading_said_twice_is_no_part_of_the_philosophy():
    text = "第２章　基本理念\n基本理念\n「ともに暮らし ともに支えるまち」\n" + HEAD
    found = drafted(text).philosophy
    assert found
    assert found.text == "ともに暮らし ともに支えるまち"


def test_what_is_not_printed_stays_empty():
    plan = drafted(HEAD + "【市民の取組】\n・福祉に関心を持つ")
    assert plan.is_plan
    single = (plan.municipality, plan.plan_title, plan.period, plan.philosophy, plan.vision)
    several = (plan.edition, plan.statutes, plan.sdgs, plan.glossary, plan.issuers)
    assert not any([*single, *several])


def test_a_plan_of_another_field_is_told():
    road = "基本目標１ 走りやすい道路\n施策１ 舗装の更新\n・幹線道路の舗装を計画的に進める\n"
    plan = drafted(road * 40 + "高齢者も通ります。")
    assert (plan.is_plan, plan.reason) == (False, "other-field")


def test_every_value_has_its_line():
    plan = drafted("架空市地域福祉計画\n\n" + HEAD + "・福祉の\n充実に努める")
    [measure] = plan.goals[0].measures
    assert (measure.label.place.first, measure.items[0].place.last) == (4, 6)
    assert 0 < measure.items[0].confidence <= 1


# Levels that no list of words knows


def test_a_word_is_a_level_where_its_numbers_stand_above_other_headings():
    text = (
        "分野１　暮らし\n（１）相談の充実\n・窓口の開設\n（２）住まいの確保\n・空き家の活用\n"
        "分野２　学び\n（１）講座の開催\n・出前講座"
    )
    assert tree(text) == {"暮らし": ["相談の充実", "住まいの確保"], "学び": ["講座の開催"]}


def test_a_word_with_numbers_is_no_level_where_nothing_stands_below():
    text = "地点１　駅前\n地点２　港\n基本目標１　つながる\n施策１　見守り\n・声かけ"
    assert tree(text) == {"つながる": ["見守り"]}


def test_chapters_are_goals_where_their_sections_tell_issues_and_work():
    section = "１　現状と課題\n担い手が減っています。\n２　主な施策\n○ 担い手の養成\n"
    text = (
        "第１章　計画の概要\n第１節　計画の趣旨\n趣旨を述べます。\n"
        f"第２章　支え合う村\n第１節　集いの場\n{section}第２節　学びの場\n{section}"
    )
    assert tree(text) == {"支え合う村": ["集いの場", "学びの場"]}


def test_actors_in_brackets_end_bullets():
    text = (
        f"{HEAD}・窓口を開きます。（市・社会福祉協議会）\n"
        "・声をかけます。（住民）\n・配達中に見守ります。（事業者）"
    )
    assert acts(text) == [
        ("government", "窓口を開きます。"),
        ("council", "窓口を開きます。"),
        ("citizen", "声をかけます。"),
        ("business", "配達中に見守ります。"),
    ]


def test_a_single_bracket_states_no_actor():
    assert acts(HEAD + "・名簿の整備（地域）\n・見守りの推進\n・相談の充実") == []


def test_an_ordered_list_below_a_heading_of_the_format_is_items():
    texts = (
        "基本目標１　つながる",
        "1 学びの推進",
        "1. 講座の開催",
        "2. 職員の派遣",
        "2 人材の育成",
        "1. 研修",
    )
    levels = (2, 3, 0, 0, 3, 0)
    lines = tuple(
        Line(n, t, heading=h) for n, (t, h) in enumerate(zip(texts, levels, strict=True), 1)
    )
    plan = draft_plan([Document("plan.md", "0" * 64, "", (Line(0, WELFARE), *lines))])
    (goal,) = plan.goals
    assert [(m.label.text, [i.text for i in m.items]) for m in goal.measures] == [
        ("学びの推進", ["講座の開催", "職員の派遣"]),
        ("人材の育成", ["研修"]),
    ]


def test_a_star_below_an_actor_is_a_bullet_and_elsewhere_a_note():
    text = f"{HEAD}【市民】\n＊声をかける\n＊集いに出る\n【市】\n・場を開く\n＊場：集う所"
    assert acts(text) == [
        ("citizen", "声をかける"),
        ("citizen", "集いに出る"),
        ("government", "場を開く"),
    ]


def test_rows_with_a_number_before_the_name():
    text = (
        f"{HEAD}No. 事業名 内容 担当課\n"
        "1 見守りの会 月に一度集まります。 福祉課\n2 配食【新規】 昼食を届けます。 長寿課"
    )
    assert acts(text) == [("government", "見守りの会"), ("government", "配食")]


def test_a_table_with_measures_above_and_actors_beside():
    rows = (
        ("", "(1) 見守り", "(2) 居場所"),
        ("市民", "☆声をかける", "☆行ってみる"),
        ("市", "☆協定を結ぶ", ""),
    )
    lines = (
        Line(1, "基本目標１　つながる"),
        *(Line(n, " ".join(r), cells=r) for n, r in enumerate(rows, 2)),
    )
    plan = draft_plan([Document("plan.md", "0" * 64, "", (*lines, Line(9, WELFARE)))])
    found = {
        m.label.text: [(a.actor, a.label.text) for a in m.activities]
        for m in plan.goals[0].measures
    }
    assert found == {
        "見守り": [("citizen", "声をかける"), ("government", "協定を結ぶ")],
        "居場所": [("citizen", "行ってみる")],
    }


def test_an_excerpt_may_begin_inside_a_goal():
    above = "（４）暮らしの支え\n■自助（個人）\n・手伝う\n"
    text = f"{above}基本目標２　安心\n（１）防犯\n■自助（個人）\n・相談する"
    plan = drafted(f"{text}\n{WELFARE}")
    assert [m.label.text for m in plan.unplaced_measures] == ["暮らしの支え"]
    assert tree(text) == {"安心": ["防犯"]}


def test_goals_of_the_plan_before_are_none_of_this_one():
    text = (
        "第２章　地域の現状\n３　第２期計画の評価\n基本目標１　出かけるまち\n・サロンを開いた\n"
        "第３章　施策の展開\n基本目標１　つながるまち\n施策１　見守り\n"
        "基本目標２　備えるまち\n施策１　訓練"
    )
    assert tree(text) == {"つながるまち": ["見守り"], "備えるまち": ["訓練"]}


@pytest.mark.parametrize(
    "text",
    [
        "視点１　つながる\n方策１－１　見守り\n（市民）\n○声をかける\n"
        "方策１－２　集い\n（市民）\n○集う\n"
        "視点２　備える\n方策２－１　訓練\n（市民）\n○加わる",
        "めざすまちA　つながる\nA-1　見守り\n【市民の取組】\n・声をかける\nA-2　集い\n"
        "【市民の取組】\n・集う\nめざすまちB　備える\nB-1　訓練\n【市民の取組】\n・加わる",
    ],
)
def test_levels_with_numbers_of_two_parts_and_with_letters(text):
    assert tree(text) == {"つながる": ["見守り", "集い"], "備える": ["訓練"]}
