"""The report: what it says, that it is one safe file, and that it is the same every time."""

from __future__ import annotations

import io
import itertools
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from conftest import ON
from welfaregraph.gaps import Gap, Hit, Searched
from welfaregraph.measures import Feature, Measure
from welfaregraph.overlap import Overlap, Reason
from welfaregraph.report.book import workbook
from welfaregraph.report.content import Plan, Report, _lack, _unthemed, report_on
from welfaregraph.report.grids import LARGEST, Grid, measure_pairs, plan_themes, strongest
from welfaregraph.report.page import page
from welfaregraph.report.places import Place, Places
from welfaregraph.themes import Ladder

PLANS = (
    "小樽市地域福祉計画・小樽市地域福祉活動計画（第1期）",
    "登別市地域福祉計画（第3期）",
    "きずな計画",
    "計画名の印刷されていない計画（基本目標3「つながり支え合う地域」をつくる の章）",
)
OTARU = "012033/community-welfare-integrated/1"
KIZUNA = "012301/kizuna/undated"
SHEETS = [
    "概要", "重なり", "抜け", "点検の指摘", "計画×テーマ", "施策×施策", "主体×施策", "出典",
]  # fmt: skip
FORMULA = '=HYPERLINK("http://example.invalid","x")'
HOSTILE = f"{FORMULA}<script>alert(1)</script>&amp;\"'</td>"


@pytest.fixture(scope="module")
def report(graph) -> Report:
    return report_on(graph, on=ON, language="ja")


@pytest.fixture(scope="module")
def html(report) -> str:
    return page(report).decode()


@pytest.fixture(scope="module")
def root(html) -> ET.Element:
    """The page read as XML: it is well-formed."""
    return parsed(html)


@pytest.fixture(scope="module")
def book(report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(report)))


def parsed(page: str | bytes) -> ET.Element:
    return ET.fromstring(page)


def text_of(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def rows_of(root: ET.Element, section: str) -> list[str]:
    found = root.find(f".//section[@id='{section}']")
    assert found is not None
    return [text_of(row) for row in found.iter("tr")]


def cells(book: openpyxl.Workbook) -> Iterator:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from row


def table(sheet) -> list[dict[str, object]]:
    heads = [cell.value for cell in sheet[2]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(3, values_only=True)]


def test_the_four_plans_and_what_is_held_of_them(root, book):
    summary = rows_of(root, "summary")
    for plan in PLANS:
        assert any(plan in row for row in summary)
    otaru = next(row for row in summary if row.startswith(PLANS[0]))
    assert "2021-04-01" in otaru
    assert "3 15 0 150" in otaru
    unnamed = next(row for row in summary if row.startswith(PLANS[-1]))
    assert "1 4 9 26" in unnamed  # measures, and the sub-headings within them
    assert "第4章の本文は含まない" in otaru
    column = [row[0] for row in book["概要"].iter_rows(values_only=True)]
    assert set(PLANS) <= set(column)


def test_a_known_overlap_with_both_sides_their_places_and_reasons(report, root, book):
    a, b = "地域の防犯体制の構築及び推進", "地域ぐるみでの見守り・防犯体制の整備"
    (row,) = (row for row in rows_of(root, "overlaps") if a in row and b in row)
    for part in (PLANS[0], PLANS[1], "15 " + a, "(3) " + b, "文書1 L62–L71", "文書4 L282–L290",
                 "防犯", "題名だけが根拠"):  # fmt: skip
        assert part in row
    (line,) = (
        line for line in table(book["重なり"]) if line["施策A"] == a and line["施策B"] == b
    )
    (pair,) = (p for p in report.pairs if (p.a.measure.label, p.b.measure.label) == (a, b))
    assert line["強さ"] == round(pair.overlap.score, 3)
    assert line["番号A"] == "15"
    for reasons in (str(line["理由"]), row):
        told = [float(n) for n in re.findall(r"(?:」|ほか )(\d\.\d\d)", reasons)]
        assert len(told) > 5
        assert sum(told) == pytest.approx(round(pair.overlap.score, 2))
    assert "テーマ「防犯」0.20（59件中2件）" in row


def test_known_gaps_say_what_was_searched_and_how_sure_they_are(root, book):
    gaps = rows_of(root, "gaps")
    (lost,) = (row for row in gaps if "きずなを護り強める" in row)
    assert "写しで失われた" in lost
    assert "文書4 L" in lost
    (theme,) = (row for row in gaps if "再犯防止" in row and PLANS[3] in row)
    for part in ("「再犯", "探した文書：文書5", "見当たらない", "計画の全文にあるかは言えない"):
        assert part in theme
    (actors,) = (row for row in gaps if "取組26件の主体" in row)
    assert "整理者が次の語を探した：「実施主体」「市が」「担当」「社会福祉協議会」" in actors
    (line,) = (x for x in table(book["抜け"]) if "取組26件の主体" in str(x["内容"]))
    assert line["探した語"] == "「実施主体」「市が」「担当」「社会福祉協議会」"
    assert line["探した文書"] == "文書5"


def test_a_theme_whose_words_occur_is_not_called_missing(root):
    gaps = rows_of(root, "gaps")
    (ties,) = (row for row in gaps if "住民同士のつながり・顔の見える関係" in row)
    assert "言葉は出てくるが、取り組む施策がない" in ties
    assert not [row for row in gaps if "暮らし・地域の情報発信" in row and PLANS[3] in row]


def test_it_says_that_an_excerpt_is_not_the_plan(root, book):
    for name in ("summary", "gaps"):
        section = root.find(f".//section[@id='{name}']")
        notes = [text_of(note) for note in section.iter("p") if note.get("role") == "note"]
        assert len(notes) == 1
        assert "「計画にない」という意味ではありません" in notes[0]
    for name in ("概要", "抜け"):
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row]
        assert any("「計画にない」という意味ではありません" in text for text in texts)


def test_gaps_stand_by_kind_the_gravest_first(root, report):
    section = root.find(".//section[@id='gaps']")
    kinds = [h.get("id") for h in section.iter("h3")]
    assert kinds == sorted(kinds)
    assert kinds == sorted({f"gaps-{lack.gap.kind}" for lack in report.lacks})
    order = ["error", "warning", "info"]
    for body in section.iter("tbody"):
        marks = [m.get("class").split()[1] for m in body.iter("span")
                 if (m.get("class") or "").startswith("severity")]  # fmt: skip
        assert marks == sorted(marks, key=order.index) != []


def test_findings_are_listed_from_warnings_up_and_the_rest_counted(root, report):
    rows = rows_of(root, "findings")[1:]
    assert len(rows) == report.counted["error"] + report.counted["warning"]
    (conflict,) = (row for row in rows if "title-conflict" in row)
    assert "福祉サービスに適切な利用の促進" in conflict
    assert conflict.endswith("文書1 L51")
    section = root.find(".//section[@id='findings']")
    assert f"参考 {report.counted['info']} 件" in text_of(section)


def test_every_row_says_where_it_comes_from(report):
    numbers = {document.number for document in report.documents}
    assert report.pairs
    assert report.lacks
    for pair in report.pairs:
        for side in (pair.a, pair.b):
            assert side.places
            assert all(place.document in numbers and place.locator for place in side.places)
    for lack in report.lacks:
        assert lack.places
        assert {place.document for place in lack.places} <= numbers
        assert set(lack.searched) <= numbers
        assert lack.searched
    assert all(finding.place.document for finding in report.findings)


def test_sources_are_listed_with_checksum(report, root):
    assert [d.number for d in report.documents] == [1, 2, 3, 4, 5]
    sources = rows_of(root, "sources")
    assert "5d769e451a3bb6088666fff7a8c545abff1ae785f76112884643849e29b4f777" in sources[5]
    assert "登別市地域福祉計画（第3期）、きずな計画" in sources[4]
    assert "市民のコメントとワークショップの意見" in sources[5]
    assert "小樽市社会福祉協議会" in sources[1]


def test_the_page_asks_nothing_from_outside_and_runs_nothing(root, html):
    tags = {element.tag for element in root.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            if name in {"href", "src", "{http://www.w3.org/1999/xlink}href"}:
                assert value[:1] == "#"
                assert value[1:] in ids
    assert "://" not in html
    assert "url(" not in html
    assert "@import" not in html


def test_the_page_can_be_read_by_machines_that_read_aloud(root):
    assert root.get("lang") == "ja"
    levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    tables = list(root.iter("table"))
    assert tables
    for element in tables:
        heads = [th.get("scope") for th in element.find("thead").iter("th")]
        assert set(heads) == {"col"}
        width = len(heads)
        wide = [
            sum(int(cell.get("colspan", "1")) for cell in row) for row in element.iter("tr")
        ]
        assert set(wide) == {width}
    for section in root.iter("section"):
        assert section.find("h2").get("id") == section.get("aria-labelledby")
    pictures = [e for e in root.iter() if e.tag.endswith("svg")]
    assert len(pictures) >= 3
    assert all(e.get("role") == "img" and e.get("aria-label") for e in pictures)


def test_the_workbook_is_made_to_be_read_and_printed(book):
    assert book.sheetnames == SHEETS
    for name in ("重なり", "抜け", "点検の指摘", "出典"):
        sheet = book[name]
        assert sheet.freeze_panes == "A3"
        assert sheet.print_title_rows == "$2:$2"
        assert sheet.auto_filter.ref
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0


def test_the_workbook_holds_no_formula_and_as_many_rows_as_the_report(book, report):
    assert {cell.data_type for cell in cells(book)} == {"s", "n"}
    assert len(table(book["重なり"])) == len(report.pairs)
    assert len(table(book["抜け"])) == len(report.lacks)
    assert len(table(book["点検の指摘"])) == len(report.findings)


def test_matrices_hold_the_counts(report, book):
    (actors,) = (grid for grid in report.grids if grid.kind == "actor-measure")
    assert len(actors.rows) == 15
    assert len(actors.columns) == 5
    assert sum(actors.values.values()) == 150
    (themes,) = (grid for grid in report.grids if grid.kind == "plan-theme")
    assert themes.columns == PLANS
    scores = [grid for grid in report.grids if grid.kind == "measure-measure"]
    assert sum(len(grid.values) for grid in scores) == len(report.pairs)
    numbers = [
        c.value for row in book["主体×施策"].iter_rows() for c in row if c.data_type == "n"
    ]
    assert sum(n or 0 for n in numbers) == 150


def test_one_plan_is_compared_with_all_others(graph):
    kizuna = f"https://w3id.org/welfaregraph/id/{KIZUNA}"
    found = report_on(graph, kizuna, on=ON, language="ja")
    assert [plan.label for plan in found.asked] == ["きずな計画"]
    assert len(found.plans) == 4
    assert all(kizuna in (p.a.measure.plan, p.b.measure.plan) for p in found.pairs)
    assert {lack.gap.plan for lack in found.lacks} == {kizuna}
    assert {f.plan_label for f in found.findings} <= {"きずな計画"}
    assert "「きずな計画」を、ほかの3計画と比べた結果です。" in page(found).decode()


def test_two_plans_are_compared_with_each_other_alone(graph):
    wanted = [f"https://w3id.org/welfaregraph/id/{name}" for name in (OTARU, KIZUNA)]
    found = report_on(graph, *wanted, on=ON, language="en")
    assert [plan.iri for plan in found.plans] == wanted
    assert {
        p for pair in found.pairs for p in (pair.a.measure.plan, pair.b.measure.plan)
    } == set(wanted)
    assert {lack.gap.plan for lack in found.lacks} <= set(wanted)
    assert {document.number for document in found.documents} == {1, 2, 3, 4}
    told = page(found).decode()
    assert "2 plans, compared with each other." in told
    assert PLANS[3] not in told


def test_the_command_writes_both_files_and_says_so(run, tmp_path):
    done = run("report", "-o", tmp_path / "new" / "folder", "--on", ON, "--lang", "en")
    assert (done.code, done.out) == (0, "")
    folder = tmp_path / "new" / "folder"
    assert sorted(p.name for p in folder.glob("[!.]*")) == ["report.html", "report.xlsx"]
    assert done.err.splitlines() == [
        f"Wrote {folder / n}." for n in ("report.html", "report.xlsx")
    ]
    told = parsed((folder / "report.html").read_bytes())
    assert told.get("lang") == "en"
    assert any(
        span.get("lang") == "ja" and text_of(span) == "きずな計画" for span in told.iter("span")
    )
    assert [text_of(h) for h in told.iter("h2")][:3] == ["Summary", "Overlaps", "Gaps"]
    assert openpyxl.load_workbook(folder / "report.xlsx").sheetnames[1] == "Overlaps"


def test_the_same_input_gives_the_same_bytes(report, tmp_path):
    """Also in another process, where sets come in another order, and at another time."""
    environment = os.environ | {"PYTHONHASHSEED": "77", "WELFAREGRAPH_LANG": "ja"}
    subprocess.run(
        [sys.executable, "-m", "welfaregraph", "report", "-o", str(tmp_path), "--on", ON],
        check=True, env=environment, capture_output=True,
    )  # fmt: skip
    assert (tmp_path / "report.html").read_bytes() == page(report)
    data = (tmp_path / "report.xlsx").read_bytes()
    assert data == workbook(report)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = packed.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {f"{ON}T00:00:00Z"}


def test_a_hostile_and_a_very_long_label_do_no_harm(own_plan, run, tmp_path):
    file = next(own_plan.rglob("stated.ttl"))
    quoted = HOSTILE.replace('"', '\\"') + "\\u0001"
    text = file.read_text("utf-8")
    text = text.replace('rdfs:label "架空町地域福祉計画（第1期）"', f'rdfs:label "{quoted}"')
    text = text.replace('rdfs:label "除雪の支え合い"', f'rdfs:label "{quoted}{"雪" * 40_000}"')
    file.write_text(text, "utf-8")
    done = run("report", "-o", tmp_path, "--data", own_plan, "--on", ON)
    assert done.code == 0
    root = parsed((tmp_path / "report.html").read_bytes())
    assert "script" not in {element.tag for element in root.iter()}
    assert HOSTILE in "".join(root.itertext())
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    hostile = [cell for cell in cells(book) if str(cell.value).startswith(FORMULA)]
    assert hostile
    assert {cell.data_type for cell in cells(book)} == {"s", "n"}
    assert max(len(str(cell.value)) for cell in cells(book)) == 32_000
    assert all(cell.quotePrefix for cell in hostile)


def test_a_plan_alone_has_a_report(own_plan, run, tmp_path):
    done = run("report", "-o", tmp_path, "--data", own_plan, "--only-data", "--on", ON)
    assert done.code == 0
    root = parsed((tmp_path / "report.html").read_bytes())
    told = text_of(root)
    assert "比べる計画は保持していません" in told
    assert "強さが基準に届く組はありません。" in told
    assert "架空町地域福祉計画" in told
    assert openpyxl.load_workbook(tmp_path / "report.xlsx")["重なり"]["A3"].value == "なし"


def test_bad_calls_are_told_and_harm_nothing(run, tmp_path):
    assert run("report", "--on", ON).code == 2
    unknown = run("report", "012033/nothing", "-o", tmp_path / "a", "--on", ON)
    assert unknown.code == 2
    assert "012033/nothing" in unknown.err
    assert not (tmp_path / "a").exists()
    file = tmp_path / "file"
    file.write_text("mine")
    assert "ファイルがあります" in run("report", "-o", file, "--on", ON).err
    below = run("report", "-o", file / "below", "--on", ON)
    assert below.code == 3
    assert "書き込めません" in below.err
    folder = tmp_path / "folder"
    (folder / "report.xlsx").mkdir(parents=True)
    (folder / "report.html").write_text("mine")
    refused = run("report", "-o", folder, "--on", ON)
    assert refused.code == 2
    assert "report.xlsx" in refused.err
    assert (folder / "report.html").read_text() == file.read_text() == "mine"
    assert run("report", "-o", tmp_path / "b", "--on", "2026-13-01").code == 2


def test_a_failed_write_leaves_the_old_files(report, run, tmp_path, monkeypatch):
    (tmp_path / "report.html").write_text("old")
    (tmp_path / "report.xlsx").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("welfaregraph.report.content.report_on", lambda *_, **__: report)
    monkeypatch.setattr(Path, "chmod", full)
    done = run("report", "-o", tmp_path, "--on", ON)
    assert done.code == 3
    assert "No space left" in done.err
    assert {p.name: p.read_text() for p in tmp_path.glob("[!.]*")} == {
        "report.html": "old", "report.xlsx": "old",
    }  # fmt: skip


def measure(name: str, plan: str, *themes: str) -> Measure:
    features = tuple(Feature("theme", theme, theme) for theme in themes)
    return Measure(f"{plan}/{name}", name, "", plan, plan, plan, features)


def test_a_measure_counts_once_for_each_theme_of_the_first_level():
    ladder = Ladder({"life": "暮らし"}, {"snow": ("life",), "shop": ("life",)})
    found = plan_themes(
        {"p": "P", "q": "Q"},
        [measure("a", "p", "snow", "shop"), measure("b", "p", "life"), measure("c", "q")],
        ladder,
    )
    assert (found.rows, found.columns, found.values) == (("暮らし",), ("P", "Q"), {(0, 0): 2.0})


def test_a_table_too_large_keeps_the_strongest_and_says_so():
    many = [measure(f"m{at:03}", "p") for at in range(LARGEST + 5)]
    other = measure("x", "q")
    pairs = [Overlap(0.9, 1, m, other, (Reason("theme", "t", "t", 0.9),)) for m in many[-2:]]
    (grid,) = measure_pairs([*many, other], pairs, {m.iri: at for at, m in enumerate(many)})
    assert len(grid.rows) == LARGEST
    assert grid.left_out == 5
    assert set(grid.values.values()) == {0.9}
    assert len(grid.values) == 2
    assert grid.rows[-1] == many[-1].label


def test_measures_stand_in_the_order_of_their_plan_not_of_their_numbers(report):
    grid = next(g for g in report.grids
                if g.kind == "measure-measure" and g.names[0] == PLANS[1])  # fmt: skip
    assert grid.rows[:5] == (
        "(1) ノーマライゼーション理念の普及", "(2) 包括的な支援体制の構築",
        "(3) 地域福祉活動の推進", "(1) 長寿社会の基盤づくり", "(2) 高齢者福祉の充実",
    )  # fmt: skip


def test_tables_of_scores_share_one_scale(report, root):
    greatest = max(pair.overlap.score for pair in report.pairs)
    maps = [text_of(e) for e in root.iter() if e.tag.endswith("svg")]
    scored = [text for text in maps if "施策×施策" in text]
    assert len(scored) == 6
    assert all(f" {greatest:.2f} 強さ" in text for text in scored)


def test_the_measures_are_drawn_as_a_network_with_those_that_stand_alone(report, root):
    (drawn,) = (e for e in root.iter() if e.get("aria-label") == "施策どうしのつながり")
    titles = {text_of(e) for e in drawn.iter() if e.tag.endswith("title")}
    measures = {standing.vertex.label for standing in report.network.standings}
    assert len(measures) > 50
    assert measures <= titles
    alone = [s.vertex.label for s in report.network.isolated]
    assert "雪との共生" not in alone
    assert "持続可能な買い物支援の実現" in alone


def test_gaps_stand_under_the_name_of_their_plan(root):
    found = root.find(".//section[@id='gaps']")
    for body in found.iter("tbody"):
        heads = [th for th in body.iter("th") if th.get("scope") == "rowgroup"]
        assert len(heads) == 1
        assert text_of(heads[0]) in PLANS
        assert len(list(body.iter("tr"))) > 1


def test_what_nobody_has_searched_yet_is_not_said_to_be_searched(root):
    rows = [row for row in rows_of(root, "gaps") if "まだ探していない" in row]
    assert rows
    for row in rows:
        assert "探した文書" not in row
        assert "保持している文書：文書" in row
        assert "なし" not in row


def gap(**values: object) -> Gap:
    import dataclasses

    needed = (f.name for f in dataclasses.fields(Gap) if f.default is dataclasses.MISSING)
    return Gap(**(dict.fromkeys(needed, "") | {"messages": {}, "compared": {}} | values))


def test_places_stand_in_the_order_of_document_and_line():
    rows = [
        {"element": "e", "document": d, "locator": lines, "documentTitle": d}
        for d, lines in (("b", "L9"), ("a", "L100"), ("a", "L20-L30"), ("c", "L1"))
    ]
    places = Places(rows, {"a": 1, "b": 2})
    assert places.of("e") == (
        Place(0, "L1", "c"), Place(1, "L20-L30"), Place(1, "L100"), Place(2, "L9"),
    )  # fmt: skip
    assert places.of("nothing") == ()


@pytest.mark.libreoffice
def test_another_program_reads_the_workbook_as_it_was_written(report, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("LibreOffice Calc is missing (soffice)")
    (tmp_path / "report.xlsx").write_bytes(workbook(report))
    out = tmp_path / "out"
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(out), str(tmp_path / "report.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    given = openpyxl.load_workbook(tmp_path / "report.xlsx")
    back = openpyxl.load_workbook(out / "report.xlsx")
    assert back.sheetnames == given.sheetnames
    for sheet in given:
        wanted = [
            c.value for row in sheet.iter_rows() for c in row if c.value not in (None, "")
        ]
        other = back[sheet.title]
        found = [c.value for row in other.iter_rows() for c in row if c.value not in (None, "")]
        assert found == wanted
    assert {cell.data_type for cell in cells(back)} <= {"s", "n"}


def test_the_tables_with_the_greatest_sums_are_kept_in_their_order():
    grids = [Grid(kind, (), (), {(0, 0): value}) for kind, value in
             (("a", 1.0), ("a", 3.0), ("b", 0.1), ("a", 2.0))]  # fmt: skip
    kept, left = strongest(grids, 2)
    assert [grid.values[0, 0] for grid in kept] == [3.0, 0.1, 2.0]
    assert left == 1


def test_more_rows_than_can_be_read_are_counted(report, monkeypatch):
    monkeypatch.setattr("welfaregraph.report.book.MOST_ROWS", 5)
    monkeypatch.setattr("welfaregraph.report.page.MOST", 7)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(report)))["重なり"]
    found = [row[0] for row in sheet.iter_rows(3, values_only=True)]
    assert found[:5] == [1, 2, 3, 4, 5]
    assert str(found[5]).startswith(f"ほか{len(report.pairs) - 5}件")
    assert len(found) == 6
    shown = rows_of(parsed(page(report)), "overlaps")
    assert len(shown) == 8
    assert f"ほか{len(report.pairs) - 7}件は report.xlsx にあります。" in page(report).decode()


def test_a_gap_of_an_element_without_places_cites_the_documents_of_its_plan():
    found = _lack(gap(plan="p", subject="p/goal/1"), Places([], {}), (3, 4))
    assert found.places == (Place(3), Place(4))
    assert found.searched == (3, 4)


def test_what_was_searched_is_cited_by_number_and_hits_by_place():
    row = {"element": "e", "document": "d", "locator": "L9", "documentTitle": "D"}
    searched = Searched("words", ("語",), (("d", "D"),), hits=(Hit("語", "e", "E"),))
    found = _lack(gap(plan="p", subject="p", searched=searched), Places([row], {"d": 7}), (3,))
    assert found.searched == (7,)
    assert found.hit_places == ((Place(7, "L9"),),)


def test_an_uncurated_report_rests_on_the_texts_and_says_so(run, graph, report, tmp_path):
    done = run("report", "-o", tmp_path, "--uncurated", "--on", ON)
    assert done.code == 0
    told = (tmp_path / "report.html").read_text("utf-8")
    said = "文章の言葉と、似た題名から推定しています"
    assert said in told
    assert said not in page(report).decode()
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert said in str(book["概要"]["A3"].value)
    wanted = graph.overlaps(uncurated=True, on=ON, lang="ja")
    scores = [row["強さ"] for row in table(book["重なり"])]
    assert scores == [round(pair.overlap.score, 3) for pair in
                      report_on(graph, on=ON, language="ja", uncurated=True).pairs]  # fmt: skip
    assert scores == [round(pair.score, 3) for pair in wanted]
    assert scores != [round(pair.overlap.score, 3) for pair in report.pairs]


def test_what_was_compared_is_told_once_for_each_kind_of_gap(root):
    section = root.find(".//section[@id='gaps']")
    told = [text_of(note) for note in section.iter("p") if note.get("class") == "quiet"]
    assert len(told) == len(list(section.iter("h3")))
    assert all(text.startswith("突き合わせたもの：") for text in told)
    (parts,) = (text for text in told if "その下に置かれた取組" in text)
    assert "取組と、それぞれに示された主体" in parts, "each query of a kind"


def test_pictures_as_files_are_those_of_the_page(run, tmp_path, root):
    done = run("report", "-o", tmp_path / "r", "--svg", "--on", ON, "--lang", "ja")
    assert done.code == 0
    files = {path.stem: path for path in (tmp_path / "r").glob("*.svg")}
    assert {"network", "plan-theme", "measure-measure-01", "actor-measure"} <= set(files)
    drawn = [e.get("aria-label") for e in root.iter() if e.tag.endswith("svg")]
    titles = [parsed(path.read_bytes()).get("aria-label") for path in files.values()]
    assert sorted(titles) == sorted(drawn)
    assert len(titles) == 9
    assert all(path.name in done.err for path in files.values())


def test_each_reason_of_an_overlap_stands_on_a_line_of_its_own(root):
    table = root.find(".//section[@id='overlaps']//tbody")
    reasons = [[text_of(li) for li in row.iter("li")] for row in table.iter("tr")]
    assert len(reasons) > 50
    assert reasons[3][0] == "テーマ「防犯」0.20（59件中2件）"
    assert all(told for told in reasons)


def test_a_plan_without_themes_is_said_to_be_compared_by_words_alone(report, root):
    assert report.unthemed == ()
    assert "--uncurated" not in text_of(root.find(".//section[@id='summary']"))
    bare = replace(report, unthemed=("空の計画",))
    summary = parsed(page(bare)).find(".//section[@id='summary']")
    assert "「空の計画」の施策にはテーマが付いていない" in text_of(summary)


def test_plans_without_themes_are_found():
    plans = [
        Plan(iri, iri.upper(), "", "", "", "", 0, 0, 0, 0, documents=(), is_asked=True)
        for iri in "pqr"
    ]
    measures = [measure("a", "p"), measure("b", "q", "t"), measure("c", "q")]
    assert _unthemed(plans, measures) == ("P",), "r has no measures at all"
