"""What ``check`` tells a person: where, why and what to do; one cause, one finding."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from conftest import ON, ROOT
from welfaregraph.check_book import annotated
from welfaregraph.check_page import page
from welfaregraph.checks import Issue
from welfaregraph.findings import counted, findings_of, sections_of
from welfaregraph.places import Location, finder
from welfaregraph.store import Source

SCHEMA = json.loads((ROOT / "docs/check.schema.json").read_text("utf-8"))


def issue(focus: str = "urn:a", **values: object) -> Issue:
    usual = {
        "rule": "dangling-link",
        "severity": "error",
        "origin": "data",
        "messages": {"ja": f"{focus} が誤りです。", "en": f"{focus} is wrong."},
        "remedies": {"ja": "直してください。", "en": "Mend it."},
        "whys": {"ja": "一覧から漏れます。", "en": "It is missing from lists."},
        "titles": {"ja": "リンク先がない", "en": "A link to nothing"},
    }
    return Issue(focus=focus, **(usual | values))


def in_cell(sheet: str, cell: str, **values: object) -> Issue:
    return issue(f"urn:{sheet}{cell}", location=Location(sheet=sheet, cell=cell), **values)


# Findings


def test_one_cause_is_one_finding_however_many_places():
    hundred = [issue(f"urn:{n}", path="urn:p", value="目標3") for n in range(100)]
    [finding] = findings_of(hundred)
    assert len(finding.issues) == 100
    assert counted([finding]) == {"error": 1, "warning": 0, "info": 0}


def test_one_message_of_a_shape_is_one_finding():
    said = {"ja": "題名がありません。", "en": "No title."}
    found = findings_of(issue(f"urn:{n}", messages=said) for n in range(3))
    assert [len(finding.issues) for finding in found] == [3]


def test_other_rules_plans_values_and_severities_stay_apart():
    one = issue(value="x")
    others = [
        replace(one, rule="other"),
        replace(one, plan="urn:plan"),
        replace(one, value="y"),
        replace(one, severity="info"),
        replace(one, origin="plan"),
        replace(one, path="urn:p"),
    ]
    assert len(findings_of([one, *others])) == 7


def test_substance_comes_before_wording_and_origins_stay_apart():
    found = findings_of(
        [
            issue(severity="info", origin="plan", is_spelling=True, rule="a"),
            issue(severity="info", origin="excerpt", rule="z"),
            issue(severity="warning", origin="plan", is_spelling=True, rule="b"),
            issue(severity="warning", origin="extraction", rule="y"),
        ]
    )
    told = [(s.severity, s.origin, s.is_spelling, s.count) for s in sections_of(found)]
    assert told == [
        ("warning", "extraction", False, 1),
        ("warning", "plan", True, 1),
        ("info", "excerpt", False, 1),
        ("info", "plan", True, 1),
    ]


# Places


def turtle(tmp_path: Path, text: str) -> Source:
    file = tmp_path / "plan.ttl"
    file.write_text(text, "utf-8")
    return Source("urn:g", file, own=True)


def test_a_value_is_found_by_its_line_however_the_names_are_written(tmp_path):
    find = finder(
        turtle(
            tmp_path,
            "@prefix x: <urn:x/> .\nPREFIX wg: <urn:wg#>\n\n"
            'x:m a wg:Measure ;\n  wg:number "1" ;\n  wg:note\n    "甲" ,\n    "乙" .\n\n'
            "<urn:x/n> <urn:wg#number> 2 .\n",
        )
    )
    assert find("urn:x/m", "urn:wg#note", "乙").line == 8
    assert find("urn:x/m", "urn:wg#note", "").line == 6
    assert find("urn:x/m", "urn:wg#number", "1").line == 5
    assert find("urn:x/m", "urn:wg#absent", "").line == 4
    assert find("urn:x/n", "", "").line == 10
    assert find("urn:x/absent", "", "") is None


def test_a_cell_is_found_by_value_property_or_row():
    cells = {
        ("urn:m", "urn:p", "甲"): ("施策", "C5"),
        ("urn:m", "urn:p", ""): ("施策", "B5"),
        ("urn:m", "", ""): ("施策", "A5"),
    }
    find = finder(Source("urn:g", Path("plan.xlsx"), own=True, cells=cells))
    assert find("urn:m", "urn:p", "甲").cell == "C5"
    assert find("urn:m", "urn:p", "乙").cell == "B5"
    assert find("urn:m", "urn:q", "").cell == "A5"
    assert find("urn:m#silence-x", "urn:q", "").cell == "A5"
    assert find("urn:n", "", "") is None


# The page


def parsed(raw: bytes) -> ET.Element:
    return ET.fromstring(raw.decode().replace("<!DOCTYPE html>", ""))


def test_the_page_stands_alone_is_well_formed_and_says_all():
    found = findings_of([issue(), in_cell("施策", "B7", severity="warning", origin="plan")])
    for language in ("ja", "en"):
        raw = page(found, language=language, on=ON, of="<計画>&.xlsx")
        text = "".join(parsed(raw).itertext())
        assert "施策!B7" in text
        assert "dangling-link" in text
        assert "<計画>&.xlsx" in text
        assert not re.search(r"<script|src=|href=|url\(", raw.decode())
    assert "一覧から漏れます。" in page(found, language="ja", on=ON, of="").decode()


def test_the_page_caps_what_one_rule_and_one_finding_tell():
    many = [issue(f"urn:{n}", value=str(n)) for n in range(250)]
    wide = [in_cell("施策", f"A{n}", rule="wide", value="x") for n in range(1, 40)]
    text = page(findings_of([*many, *wide]), language="ja", on=ON, of="").decode()
    assert "ほか150件" in text
    assert "ほか29か所" in text
    assert text.count("が誤りです。") == 101


def test_an_empty_page_says_so():
    assert "指摘はありません。" in page([], language="ja", on=ON, of="").decode()


# The officer's own workbook


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "施策"
    sheet.append(["番号", "題名", "主体"])
    sheet.append(["1", "除雪の支え合い", "住民"])
    sheet.append(["=1+1", "見守り", "行政"])
    sheet["B2"].comment = Comment("前からのメモ", "担当")
    sheet.merge_cells("A5:C6")
    choice = DataValidation(type="list", formula1='"住民,行政"')
    choice.add("C2:C9")
    sheet.add_data_validation(choice)
    sheet.protection.sheet = True
    book.create_sheet("指摘").append(["担当者の表"])
    book.create_sheet("It's")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def copy():
    found = findings_of(
        [
            in_cell("施策", "B2", value="a"),
            in_cell("施策", "B2", value="b", severity="warning", rule="other"),
            in_cell("施策", "B6", value="c", severity="info"),
            in_cell("It's", "A1", value="d", severity="warning"),
            in_cell("なし", "A1", value="e"),
            issue(value="=HYPERLINK()", messages={"ja": "=1+1", "en": "=1+1"}),
        ]
    )
    raw = annotated(workbook(), found, language="ja")
    return openpyxl.load_workbook(io.BytesIO(raw))


def test_cells_are_coloured_by_the_gravest_and_commented_beside_what_stood_there(copy):
    sheet = copy["施策"]
    assert sheet["B2"].fill.fgColor.rgb.endswith("FFC7CE")
    text = sheet["B2"].comment.text
    assert text.startswith("前からのメモ")
    assert text.count("【誤り】") == text.count("【注意】") == 1
    assert "なぜ: 一覧から漏れます。" in text
    assert "→ 直してください。" in text
    assert sheet["A5"].comment, "the first of merged cells bears the comment"
    assert sheet["A5"].fill.fgColor.rgb.endswith("DDEBF7")
    assert not sheet["C2"].comment


def test_what_the_officer_wrote_stays(copy):
    sheet = copy["施策"]
    assert [cell.value for cell in sheet[2]] == ["1", "除雪の支え合い", "住民"]
    assert sheet["A3"].value == "=1+1"
    assert sheet.data_validations.dataValidation[0].formula1 == '"住民,行政"'
    assert sheet.protection.sheet
    assert copy["指摘"]["A1"].value == "担当者の表"


def test_the_list_comes_first_with_links_to_the_cells(copy):
    assert copy.sheetnames == ["指摘2", "施策", "指摘", "It's"]
    listed = copy["指摘2"]
    assert [cell.value for cell in listed[1]][:4] == ["重さ", "原因", "場所", "内容"]
    links = {row[2].value: row[2].hyperlink for row in listed.iter_rows(min_row=2)}
    assert links["施策!B2"].location == "'施策'!B2"
    assert links["It's!A1"].location == "'It''s'!A1"
    assert links["なし!A1"] is None
    assert links[None] is None
    assert {c.data_type for row in listed.iter_rows() for c in row} <= {"s", "n"}
    assert listed.max_row == 7


def test_many_findings_on_one_cell_are_capped():
    found = findings_of(
        in_cell("施策", "B2", rule=f"r{n}", messages={"ja": f"{n}番", "en": f"{n}"})
        for n in range(9)
    )
    raw = annotated(workbook(), found, language="ja")
    text = openpyxl.load_workbook(io.BytesIO(raw))["施策"]["B2"].comment.text
    assert text.count("【誤り】") == 5
    assert "ほか4件" in text


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy_with_comments_and_links(tmp_path):
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice (soffice) is not installed")
    file = tmp_path / "copy.xlsx"
    file.write_bytes(annotated(workbook(), findings_of([in_cell("施策", "B2")]), language="ja"))
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "fods", "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = (tmp_path / "copy.fods").read_text("utf-8")
    assert "一覧から漏れます。" in text
    assert re.search(r'xlink:href="#[^"]*施策[^"]*B2"', text)


# The command


OWN = "plans/999997/community-welfare/1/stated.ttl"


def test_the_text_names_rule_place_reason_and_remedy_within_the_width(run, own_plan):
    file = own_plan / OWN
    done = run("check", file, "--on", ON)
    assert "なぜ: " in done.out
    assert "→ " in done.out
    assert f"{file}:" in done.out
    rules = set(re.findall(r"\[([\w-]+)\]", done.out))
    pages = (ROOT / "docs/rules.md").read_text("utf-8")
    assert rules
    assert all(f'<a id="{rule}"></a>' in pages for rule in rules)


def test_a_hundred_broken_links_are_one_finding(run, own_plan):
    file = own_plan / OWN
    text = file.read_text("utf-8")
    base = "https://w3id.org/welfaregraph/id/999997/community-welfare/1"
    for n in range(100):
        text += (
            f'\n<{base}/measure/m{n}> a wg:Measure ; rdfs:label "施策{n}の題"@ja ;'
            f" wg:inPlan <{base}> ; wg:pursuesGoal <{base}/goal/9> .\n"
        )
    file.write_text(text, "utf-8")
    done = run("check", file, "--on", ON, "--severity", "error")
    assert done.code == 1
    assert len(done.out.splitlines()) < 120
    found = json.loads(run("check", file, "--on", ON, "--format", "json").out)
    jsonschema.validate(found, SCHEMA)
    broken = [one for one in found if one["rule"] == "chain-broken"]
    assert len(broken) == 100
    assert len({one["finding"] for one in broken}) == 1
    assert len({one["location"]["line"] for one in broken}) == 100


def test_limit_caps_what_one_rule_tells(run):
    few, all_of_them = (run("check", "--on", ON, "--limit", n).out for n in ("1", "50"))
    assert "--limit" in few
    assert len(few) < len(all_of_them)
    assert "--limit" not in all_of_them


def test_a_folder_of_one_plan_is_checked_as_what_it_is(run):
    folder = ROOT / "graphs/plans/012301/community-welfare/3"
    rules = {}
    for what in ([folder], []):
        found = json.loads(run("check", *what, "--on", ON, "--format", "json").out)
        kept = [one for one in found if "/012301/community-welfare/3" in one["focus"]]
        rules[len(what)] = sorted((one["rule"], one["focus"], one["value"]) for one in kept)
    assert rules[1] == rules[0] != []


def test_page_and_schema_of_the_bundled_plans(run, tmp_path):
    target = tmp_path / "check.html"
    assert run("check", "--on", ON, "--format", "html", "-o", target).code == 0
    parsed(target.read_bytes())
    for language in ("ja", "en"):
        done = run("check", "--on", ON, "--format", "json", "--lang", language)
        jsonschema.validate(json.loads(done.out), SCHEMA)


def test_what_is_checked_is_never_written_over(run, own_plan):
    file = own_plan / OWN
    before = file.read_bytes()
    done = run("check", file, "--format", "xlsx", "-o", file)
    assert done.code == 2
    assert file.read_bytes() == before


# Workbooks


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """The workbook of a bundled plan."""
    from welfaregraph import cli

    file = tmp_path_factory.mktemp("book") / "小樽.xlsx"
    assert cli.run(["sheet", "012033/community-welfare-integrated/1", "-o", str(file)]) == 0
    return file


def column(sheet: object, head: str) -> str:
    """The letter of a column by its head, which stands in the second row."""
    return next(cell.column_letter for cell in sheet[2] if cell.value == head)


def test_findings_of_a_workbook_name_its_cells_and_mark_a_copy(run, book, tmp_path):
    work = openpyxl.load_workbook(book)
    sheet = work["施策"]
    title, number = column(sheet, "題名"), column(sheet, "番号")
    sheet[f"{title}7"] = "多様な世代のつながりづくり（"
    sheet[f"{number}4"] = "1"
    messy = tmp_path / "計画.xlsx"
    work.save(messy)
    before = messy.read_bytes()
    found = json.loads(run("check", messy, "--on", ON, "--format", "json").out)
    jsonschema.validate(found, SCHEMA)
    cells = {one["rule"]: one["location"] for one in found}
    assert (cells["label-bracket"]["sheet"], cells["label-bracket"]["cell"]) == (
        "施策",
        f"{title}7",
    )
    twice = {one["location"]["cell"] for one in found if one["rule"] == "duplicate-number"}
    assert len(twice) == 2
    assert {cell.rstrip("0123456789") for cell in twice} == {number}
    assert cells["period-ended"]["sheet"] == "計画"
    assert cells["spelling-variants"]["sheet"] in ("取組", "施策")
    assert f"計画.xlsx 施策!{title}7" in run("check", messy, "--on", ON).out
    copy = tmp_path / "点検.xlsx"
    assert run("check", messy, "--on", ON, "--format", "xlsx", "-o", copy).code == 1
    marked = openpyxl.load_workbook(copy)
    assert "括弧" in marked["施策"][f"{title}7"].comment.text
    assert marked.sheetnames[1:] == work.sheetnames
    assert messy.read_bytes() == before


def test_what_was_not_looked_at_is_told(run, book, tmp_path):
    assert run("check", book, "--on", ON).err == ""
    work = openpyxl.load_workbook(book)
    work.create_sheet("メモ")["A1"] = "覚え書き"
    sheet = work["施策"]
    sheet.cell(2, sheet.max_column + 1).value = "担当"
    own = tmp_path / "計画.xlsx"
    work.save(own)
    told = run("check", own, "--on", ON, "--format", "json")
    assert "点検していないシート・列" in told.err
    assert ("メモ" in told.err, "担当" in told.err) == (True, True)
    assert told.err.count("計画.xlsx") == 1
    json.loads(told.out)
    (tmp_path / "~$計画.xlsx").write_bytes(b"")
    assert "ほかのプログラムで開かれている" in run("check", own, "--on", ON).err


def test_what_cannot_be_read_is_a_finding_too_and_told_once(run, book, tmp_path):
    work = openpyxl.load_workbook(book)
    sheet = work["取組"]
    letter = column(sheet, "施策")
    for row in range(3, 60):
        sheet[f"{letter}{row}"] = "99"
    broken = tmp_path / "計画.xlsx"
    work.save(broken)
    done = run("check", broken, "--on", ON)
    assert done.code == 3
    assert done.out.count("99") == 1
    assert f"計画.xlsx 取組!{letter}3" in done.out
    assert "ほか54か所" in done.out
    copy = tmp_path / "点検.xlsx"
    assert run("check", broken, "--format", "xlsx", "-o", copy).code == 3
    marked = openpyxl.load_workbook(copy)
    assert all(marked["取組"][f"{letter}{row}"].comment for row in range(3, 60))
    rules = {one["rule"] for one in json.loads(run("check", broken, "--format", "json").out)}
    pages = (ROOT / "docs/rules.md").read_text("utf-8")
    assert rules
    assert all(f'<a id="{rule}"></a>' in pages for rule in rules)
    imported = run("import", broken, "--data", tmp_path)
    assert imported.code == 3
    assert imported.err.count("99") == 1


def test_no_workbook_at_all_is_told_as_such(run, tmp_path):
    file = tmp_path / "計画.xlsx"
    file.write_bytes(b"nothing")
    done = run("check", file)
    assert done.code == 3
    assert "計画.xlsx" in done.out + done.err
    assert "→" in done.out + done.err
