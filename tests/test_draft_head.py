"""The head of a document: what its plan is called, whose it is, its years, its statutes."""

from __future__ import annotations

import pytest

from test_draft_recognisers import HEAD, WELFARE, document
from welfaregraph.draft import draft_plan
from welfaregraph.draft.names import names_in

TITLE = "第２期架空市地域福祉計画\n"


def drafted(text):
    return draft_plan([document(f"{text}\n\n{WELFARE}")])


def years(text):
    period = drafted(text).period
    return period and (period.start_fiscal_year, period.end_fiscal_year)


def texts(found):
    return [each.text for each in found]


# Names


@pytest.mark.parametrize(
    ("text", "municipality", "editions"),
    [
        ("第2次まつばら台市地域福祉計画 概要版", "まつばら台市", ["第2次"]),
        ("第2期竹の塚野町地域福祉計画", "竹の塚野町", ["第2期"]),
        ("四日市場市第3次地域福祉推進計画", "四日市場市", ["第3次"]),
        ("第4次 架空市 地域福祉活動計画 《つながるプラン》", "架空市", ["第4次"]),
        ("第四次架空市社会福祉協議会地域福祉活動計画", "架空市", ["第4次"]),
        ("社会福祉法人つきみ町社会福祉協議会\n第３次発展・強化計画", "つきみ町", ["第3次"]),
        ("地域福祉活動計画[第3期]", None, ["第3期"]),
        ("第５次汐見市\n地域福祉活動計画", "汐見市", ["第5次"]),
        ("第3期架空市地域福祉計画\n第5次架空市地域福祉活動計画", "架空市", ["第3期", "第5次"]),
        ("架空市地域福祉推進プラン\n第3期架空市地域福祉計画・第3次架空市地域福祉活動計画",
         "架空市", ["第3期", "第3次"]),
        ("# いずみ台町 地域福祉計画・地域福祉活動計画\n第2期(2021年度～2025年度)",
         "いずみ台町", ["第2期"]),
        ("架空市高齢者いきいきプラン（第10次高齢者福祉計画・第９期介護保険事業計画）", "架空市",
         ["第10次", "第9期"]),
        ("第４期　架空市地域福祉計画　ダイジェスト版", "架空市", ["第4期"]),
        ("架空町すまいるプラン(障害者計画・障害福祉計画)\n\n「第5期障害者計画」の期間は６年間です。\n\n"
         "「第7期障害福祉計画」の期間は３年間です。", "架空町", ["第5期", "第7期"]),
        ("二つの計画を一体とした「高齢者福祉計画・第9期介護保険事業計画」を定めました。", None,
         ["第9期"]),
        ("第4期幻県地域福祉支援計画", "幻県", ["第4期"]),
        (
            "# 第6次架空市総合計画 前期基本計画(令和5年度～令和8年度)\n# 福祉", "架空市",
            ["第6次"],
        ),
    ],
)  # fmt: skip
def test_titles_of_every_kind(text, municipality, editions):
    plan = drafted(text)
    assert (plan.municipality and plan.municipality.text) == municipality
    assert texts(plan.edition) == editions
    assert plan.plan_title is not None


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        ("架空市では、平成30年に「第1期架空市地域福祉計画」を策定し、推進してきました。"
         "このたび「第2期架空市地域福祉計画」を策定します。", ["第2期"]),
        ("「第３期架空市地域福祉計画」及び「第５次架空市地域福祉活動計画」の期間が終了することから、"
         "「第４期架空市地域福祉計画」と「第６次架空市地域福祉活動計画」を一体的に策定し、"
         "地域福祉を進めることとしました。", ["第4期", "第6次"]),
        ("平成31年３月に「第４次地域福祉活動計画」を策定し、進めてきました。", []),
        ("計画は、「第2次架空市地域福祉計画」と「第4次架空市地域福祉活動計画」が一体となっています。",
         ["第2次", "第4次"]),
        ("「第1次架空町地域福祉活動計画」が策定されました。", ["第1次"]),
        ("令和３年３月に「架空市第３期地域福祉計画」（令和３～７年度）を策定しました。\n"
         "このたび、期間を終えるため、「架空市第４期地域福祉計画」を策定します。", ["第4期"]),
        ("令和２年３月に「第２次架空町地域福祉計画」を策定しました。計画期間の満了に伴い、"
         "新たな計画を策定します。", []),
        ("架空市地域福祉計画の位置\n年度 R3 R4 R5 R6 R7\n地域福祉計画 第３期 第４期", []),
        ("今回、第4期の地域福祉計画を策定しました。", ["第4期"]),
    ],
)  # fmt: skip
def test_a_plan_before_this_one_gives_no_edition(text, editions):
    assert texts(drafted(text).edition) == editions


def test_a_title_over_two_lines_stands_on_both():
    found = drafted(
        "第５次汐見市\n地域福祉活動計画\n社会福祉法人汐見市社会福祉協議会"
    ).plan_title
    assert found
    assert (found.text, found.place.first, found.place.last) == (
        "第５次汐見市地域福祉活動計画",
        1,
        2,
    )


def test_coordinate_names_are_two():
    [name] = names_in("障害者計画及び障害福祉計画")
    assert name.parts == ("障害者計画", "障害福祉計画")


def test_what_an_act_calls_such_plans_is_no_plan():
    text = "市町村地域福祉計画と都道府県地域福祉支援計画は社会福祉法に定められています。"
    plan = drafted(TITLE + text)
    assert plan.related_plans == ()
    assert plan.plan_title
    assert plan.plan_title.text == TITLE.strip()


# Plans contained and related


@pytest.mark.parametrize(
    ("text", "contained"),
    [
        ("成年後見制度利用促進計画及び再犯防止推進計画を包含します。",
         ["成年後見制度利用促進計画", "再犯防止推進計画"]),
        ("「成年後見制度利用促進計画」、「再犯防止推進計画」、「生活困窮者自立支援計画」を包含します。",
         ["成年後見制度利用促進計画", "再犯防止推進計画", "生活困窮者自立支援計画"]),
        ("老人福祉法に基づく「高齢者福祉計画」及び障害者基本法に基づく「障害者計画」を包含します。",
         ["高齢者福祉計画", "障害者計画"]),
        ("次の計画を含むものです。\n（１）再犯防止推進計画（再犯の防止等の推進に関する法律第８条）\n"
         "（２）成年後見制度利用促進計画", ["再犯防止推進計画", "成年後見制度利用促進計画"]),
        ("「成年後見制度利用促進計画」と「再犯防止推進計画」を含みます",
         ["成年後見制度利用促進計画", "再犯防止推進計画"]),
        ("総合計画を上位計画とし、障害者計画と調和を図ります。", []),
    ],
)  # fmt: skip
def test_contained_plans_one_by_one(text, contained):
    assert texts(drafted(TITLE + text).contained_plans) == contained


def test_contained_plans_in_the_title():
    title = "第2期架空町地域福祉計画【架空町成年後見制度利用促進計画・架空町再犯防止推進計画】"
    plan = drafted(title)
    assert texts(plan.component_plans) == ["第2期架空町地域福祉計画"]
    assert texts(plan.contained_plans) == [
        "架空町成年後見制度利用促進計画",
        "架空町再犯防止推進計画",
    ]


def test_relations_of_other_plans():
    text = (
        "第６次架空市総合計画を上位計画とし、障害者計画及び障害福祉計画と調和を図ります。\n"
        "「第１期架空市地域福祉計画」は令和５年度で終了しました。"
    )
    found = {f.title.text: f.relation for f in drafted(TITLE + text).related_plans}
    assert found == {
        "第６次架空市総合計画": "upper",
        "障害者計画": "related",
        "障害福祉計画": "related",
        "第１期架空市地域福祉計画": "previous",
    }


# Years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("計画期間\n平成30年度から5年間\n※見直しを行います。", (2018, 2022)),
        ("計画の期間は令和6年度(20204年度)から令和10年度(2028年度)までです。", (2024, 2028)),
        ("計画期間は平成31（令和元）年度～令和5年度です。", (2019, 2023)),
        ("令和5年度▶令和9年度", (2023, 2027)),
        ("計画期間 2022年4月 ▶ 2027年3月", (2022, 2026)),
        ("計画期間は令和6年4月1日から令和11年3月31日までの5年間です。", (2024, 2028)),
        ("令和6年度を始期とし、令和10年度を終期とする5年間の計画です。", (2024, 2028)),
        ("本計画は平成29年度より10年間の計画とします。", (2017, 2026)),
        ("計画の期間\n\n令和6年度(2024年度)  令和8年度(2026年度)", (2024, 2026)),
        ("令和9年度までの5カ年にわたる計画を策定しました。", (2023, 2027)),
        ("計画期間としては、平成 27∼29 年度までの3年間とします。", (2015, 2017)),
        (
            "計画期間は、令和３年度から令和７年度まででしたが、令和８年度まで延長しました。",
            (2021, 2026),
        ),
        (
            "計画の期間は令和６年度から令和11年度までです。令和８年度に中間見直しを行います。",
            (2024, 2029),
        ),
        ("これまでの「第1期架空市地域福祉計画」（令和元年度～令和５年度）を踏まえます。", None),
        ("第1期計画（令和元年度～令和5年度）の期間が終わり、第2期計画を策定します。", None),
        (
            "令和元年度から令和5年度までを計画期間とする「架空市地域福祉計画」を平成31年に策定しました。",
            None,
        ),
    ],
)  # fmt: skip
def test_years_in_every_form(text, expected):
    assert years(TITLE + HEAD + text) == expected


# Statutes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地域福祉計画は社会福祉法第百七条に基づき策定する計画です。", ["社会福祉法第107条"]),
        (
            "本計画は社会福祉法107条及び109条に基づく計画です。",
            ["社会福祉法第107条", "社会福祉法第109条"],
        ),
        ("根拠となる法律は社会福祉法(第107条)です。", ["社会福祉法第107条"]),
        ("本計画は、老人福祉法と介護保険法に基づく計画です。", ["老人福祉法", "介護保険法"]),
        ("本計画は成年後見制度の利用の促進に関する法律（以下「促進法」という。）に基づくもので、"
         "促進法第14条第1項の市町村計画です。",
         ["成年後見制度の利用の促進に関する法律第14条第1項"]),
        ("| 計画 | 根拠 |\n| 地域福祉計画 | 社会福祉法第107条 |\n"
         "| 障害者計画 | 障害者基本法第11条 |",
         ["社会福祉法第107条"]),
        ("高齢者福祉計画は、老人福祉法第20条の8に基づく計画です。", []),
        ("本計画は老人福祉法第20条の8に基づく「高齢者福祉計画」と調和を図ります。", []),
        ("計画の対象は、社会福祉法第2条第1項で定める「社会福祉事業」です。", []),
    ],
)  # fmt: skip
def test_statutes_are_cut_where_they_begin_and_told_from_others(text, expected):
    found = drafted(TITLE + text).statutes
    assert [f"{each.name.text}{each.article}" for each in found] == expected


def test_a_statute_in_a_glossary_is_no_basis():
    text = "本計画は社会福祉法第107条に基づく計画です。\n\n用語解説\n\n"
    text += "・社会福祉協議会　社会福祉法第109条に基づく民間の団体。"
    found = drafted(TITLE + "\n" + text).statutes
    assert [each.article for each in found] == ["第107条"]


def test_a_statute_begins_after_the_name_of_the_plan_before_it():
    text = "1 計画の位置づけ 障害者計画 障害者基本法第11条第3項に定められた計画です。"
    [found] = drafted(text).statutes
    assert (found.name.text, found.article) == ("障害者基本法", "第11条第3項")


# Municipality, issuers, philosophy


def test_actors_beside_a_body_are_no_municipality():
    assert drafted(f"{HEAD}町内会や地区社会福祉協議会と連携します。").municipality is None


def test_cells_and_running_words_are_no_municipality():
    table = (
        "| 市民 | 地域 | 市 | 社会福祉協議会 |\n|---|---|---|---|\n| ・a | ・b | ・c | ・d |"
    )
    assert drafted(f"{HEAD}{table}").municipality is None


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("発　行　架空市福祉部福祉政策課", ["架空市"]),
        ("第２期計画　令和７年３月　発行　しおかぜ町保健福祉課", ["しおかぜ町"]),
        (
            "令和5年3月 あおぞら市・あおぞら市社会福祉協議会",
            ["あおぞら市", "あおぞら市社会福祉協議会"],
        ),
        ("ふたば市福祉課 / 社会福祉法人ふたば市社会福祉協議会",
         ["ふたば市", "社会福祉法人ふたば市社会福祉協議会"]),
    ],
)  # fmt: skip
def test_issuers_of_covers_and_colophons(text, issuers):
    assert texts(drafted(f"{text}\n{HEAD}").issuers) == issuers


@pytest.mark.parametrize(
    ("text", "philosophy"),
    [
        (
            "基本理念を『みんなでささえあうまち』として、目標を示します。",
            "みんなでささえあうまち",
        ),
        ("「ともに暮らす安心のまち」を基本理念に定めました。", "ともに暮らす安心のまち"),
        (
            "第１期計画を策定し、「手をつなぐまちづくり」を基本理念に掲げて進めてきました。",
            None,
        ),
    ],
)
def test_the_philosophy_of_a_plan_before_is_not_this_plans(text, philosophy):
    found = drafted(TITLE + text).philosophy
    assert (found and found.text) == philosophy


# Terms, indicators, roles


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("用語解説\n\n* サロン 地域の身近な場所で、住民が集い交流する場。", ["サロン"]),
        (
            "用語の説明\n\nＮＰＯ\n\n営利を目的とせず、社会に貢献する活動を行う団体。",
            ["ＮＰＯ"],
        ),
        ("用語集\n\nあ行\n\n居場所：誰でも立ち寄り、安心して過ごせる場所。", ["居場所"]),
        ("※自助：個人や家族による取組　共助：地域の団体による取組", ["自助", "共助"]),
        ("「居場所」とは、誰でも立ち寄れる場所をいいます。", ["居場所"]),
    ],
)
def test_terms_in_glossaries_and_notes(text, terms):
    assert [entry.name.text for entry in drafted(TITLE + HEAD + "\n" + text).glossary] == terms


@pytest.mark.parametrize(
    "text",
    [
        "■成果指標\n指標名 現状値（R3） 目標値（R8）\n通いの場の数（か所） 44 50",
        "まちづくり指標\n\n通いの場の数（か所） 44か所 → 50か所",
        "| 指標 | 現状値 | 目標値 |\n|---|---|---|\n| 通いの場の数（か所） | 44 | 50 |",
    ],
)
def test_indicators_of_tables_and_lines(text):
    [found] = drafted(f"{TITLE}{HEAD}\n{text}").indicators
    assert found.name.text == "通いの場の数（か所）"
    assert found.text.replace("か所", "") == "44／50"


def test_roles_are_told_once_and_are_no_activities_of_measures():
    once = "第５章　推進体制\n（１）市民に期待される役割\n地域の一員として関心を持ちます。"
    assert [entry.name.text for entry in drafted(TITLE + once).roles] == [
        "市民に期待される役割"
    ]
    again = "\n".join(f"施策{n}　見守り\n《市民の役割》\n声をかけます。" for n in (1, 2))
    assert drafted(TITLE + again).roles == ()


# What is no plan


def test_a_by_law_in_a_volume_does_not_make_it_a_by_law():
    plan = "\n".join(
        f"{n}年目には、地域福祉の推進のために計画を見直します。" for n in range(40)
    )
    law = "委員会設置要綱\n（設置）\n第１条 委員会を置く。\n（任期）\n第２条\n附則\n施行する。"
    assert drafted(f"{TITLE}\n{plan}\n{law}").is_plan


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "架空市地域福祉計画のアンケート調査 結果報告書\n調査の目的\n回収率 51.5％",
            "survey",
        ),
        (
            "架空市地域福祉計画アンケート調査一式\n無作為に選びました\n問１ お答えください",
            "survey",
        ),
        ("「第4次架空市地域福祉計画（案）」に対するパブリックコメントの結果\n募集期間 １月\n"
         "提出された意見と市の考え方", "opinions"),
        (
            "第8回架空市地域福祉計画策定委員会\n会議録\n議題\n計画（案）について\n委員\n事務局\n傍聴者",
            "minutes",
        ),
        (
            "架空市地域福祉計画委員会設置要綱\n（設置）\n第１条 委員会を置く。\n（任期）",
            "ordinance",
        ),
        ("令和６年度架空市社会福祉協議会予算書\n歳入\n歳出\n一般会計\n千円", "budget"),
        (
            "令和５年度架空市社会福祉協議会事業報告\n実施回数 ３回\n参加者数 40人\n延べ 120人",
            "report",
        ),
    ],
)  # fmt: skip
def test_other_documents_on_plans_are_no_plans(text, reason):
    plan = drafted(text)
    assert (plan.is_plan, plan.reason) == (False, reason)
    assert (plan.statutes, plan.period, plan.edition, plan.goals) == ((), None, (), ())
