"""Several documents drafted together: of one plan, of two plans, of two municipalities."""

from __future__ import annotations

import json

import pytest

CITY = """第２期架空市地域福祉計画
計画の期間は、令和６年度から令和10年度までの５年間です。
基本目標１　つながる
施策１　見守りの推進
【市民】
・声をかける
"""
TOWN = "第３期幻町地域福祉計画\n基本目標１　支える\n施策１　相談の充実\n【町民】\n・相談する\n"
COUNCIL = (
    "架空市地域福祉活動計画\n基本目標１　広げる\n取組１　サロンの支援\n【社協】\n・助成する\n"
)
LATER = "第３期架空市地域福祉計画\n基本目標１　つなぐ\n施策１　見守りの推進\n・福祉の相談\n"
NAMELESS = "基本目標１　つながる\n施策２　集いの場の支援\n・福祉の集いを開く\n"


@pytest.fixture
def draft(run, tmp_path):
    """Draft documents given by their texts from the command line."""

    def drafted(*texts, rest=()):
        paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return run("draft", *paths, *rest)

    return drafted


def test_two_municipalities_are_refused_with_both_lines(draft):
    done = draft(NAMELESS, CITY, TOWN)
    assert (done.code, done.out) == (3, "")
    for told in ("1.txt:1", "2.txt:1", "「架空市」", "「幻町」", "市区町村ごとに分けて"):
        assert told in done.err
    assert done.err.count("→") == 1


def test_a_municipality_that_only_an_actor_names_counts_beside_a_title(draft):
    work = "集い", "窓口", "講座"
    digest = "".join(f"【行政（空想市）】\n・{what}を開く\n" for what in work)
    done = draft(digest, TOWN)
    assert done.code == 3
    assert "「空想市」" in done.err


def test_two_editions_are_refused(draft):
    done = draft(CITY, LATER)
    assert done.code == 3
    for told in ("0.txt:1", "1.txt:1", "第2期", "第3期", "welfaregraph diff"):
        assert told in done.err


def test_all_pairs_that_do_not_belong_together_are_told(draft):
    done = draft(CITY, TOWN, LATER)
    assert done.code == 3
    assert done.err.count("→") == 3


def test_nothing_is_written_where_documents_are_refused(draft, tmp_path):
    assert draft(CITY, TOWN, rest=("-o", tmp_path / "plan.xlsx")).code == 3
    assert not (tmp_path / "plan.xlsx").exists()


def test_a_document_that_names_nobody_is_merged(draft):
    plan = json.loads(draft(CITY, NAMELESS).out)
    [goal] = plan["goals"]
    assert [m["label"] for m in goal["measures"]] == ["見守りの推進", "集いの場の支援"]
    assert plan["other_plans"] == []


def test_another_plan_of_the_municipality_is_a_plan_of_its_own(draft):
    plan = json.loads(draft(CITY, COUNCIL).out)
    [other] = plan["other_plans"]
    assert [goal["label"] for goal in plan["goals"]] == ["つながる"]
    assert [goal["label"] for goal in other["goals"]] == ["広げる"]
    assert (plan["plan_title"], other["plan_title"]) == (
        "第２期架空市地域福祉計画",
        "架空市地域福祉活動計画",
    )
    assert (plan["edition"], other["edition"], other["period"]) == ("第2期", "", None)


def test_each_plan_has_its_own_workbook_and_documents(draft, run, tmp_path):
    book = tmp_path / "plan.xlsx"
    assert draft(CITY, COUNCIL, rest=("-o", book)).code == 0
    for path in (book, tmp_path / "plan-2.xlsx"):
        assert run("import", path, "--data", tmp_path / path.stem).code == 0
    written = [
        "".join(file.read_text("utf-8") for file in (tmp_path / stem).rglob("*.ttl"))
        for stem in ("plan", "plan-2")
    ]
    assert "サロンの支援" not in written[0]
    assert "見守りの推進" not in written[1]
    assert [text.count("wg:isDocumentOf") for text in written] == [1, 1]
