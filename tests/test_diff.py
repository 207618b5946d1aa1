"""Two editions of a plan: what was kept, renamed, moved, split, merged, new and dropped."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import time
from collections import Counter
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from conftest import ROOT
from welfaregraph.changes import COLUMNS, compared
from welfaregraph.diff import VERDICTS, Change, compare
from welfaregraph.editions import LEVELS, Edition, Element, edition_of

FILLERS = ("推進", "充実", "体制", "構築", "整備", "強化", "促進", "づくり", "支援体制")
FORMS = {"取り組み": "取組", "支えあい": "支え合い", "障害": "障がい", "声かけ": "声掛け"}
NUMBERED = re.compile(r"([0-9]+) ")


def edition(name: str, text: str) -> Edition:
    """An edition from lines: goals at the margin, measures and activities below, indented.

    ``1 見守り`` bears a number; ``住民: 声をかける`` is an activity of an actor.
    """
    elements: list[Element] = []
    above: dict[int, str] = {}
    for at, line in enumerate(text.strip("\n").splitlines()):
        depth = (len(line) - len(line.lstrip())) // 2
        label, number, actors = line.strip(), "", ()
        found = NUMBERED.match(label)
        if found:
            number, label = found[1], label[found.end() :]
        level = ("goal", "measure", "activity")[depth]
        if level == "activity" and ": " in label:
            actor, label = label.split(": ")
            actors = (actor,)
        iri = f"{name}/{at}"
        above[depth] = iri
        under = (above[depth - 1],) if depth and above.get(depth - 1, "-") != "-" else ()
        if label == "-":
            above[depth] = "-"
        else:
            elements.append(Element(iri, level, label, number, under, actors))
    return Edition(name, name, tuple(elements))


def diff(old: str, new: str) -> list[Change]:
    a, b = edition("old", old), edition("new", new)
    changes = compare(a, b, fillers=FILLERS, forms=FORMS)
    for side, whole in (("old", a), ("new", b)):
        told = Counter(e.iri for change in changes for e in getattr(change, side))
        assert told == Counter(e.iri for e in whole.elements), "each element in one change"
    for change in changes:
        assert change.reasons
        assert 0 <= change.score <= 1
    return changes


def verdicts(changes: list[Change], level: str = "measure") -> dict[str, str]:
    """Titles of a level, old > new, with their verdicts."""
    return {
        " > ".join("＋".join(e.label for e in side) for side in (c.old, c.new)): c.verdict
        for c in changes
        if c.level == level
    }


def kinds(change: Change) -> set[str]:
    return {reason.kind for reason in change.reasons}


BASE = """
1 つながる地域
  1 見守り活動の推進
    住民: 隣の家に声を掛ける
    行政: 見守りの研修を開く
  2 除雪の支え合い
    住民: 雪かきを手伝う
2 安心できる暮らし
  3 防災訓練の実施
    行政: 避難所を点検する
  4 移動手段の確保
"""


def test_the_same_plan_twice_is_all_kept():
    changes = diff(BASE, BASE)
    assert {change.verdict for change in changes} == {"kept"}
    assert {change.score for change in changes} == {1.0}


def test_one_plan_compared_with_itself_by_the_same_iris():
    one = edition("one", BASE)
    changes = compare(one, one)
    assert Counter(c.verdict for c in changes) == {"kept": len(one.elements)}
    assert {c.score for c in changes} == {1.0}


def test_renumbering_moves_nothing():
    new = (
        BASE.replace("  1 見", "  12 見")
        .replace("2 除雪", "13 除雪")
        .replace("3 防災", "1 防災")
    )
    changes = diff(BASE, new)
    assert {change.verdict for change in changes} == {"kept"}
    renumbered = [c for c in changes if "number-changed" in kinds(c)]
    assert [c.old[0].number for c in renumbered] == ["1", "2", "3"]
    assert renumbered[0].reasons[-1].values == {"old": "1", "new": "12"}


def test_particles_and_spelling_are_no_renaming():
    new = BASE.replace("除雪の支え合い", "除雪での支えあい").replace("移動手段の", "移動手段を")
    found = diff(BASE, new)
    assert verdicts(found)["除雪の支え合い > 除雪での支えあい"] == "kept"
    assert verdicts(found)["移動手段の確保 > 移動手段を確保"] == "kept"
    spelt = [c for c in found if "spelling" in kinds(c)]
    assert [c.score for c in spelt] == sorted((c.score for c in spelt), reverse=True)
    assert all(0.9 < c.score < 1 for c in spelt)


def test_a_measure_renamed_by_its_title():
    found = diff(BASE, BASE.replace("防災訓練の実施", "地域ぐるみの防災訓練"))
    assert verdicts(found)["防災訓練の実施 > 地域ぐるみの防災訓練"] == "renamed"
    assert verdicts(found, "activity")["避難所を点検する > 避難所を点検する"] == "kept"


def test_a_measure_renamed_known_by_its_activities():
    found = diff(BASE, BASE.replace("見守り活動の推進", "孤立させないまち"))
    change = next(c for c in found if c.old and c.old[0].label == "見守り活動の推進")
    assert (change.verdict, change.new[0].label) == ("renamed", "孤立させないまち")
    assert change.reasons[1].values == {"shared": 2, "old": 2, "new": 2}


def test_words_that_say_nothing_make_no_pair():
    found = diff("1 暮らし\n  1 医療体制の充実", "1 暮らし\n  1 介護体制の充実")
    assert verdicts(found) == {"医療体制の充実 > ": "dropped", " > 介護体制の充実": "new"}


def test_one_group_of_people_is_not_another():
    found = diff("1 暮らし\n  1 高齢者の見守りの推進", "1 暮らし\n  1 障がい者の移動支援の推進")
    assert set(verdicts(found).values()) == {"dropped", "new"}


def test_a_measure_moved_to_another_goal():
    new = BASE.replace("  2 除雪の支え合い\n    住民: 雪かきを手伝う\n", "")
    new += "  5 除雪の支え合い\n    住民: 雪かきを手伝う\n"
    found = diff(BASE, new)
    change = next(c for c in found if c.verdict == "moved")
    assert change.level == "measure"
    reason = next(r for r in change.reasons if r.kind == "moved-measure")
    assert reason.values == {"old": ["つながる地域"], "new": ["安心できる暮らし"]}
    assert Counter(c.verdict for c in found) == {"kept": 9, "moved": 1}


def test_a_goal_renamed_is_no_move_of_its_measures():
    found = diff(BASE, BASE.replace("つながる地域", "ともに生きる社会"))
    assert verdicts(found, "goal")["つながる地域 > ともに生きる社会"] == "renamed"
    assert set(verdicts(found).values()) == {"kept"}


def test_measures_under_no_goal_are_not_moved():
    found = diff(BASE, BASE.replace("1 つながる地域", "-").replace("2 安心できる暮らし", "-"))
    assert set(verdicts(found).values()) == {"kept"}
    assert set(verdicts(found, "goal").values()) == {"dropped"}


def test_an_activity_moved_to_another_measure_and_to_another_actor():
    new = BASE.replace("    住民: 雪かきを手伝う\n", "")
    new = new.replace("    行政: 避難所を", "    住民: 雪かきを手伝う\n    住民: 避難所を")
    found = diff(BASE, new)
    moved = {c.old[0].label: kinds(c) for c in found if c.verdict == "moved"}
    assert moved.keys() == {"雪かきを手伝う", "避難所を点検する"}
    assert "moved-activity" in moved["雪かきを手伝う"]
    assert "actor-changed" in moved["避難所を点検する"]


def test_the_same_words_of_two_actors_stay_with_their_actors():
    old = "1 目標\n  1 除雪\n    住民: 雪かきをする\n    行政: 雪かきをする"
    new = "1 目標\n  1 除雪\n    行政: 雪かきをする\n    住民: 雪かきをする"
    assert set(verdicts(diff(old, new), "activity").values()) == {"kept"}


def test_one_measure_split_in_two_by_title():
    old = "1 安全\n  1 見守りと防犯の推進\n  2 除雪の支え合い"
    new = "1 安全\n  1 地域の見守り\n  2 防犯パトロールの強化\n  3 除雪の支え合い"
    found = diff(old, new)
    split = next(c for c in found if c.verdict == "split")
    assert [e.label for e in split.new] == ["地域の見守り", "防犯パトロールの強化"]
    assert "piece" in {r.kind for r in split.reasons}
    assert verdicts(found)["除雪の支え合い > 除雪の支え合い"] == "kept"


SPLIT = """
1 安全
  1 地域の助け合い
    隣の家に声を掛ける
    雪かきを手伝う
    ごみ出しを手伝う
    避難所を点検する
    防災訓練に参加する
"""
INTO_TWO = """
1 安全
  1 日ごろの助け合い
    隣の家に声を掛ける
    雪かきを手伝う
    ごみ出しを手伝う
  2 災害への備え
    避難所を点検する
    防災訓練に参加する
"""


def test_one_measure_split_in_two_by_activities_and_two_merged_back():
    found = diff(SPLIT, INTO_TWO)
    assert verdicts(found) == {"地域の助け合い > 日ごろの助け合い＋災害への備え": "split"}
    assert set(verdicts(found, "activity").values()) == {"kept"}
    back = diff(INTO_TWO, SPLIT)
    assert verdicts(back) == {"日ごろの助け合い＋災害への備え > 地域の助け合い": "merged"}
    assert set(verdicts(back, "activity").values()) == {"kept"}


def test_two_measures_merged_by_title():
    old = "1 安全\n  1 地域の見守り\n  2 防犯パトロールの強化"
    new = "1 安全\n  1 見守りと防犯パトロールの推進"
    assert verdicts(diff(old, new)) == {
        "地域の見守り＋防犯パトロールの強化 > 見守りと防犯パトロールの推進": "merged"
    }


def test_a_longer_title_beside_a_new_measure_is_no_split():
    old = "1 安全\n  1 見守りと防犯の推進"
    new = "1 安全\n  1 見守りと防犯活動の推進\n  2 防犯カメラの設置"
    assert verdicts(diff(old, new)) == {
        "見守りと防犯の推進 > 見守りと防犯活動の推進": "renamed",
        " > 防犯カメラの設置": "new",
    }


def test_two_goals_merged_by_their_measures():
    old = "1 健やか\n  1 健診の受診\n  2 食育の普及\n2 いきがい\n  3 趣味の会\n  4 就労の場"
    new = "1 心も体も\n  1 健診の受診\n  2 食育の普及\n  3 趣味の会\n  4 就労の場"
    found = diff(old, new)
    assert verdicts(found, "goal") == {"健やか＋いきがい > 心も体も": "merged"}
    assert set(verdicts(found).values()) == {"kept"}


def test_nothing_in_common():
    found = diff(BASE, "1 文化\n  1 美術館の開館\n    館長: 絵を買う")
    assert {c.verdict for c in found} == {"new", "dropped"}


def test_empty_editions():
    assert diff("", "") == []
    assert {c.verdict for c in diff("", BASE)} == {"new"}
    assert {c.verdict for c in diff(BASE, "")} == {"dropped"}
    assert {c.score for c in diff(BASE, "")} == {1.0}
    assert {c.reasons[0].kind for c in diff(BASE, "")} == {"nothing-alike"}


def test_the_pairs_together_are_the_best_not_each_for_itself():
    old = "1 目標\n  1 高齢者サロンの開催\n  2 高齢者サロンの開催支援"
    new = "1 目標\n  1 高齢者サロンの開催支援講座\n  2 高齢者サロンの開催支援"
    found = diff(old, new)
    assert verdicts(found)["高齢者サロンの開催支援 > 高齢者サロンの開催支援"] == "kept"
    assert verdicts(found)["高齢者サロンの開催 > 高齢者サロンの開催支援講座"] == "renamed"


def test_order_is_that_of_the_new_edition_and_dropped_ones_follow_their_neighbours():
    new = BASE.replace("  2 除雪の支え合い\n    住民: 雪かきを手伝う\n", "")
    new = new.replace("  4 移", "  9 居場所の開設\n  4 移")
    told = [c.old[0].label if c.old else c.new[0].label for c in diff(BASE, new)]
    assert told[2:7] == [
        "見守り活動の推進", "除雪の支え合い",
        "防災訓練の実施", "居場所の開設", "移動手段の確保",
    ]  # fmt: skip


def test_nothing_depends_on_the_order_of_sets():
    first = diff(BASE, INTO_TWO)
    assert [diff(BASE, INTO_TWO) == first for _ in range(3)] == [True] * 3


def test_activities_of_parts_count_for_their_measure():
    row = {"number": None, "actorLabel": None}
    found = edition_of(
        "p",
        "計画",
        [
            row | {"element": "m", "level": "measure", "elementLabel": "見守り", "above": "g"},
            row | {"element": "s", "level": "part", "elementLabel": "集い", "above": "m"},
            row | {"element": "t", "level": "part", "elementLabel": "茶話会", "above": "s"},
            row | {"element": "a", "level": "activity", "elementLabel": "開く", "above": "t"},
        ],
    )
    assert [element.above for element in found.elements] == [("g",), ("m",), ("m",), ("m",)]


def test_parts_of_one_another_do_not_hang():
    row = {"number": None, "actorLabel": None, "level": "part", "elementLabel": "集い"}
    rows = [row | {"element": "s", "above": "t"}, row | {"element": "t", "above": "s"}]
    assert len(edition_of("p", "計画", rows).elements) == 2


def test_large_editions_are_compared_in_seconds():
    chance = random.Random(7)  # noqa: S311
    words = [a + b for a in "見守防犯除雪介護移動食育健診就労" for b in "活動訓練会場者法"]
    names = [
        f"{'と'.join(chance.sample(words, 2))}の{chance.choice(FILLERS)}" for _ in range(150)
    ]
    acts = [f"{''.join(chance.sample(words, 3))}を行う" for _ in range(1500)]

    def text(measures: list[str]) -> str:
        lines = []
        for at, name in enumerate(measures):
            lines += [f"{at} 目標{at}"] if at % 15 == 0 else []
            lines += [f"  {at} {name}", *(f"    {a}" for a in acts[at * 10 : at * 10 + 10])]
        return "\n".join(lines)

    renamed = [name if at % 3 else name + "に向けて" for at, name in enumerate(names)]
    begun = time.process_time()
    found = diff(text(names), text(renamed))
    assert time.process_time() - begun < 30
    assert Counter(c.verdict for c in found if c.level == "activity")["kept"] >= 1450


# The command


def plan(number: int, measures: list[str], *, goal: str = "支え合う地域") -> str:
    """A small plan in Turtle, as an edition of a town that does not exist."""
    base = f"https://w3id.org/welfaregraph/id/999997/community-welfare/{number}"
    lines = [
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix wg: <https://w3id.org/welfaregraph/ns#> .",
        f'<{base}> a wg:Plan ; rdfs:label "架空町地域福祉計画（第{number}期）"@ja .',
        f'<{base}/goal/1> a wg:Goal ; rdfs:label "{goal}"@ja ; wg:inPlan <{base}> .',
    ]
    for at, label in enumerate(measures, 1):
        lines.append(
            f'<{base}/measure/{at}> a wg:Measure ; rdfs:label "{label}"@ja ; wg:number "{at}" ;'
            f" wg:order {at} ; wg:inPlan <{base}> ; wg:pursuesGoal <{base}/goal/1> ."
        )
    return "\n".join(lines)


@pytest.fixture
def towns(tmp_path):
    old = tmp_path / "old.ttl"
    old.write_text(plan(1, ["除雪の支え合い", "見守りと防犯の推進", "健診の受診"]), "utf-8")
    folder = tmp_path / "new" / "plans" / "999997" / "community-welfare" / "2"
    folder.mkdir(parents=True)
    text = plan(
        2, ["地域の見守り", "防犯パトロールの強化", "除雪での支えあい", "=居場所の開設"]
    )
    (folder / "stated.ttl").write_text(text, "utf-8")
    return old, folder


def test_the_table_says_what_became_of_each(run, towns):
    done = run("diff", *towns)
    assert done.code == 0, done.err
    assert "旧：架空町地域福祉計画（第1期） → 新：架空町地域福祉計画（第2期）" in done.out
    for said in (
        "分割",
        "なくなった",
        "新規",
        "番号が「1」から「3」に変わった",
        "表記だけが異なる",
    ):
        assert said in done.out
    english = run("diff", *towns, "--lang", "en").out
    assert "titles differ in spelling alone" in english
    assert "split" in english


def test_rows_have_one_line_for_each_old_and_new(run, towns):
    for form, mark in (("csv", ","), ("tsv", "\t")):
        done = run("diff", *towns, "--format", form)
        rows = list(csv.DictReader(io.StringIO(done.out, newline=""), delimiter=mark))
        assert tuple(rows[0]) == COLUMNS
        split = [row for row in rows if row["verdict"] == "分割"]
        assert [row["new_label"] for row in split] == ["地域の見守り", "防犯パトロールの強化"]
        assert len({row["change"] for row in split}) == 1
        assert {row["old_above"] for row in split} == {"支え合う地域"}


def test_json_has_codes_not_words(run, towns):
    changes = json.loads(run("diff", *towns, "--format", "json").out)
    assert {c["verdict"] for c in changes} <= set(VERDICTS)
    assert {c["level"] for c in changes} <= set(LEVELS)
    split = next(c for c in changes if c["verdict"] == "split")
    assert len(split["new"]) == 2
    assert split["new"][0]["iri"].endswith("/2/measure/1")
    assert {r["kind"] for r in split["reasons"]} <= {"piece", "title", "contents"}


def test_the_page_stands_alone_and_is_well_formed(run, towns, tmp_path):
    target = tmp_path / "diff.html"
    assert run("diff", *towns, "--format", "html", "-o", target).code == 0
    text = target.read_text("utf-8")
    ET.fromstring(text.replace("<!DOCTYPE html>", ""))
    assert not re.search(r"(src|href)=|https?://(?!w3id)", text)
    assert "分割" in text
    assert "居場所の開設" in text


def test_the_workbook_runs_no_formula(run, towns, tmp_path):
    target = tmp_path / "diff.xlsx"
    assert run("diff", *towns, "--format", "xlsx", "-o", target).code == 0
    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert sheet.title == "新旧対照"
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=居場所の開設" for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_plan_of_the_graph_by_its_short_form(run, towns):
    done = run("diff", "012301/kizuna/undated", towns[1])
    assert done.code == 0
    assert "旧：きずな計画" in done.out


def test_the_same_iri_in_two_folders_is_two_editions(run, tmp_path):
    for name, measures in (("a", ["除雪の支え合い"]), ("b", ["健診の受診"])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stated.ttl").write_text(plan(1, measures), "utf-8")
    done = run("diff", tmp_path / "a", tmp_path / "b", "--format", "csv")
    assert "なくなった" in done.out
    assert "新規" in done.out


def test_bad_input_is_told_at_once(run, towns, tmp_path):
    (tmp_path / "broken.ttl").write_text("broken", "utf-8")
    (tmp_path / "none.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    done = run("diff", tmp_path / "broken.ttl", tmp_path / "absent.ttl")
    assert done.code == 3
    assert "broken.ttl:1" in done.err
    assert "absent.ttl" in done.err
    assert run("diff", towns[0], tmp_path / "none.ttl").code == 3
    many = run("diff", towns[0], ROOT / "graphs" / "plans")
    assert many.code == 3
    assert "012301/community-welfare/3" in many.err
    assert run("diff", towns[0], "012301/nothing").code == 2
    assert run("diff", towns[0]).code == 2


def test_two_empty_plans(run, tmp_path):
    lines = plan(1, []).splitlines()
    file = tmp_path / "empty.ttl"
    document = f"<urn:doc> a wg:Document ; wg:isDocumentOf {lines[2].split()[0]} ."
    file.write_text("\n".join([*lines[:3], document]), "utf-8")
    done = run("diff", file, file)
    assert done.code == 0
    assert "どちらの計画にも" in done.out


def test_sections_hold_every_change_once():
    old, new = edition("old", BASE), edition("new", INTO_TWO)
    changes = compare(old, new, fillers=FILLERS)
    found = compared(old, new, changes)
    held = [s.change for s in found.sections if s.change]
    for section in found.sections:
        for item in section.items:
            held += [item.change, *item.below]
    assert sorted(map(id, held)) == sorted(map(id, changes))
    assert sum(n for counts in found.counts.values() for n in counts.values()) == len(changes)


def test_workbooks_and_csv_folders_are_editions_too(run, tmp_path):
    plan_ = "012301/kizuna/undated"
    book, folder = tmp_path / "旧.xlsx", tmp_path / "csv"
    assert run("sheet", plan_, "-o", book).code == 0
    assert run("sheet", plan_, "--format", "csv", "-o", folder).code == 0
    changed = openpyxl.load_workbook(book)
    sheet = changed["施策"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "きずな活動の推進")
    cell.value = "きずな活動の拡大"
    changed.save(tmp_path / "新.xlsx")
    for old in (book, folder):
        found = json.loads(run("diff", old, tmp_path / "新.xlsx", "--format", "json").out)
        assert Counter(c["verdict"] for c in found) == {"kept": len(found) - 1, "renamed": 1}
