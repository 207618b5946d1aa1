"""What an officer is told on the way from a workbook to the graph, and when a call is wrong."""

from __future__ import annotations

import pytest

from conftest import ON
from test_plan import PLANS
from test_sheet import below, filled
from welfaregraph.plan import PlanFiles, plan_files, plans_in
from welfaregraph.vocab import ID

UNNAMED = PLANS[3]


@pytest.mark.parametrize("path", PLANS)
def test_what_import_tells_is_what_the_summary_counts(graph, path):
    row = next(row for row in graph.plans() if row["plan"] == ID + path)
    sizes = plan_files(graph.store, ID + path).sizes()
    assert sizes == {name: int(row[name]) for name in sizes}
    assert set(sizes) == {"goals", "measures", "parts", "activities"}


def test_measures_and_sub_headings_are_told_apart(graph):
    sizes = plan_files(graph.store, ID + UNNAMED).sizes()
    assert (sizes["measures"], sizes["parts"]) == (4, 9)
    assert sum(PlanFiles("x/y/z").sizes().values()) == 0


def test_import_takes_a_plan_with_errors_and_says_so(run, tmp_path):
    from openpyxl import load_workbook

    path, data = filled(run, tmp_path / "plan.xlsx"), tmp_path / "data"
    good = run("import", path, "--data", data, "--on", ON)
    assert good.code == 0
    assert "点検では、誤りはありません" in good.err
    book = load_workbook(path)
    below(book["主体"], {"区分": None}, 3)
    book.save(path)
    bad = run("import", path, "--data", data, "--on", ON)
    assert bad.code == 0  # nothing that can be kept is refused
    assert "誤り1件" in bad.err
    assert f"welfaregraph check {path}" in bad.err
    assert run("check", path, "--on", ON).code == 1
    assert len(plans_in(data)) == 1


def test_import_under_another_place_names_a_place_to_check(run, tmp_path):
    book, data = tmp_path / "plan.xlsx", tmp_path / "data"
    assert run("new", "-o", book).code == 0
    home = "999997/community-welfare/1"
    done = run("import", book, "--data", data, "--as", home, "--on", ON)
    assert done.code == 0
    assert f"welfaregraph check {data / 'plans' / home}" in done.err


def test_a_new_workbook_is_refused_with_every_reason(run, tmp_path):
    there = tmp_path / "plan.xlsx"
    there.write_bytes(b"mine")
    given = ("--municipality", "架空市", "--plan-type", "福祉計画")
    done = run("new", "-o", there, *given)
    assert done.code == 2
    for said in ("plan.xlsx", "架空市", "福祉計画"):
        assert said in done.err
    assert there.read_bytes() == b"mine"
    done = run("new", "-o", there, *given, "--document", tmp_path / "a.pdf", "--document", "b")
    assert done.code == 3
    for said in ("a.pdf", "架空市", "b: "):
        assert said in done.err


def test_a_report_named_like_a_file_is_refused(run, tmp_path):
    done = run("report", "-o", tmp_path / "rep.html", "--on", ON)
    assert done.code == 2
    assert "フォルダーに書きます" in done.err
    assert not (tmp_path / "rep.html").exists()


def test_two_drafts_of_one_plan_are_told_apart(run, tmp_path):
    from openpyxl import load_workbook

    old, new = tmp_path / "案.xlsx", tmp_path / "成案.xlsx"
    filled(run, old)
    book = load_workbook(old)
    below(book["施策"], {"題名": "雪下ろしの支え合い"}, 3)
    book.save(new)
    said = run("diff", old, new).out.splitlines()[0]
    assert "案.xlsx］ → " in said
    assert "成案.xlsx］" in said


def test_tables_are_ready_to_print(run, tmp_path):
    from openpyxl import load_workbook

    old, new = filled(run, tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    new.write_bytes(old.read_bytes())
    out = tmp_path / "out.xlsx"
    assert run("diff", old, new, "--format", "xlsx", "-o", out).code == 0
    table, about = load_workbook(out).worksheets
    assert table.page_setup.orientation == about.page_setup.orientation == "landscape"
    assert table.sheet_properties.pageSetUpPr.fitToPage
    assert table.print_title_rows == "$1:$1"
    heads = [cell.value for cell in table[1]]
    printed = table.print_area.rpartition("$")[0].rpartition("!")[2]
    last = heads.index(next(head for head in heads if "IRI" in head))
    assert printed.endswith(f"${table.cell(1, last).column_letter}")
    said = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
    assert [line[-8:] for line in said["計画"].split("\n")] == ["/a.xlsx］", "/b.xlsx］"]
    run("check", old, "--on", ON, "--format", "xlsx", "-o", out, "--lang", "ja")
    found = load_workbook(out).worksheets[0]
    assert (found.page_setup.paperSize, found.print_title_rows) == (9, "$1:$1")


@pytest.mark.parametrize("command", [("check",), ("import", "--data", "d")])
def test_one_csv_file_is_no_plan(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "目標.csv"
    path.write_bytes("No.,題名\r\n1,支え合い\r\n".encode("cp932"))
    name, *more = command
    done = run(name, path, *more)
    assert done.code == 3
    assert "CSVファイル一つでは、計画になりません" in done.out + done.err
    assert not (tmp_path / "d").exists()


def test_wrong_words_are_answered_with_those_of_the_lists(run, tmp_path):
    from openpyxl import load_workbook

    path = filled(run, tmp_path / "plan.xlsx")
    book = load_workbook(path)
    below(book["主体"], {"区分": "市民の皆さん"}, 3)
    below(book["取組"], {"主体": "町民たち"}, 3)
    below(book["記載なし"], {"対象": "施策 1-2", "ない事項": "番号", "理由": "不明"}, 3)
    book.save(path)
    done = run("check", path, "--on", ON, "--format", "csv")
    assert done.code == 3
    near = {line.split("近いもの: ")[1].split("。")[0].split("、")[0]
            for line in done.out.splitlines() if "近いもの: " in line}  # fmt: skip
    assert {"市民", "町民", "施策 1-1"} <= near
    assert not any(word.isascii() or "/" in word for word in near)


def test_lines_of_a_pasted_title_are_joined(run, tmp_path):
    from openpyxl import load_workbook

    path, data = filled(run, tmp_path / "plan.xlsx"), tmp_path / "data"
    book = load_workbook(path)
    below(book["施策"], {"題名": "除雪の\r\n支え合い", "本文": "一行目\n二行目"}, 3)
    book.save(path)
    done = run("import", path, "--data", data, "--on", ON)
    assert done.code == 0
    assert "一行につないだ欄 1件: 施策!E3" in done.err
    assert "点検では、誤りはありません" in done.err
    said = {str(o) for o in plans_in(data)[0].stated.objects()}
    assert {"除雪の支え合い", "一行目\n二行目"} <= said


def test_numbers_of_rows_may_be_wide(run, tmp_path):
    from openpyxl import load_workbook

    path, data = filled(run, tmp_path / "plan.xlsx"), tmp_path / "data"
    assert run("import", path, "--data", data, "--on", ON).code == 0
    again = tmp_path / "again.xlsx"
    home = "999997/community-welfare/2"
    assert run("sheet", home, "--data", data, "-o", again).code == 0
    book = load_workbook(again)
    assert book["施策"]["B3"].value == "1-1"
    book["施策"]["B3"].value = "１－１".replace("－", "-")
    book["施策"]["B5"].value = "２-２"
    below(
        book["施策"], {"目標": "２", "番号": "(2)", "題名": "足湯", "題名の箇所": "plan L20"}, 5
    )
    book.save(again)
    assert run("import", again, "--data", data, "--on", ON).code == 0
    [files] = plans_in(data)
    measures = {str(s) for s in files.stated.subjects()}
    assert f"{ID}{home}/measure/2-2" in measures
    assert f"{ID}{home}/measure/1-1" in measures
