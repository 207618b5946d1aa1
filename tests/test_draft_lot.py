"""Heads of documents put together by seeded chance: what they print is what is drafted."""

from __future__ import annotations

import random

import pytest

from test_draft_recognisers import document
from welfaregraph.draft import draft_plan

ROUNDS = 150
PLACES = [
    "架空市", "いずみ野市", "つきみ町", "竹の塚野町", "ときわ台市", "四日市場市",
    "十日町里市", "市原田町", "あさぎり町", "みなかみ原町", "玉村川町", "小国が丘村", "北浜区",
    "ひたち野東市", "大町川市", "町田野市",
]  # fmt: skip
TYPES = [
    "地域福祉計画",
    "地域福祉推進計画",
    "地域福祉活動計画",
    "地域福祉計画・地域福祉活動計画",
]
KANJI = "一二三四五六七"
TITLES = [
    "{e}{p}{t}", "{p}{e}{t}", "{p}{t}（{e}）", "{e}　{p}　{t}", "{p}{t}\n\n【{e}】",
    "{e}{p}\n\n{t}", "{p}\n\n{e}{t}", "{p}{t} {e}", "# {e} {p}{t}（案）", "{e}{p}{t} 概要版",
]  # fmt: skip
BEFORE = [
    "{p}では、平成31年３月に「{o}」を策定し、「支え合い」を基本理念に地域福祉を推進してきました。"
    "このたび、計画期間が満了することから、新たに「{n}」を策定しました。",
    "これまでの「{o}」（令和元年度～令和５年度）の取組を踏まえ、次の計画として策定します。",
    "「{o}」の期間が令和５年度で終了するため、「{n}」を策定することとしました。",
    "令和元年度から令和５年度までを計画期間とする{o}の成果と課題を検証しました。",
    "前計画である{o}を継承し、発展させるものです。",
    "",
]
YEARS = [
    ("計画の期間は、令和６年度から令和10年度までの５年間とします。", (2024, 2028)),
    ("【計画期間】　令和6年度～10年度", (2024, 2028)),
    ("計画期間：2024（令和6）年度～2028（令和10）年度", (2024, 2028)),
    ("令和６年度を初年度とし、令和10年度を目標年度とする５か年計画です。", (2024, 2028)),
    ("計画の期間\n\n　令和６（2024）年度から令和１０（2028）年度までです。", (2024, 2028)),
    ("", None),
]
STATUTES = [
    ("本計画は、社会福祉法第107条第1項に基づく計画です。", ["第107条第1項"]),
    ("社会福祉法（昭和26年法律第45号）第107条の規定に基づく計画です。", ["第107条"]),
    ("", []),
]


def edition(number, kind, style):
    written = {"ascii": str(number), "full": chr(0xFF10 + number), "kanji": KANJI[number - 1]}
    return f"第{written[style]}{kind}"


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_head_is_drafted_as_it_is_printed(seed):
    lot = random.Random(seed)  # noqa: S311 (repeatable)
    place, kind, number = lot.choice(PLACES), lot.choice("期次"), lot.randint(2, 6)
    style, plan = lot.choice(("ascii", "full", "kanji")), lot.choice(TYPES)
    now, old = edition(number, kind, style), edition(number - 1, kind, style)
    title = lot.choice(TITLES).format(e=now, p=place, t=plan)
    before = lot.choice(BEFORE).format(p=place, o=old + place + plan, n=now + place + plan)
    (years, expected), (basis, articles) = lot.choice(YEARS), lot.choice(STATUTES)
    rest = "福祉の支え合い、見守り、相談支援を進めます。"
    chapter = "第１章　計画の策定に当たって"
    text = "\n\n".join(filter(None, (title, chapter, before, basis, years, rest)))
    found = draft_plan([document(text)])
    period = found.period and (found.period.start_fiscal_year, found.period.end_fiscal_year)
    assert [each.text for each in found.edition] == [f"第{number}{kind}"], text
    assert (found.municipality and found.municipality.text) == place, text
    assert period == expected, text
    assert [each.article for each in found.statutes] == articles, text
