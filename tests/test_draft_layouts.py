"""Layouts whose lines hold several cells: what belongs together stands nowhere in one piece."""

from __future__ import annotations

from conftest import ROOT
from welfaregraph.documents import read_document
from welfaregraph.draft import draft_plan

LAYOUTS = ROOT / "tests/fixtures/layouts"


def deeds(name: str) -> dict[str, list[tuple[str, str]]]:
    """Return the activities of each measure."""
    plan = draft_plan([read_document(LAYOUTS / f"{name}.txt")])
    return {
        measure.label.text: [(act.actor, act.label.text) for act in measure.activities]
        for goal in plan.goals
        for measure in goal.measures
    }


def test_columns_of_actors_that_blanks_keep_apart():
    assert deeds("grid") == {
        "福祉を学ぶ機会の充実": [
            ("citizen", "講演会に足を運びましょう"),
            ("citizen", "広報紙に目を通しましょう"),
            ("community", "子どもと高齢者の会を開きましょう"),
            ("community", "学習会を開きましょう"),
            ("council", "体験の場を設けます"),
            ("council", "福祉大会を開きます"),
            ("government", "出前講座を開きます"),
            ("government", "学校の活動を支えます"),
        ],
        "集いの場の充実": [
            ("citizen", "友人を誘いましょう"),
            ("community", "空き家を生かしましょう"),
            ("council", "世話人の会を開きます"),
            ("government", "修繕の費用を助成します"),
        ],
        "相談の充実": [
            ("citizen", "早めに相談しましょう"),
            ("community", "窓口につなぎましょう"),
            ("council", "訪問して話を聞きます"),
            ("government", "窓口を一つにします"),
        ],
    }


def test_measures_side_by_side_with_actors_below_each():
    assert deeds("beside") == {
        "学ぶ機会を広げる": [
            ("citizen", "講座に参加しましょう"),
            ("citizen", "学んだことを家族に伝えましょう"),
            ("community", "学習会を開きましょう"),
            ("government", "講師を派遣します"),
        ],
        "集う場を広げる": [
            ("citizen", "近所の人を誘って出かけましょう"),
            ("community", "空き家を生かしましょう"),
            ("government", "会場を貸し出します"),
        ],
        "活動を支える": [
            ("citizen", "できる範囲で手伝いましょう"),
            ("government", "活動の費用を助成します"),
        ],
    }


def test_names_beside_the_middle_of_their_bullets():
    assert deeds("middle") == {
        "福祉の理解を深める": [
            ("citizen", "地域の活動に関心を持ち、広報紙や回覧板などから積極的に情報を得ます。"),
            ("citizen", "家庭の中で、助け合いの大切さについて話し合います。"),
            ("community", "会合で地域の課題について話し合い、取組の内容を住民に伝えます。"),
            ("community", "行事に若者が企画の段階から加われるようにします。"),
            ("government", "講座を開きます。"),
        ],
        "担い手を増やす": [
            ("citizen", "趣味や特技を生かして活動に参加します。"),
            ("community", "活動の内容や時間を見直し、働いている人も加わりやすい工夫をします。"),
            ("community", "役員の経験者が後任に助言します。"),
            ("government", "委員の活動を広く知らせます。"),
        ],
    }


def test_columns_that_one_blank_parts():
    assert deeds("tight") == {
        "福祉の理解を深める": [
            ("citizen", "広報紙や回覧板から情報を得るよう心がけます。"),
            ("community", "広報紙や回覧板から情報を得るよう心がけます。"),
            ("citizen", "家庭で話し合う機会を持ちます。"),
            ("community", "家庭で話し合う機会を持ちます。"),
            ("council", "学校と連携し、体験を取り入れた学習を進めます。"),
            ("council", "講座を開催し、活動のきっかけをつくります。"),
            ("government", "多様な媒体で情報を分かりやすく発信します。"),
        ],
        "担い手を増やす": [
            ("citizen", "できることから地域の活動に参加します。"),
            ("community", "できることから地域の活動に参加します。"),
            ("council", "登録と紹介を進めるとともに、研修を開催します。"),
            ("government", "委員の活動を広く知らせ、負担を軽くします。"),
        ],
    }


def test_a_volume_of_two_plans():
    plan = draft_plan([read_document(LAYOUTS / "volumes.txt")])
    assert [goal.label.text for goal in plan.goals] == ["つながりを深める", "暮らしを支える"]
    [other] = plan.other_plans
    assert [goal.label.text for goal in other.goals] == ["出会う", "助け合う"]
