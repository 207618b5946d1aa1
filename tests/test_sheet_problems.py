"""What is wrong in a workbook is told at once, with sheet and cell, and nothing is written."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from openpyxl import load_workbook
from rdflib import URIRef

from conftest import ON, ROOT
from welfaregraph import InputError, files
from welfaregraph.errors import ProblemsError
from welfaregraph.plan import plan_files, plans_in
from welfaregraph.sheet import csv_files, read_workbook, workbook
from welfaregraph.vocab import ID, WG

PLAN = "x-5d769e45/unnamed/undated"


@pytest.fixture(scope="module")
def whole(graph):
    """Return the bytes of a workbook."""
    return workbook(plan_files(graph.store, ID + PLAN), graph.store)


@pytest.fixture
def edited(whole, tmp_path):
    """Return a maker of workbooks in which something was changed."""

    def make(change, name="plan.xlsx"):
        book = load_workbook(io.BytesIO(whole))
        change(book)
        path = tmp_path / name
        book.save(path)
        return path

    return make


def at(book, sheet, heading, row):
    """Return the cell of a row below a heading."""
    page = book[sheet]
    column = next(cell.column for cell in page[2] if cell.value == heading)
    return page.cell(row, column)


def problems(path, **given):
    """Return the problems of a workbook as keys and places."""
    with pytest.raises(InputError) as caught:
        read_workbook(path, on=ON, **given)
    found = caught.value.found if isinstance(caught.value, ProblemsError) else [caught.value]
    for problem in found:
        for language in ("ja", "en"):
            assert "→" in problem.render(language)
        assert str(path) in problem.where
    return [(p.key, p.where.removeprefix(str(path)).strip(), p) for p in found]


def keys(found):
    return [(key, where) for key, where, _ in found]


def put(sheet, heading, row, value):
    def change(book):
        at(book, sheet, heading, row).value = value

    return change


def test_all_problems_are_told_at_once(edited):
    def spoil(book):
        at(book, "施策", "目標", 3).value = "9"
        at(book, "施策", "順", 4).value = "三番"
        at(book, "取組", "施策", 5).value = "08-9"
        at(book, "判断", "判断した日", 3).value = "ことし"
        at(book, "該当箇所", "読み方", 6).value = "印刷のとおりに"
        at(book, "目標", "題名", 3).value = '=CONCAT("つ","な")'
        book["施策"].merge_cells("E5:E6")
        del book["指標"]

    found = problems(edited(spoil))
    assert set(keys(found)) == {
        ("workbook-merged", "施策!E5:E6"),
        ("workbook-formula", "目標!D3"),
        ("workbook-no-sheet", ""),
        ("workbook-unknown-word", "施策!C3"),
        ("workbook-number", "施策!O4"),
        ("workbook-unknown-word", "取組!C5"),
        ("workbook-date", "判断!H3"),
        ("workbook-unknown-word", "該当箇所!F6"),
    }


def test_an_unknown_word_is_told_with_its_neighbours(edited):
    [(key, where, problem)] = problems(edited(put("該当箇所", "読み方", 6, "印刷どおり読み")))
    assert (key, where) == ("workbook-unknown-word", "該当箇所!F6")
    assert "「読み方」に使えない語です: 印刷どおり読み" in problem.render("ja")
    assert "近いもの: 印刷どおり。" in problem.render("ja")


def test_a_reference_to_no_row_is_told(edited):
    [(key, where, problem)] = problems(edited(put("施策", "目標", 4, "9")))
    assert (key, where) == ("workbook-unknown-word", "施策!C4")
    assert "「目標」に使えない語です: 9" in problem.render("ja")


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "key"),
    [
        ("施策", "順", "一", "workbook-number"),
        ("判断", "判断した日", "2026-13-01", "workbook-date"),
        ("判断", "判断した日", "令和8年", "workbook-date"),
        ("判断", "理由", None, "workbook-reason-missing"),
        ("判断", "判断", "たぶん", "workbook-unknown-word"),
        ("出典", "発行年月", "令和", "workbook-month"),
        ("施策", "目標", "=1+2", "workbook-formula"),
        ("施策", "目標", "#REF!", "workbook-formula"),
    ],
)
def test_a_wrong_value_is_told_with_its_cell(edited, sheet, heading, value, key):
    places = []

    def change(book):
        cell = at(book, sheet, heading, 3)
        cell.value = value
        places.append(f"{sheet}!{cell.coordinate}")

    assert keys(problems(edited(change))) == [(key, places[0])]


def test_identifiers_and_numbers_stay(edited):
    found = problems(edited(put("施策", "識別子", 3, "012301/kizuna/undated/measure/1")))
    assert keys(found)[0] == ("workbook-identifier", "施策!A3")
    [(key, where, problem)] = problems(edited(put("施策", "No.", 3, "88")))[:1]
    assert (key, where) == ("workbook-key-changed", "施策!B3")
    assert "「08」から「88」" in problem.render("ja")


def test_two_rows_of_one_number_are_told(edited):
    def copy(book):
        page = book["施策"]
        for cell in list(page[3]):
            page.cell(7, cell.column).value = cell.value

    [(key, where, _), *_] = problems(edited(copy))
    assert (key, where) == ("workbook-row-twice", "施策!B7")

    def add(book):
        for row, number in ((7, "08"), (8, "11"), (9, "11")):
            book["施策"].cell(row, 2).value = number
            at(book, "施策", "題名", row).value = "新しい施策"

    found = keys(problems(edited(add)))
    assert ("workbook-number-twice", "施策!B7") in found
    assert ("workbook-number-twice", "施策!B9") in found
    assert ("workbook-number-twice", "施策!B8") not in found


def test_a_copied_row_with_a_number_of_its_own_is_a_new_row(edited, graph):
    def copy(book):
        page = book["施策"]
        for cell in list(page[3]):
            page.cell(7, cell.column).value = cell.value
        page.cell(7, 2).value = "11"

    read = read_workbook(edited(copy))
    old = plan_files(graph.store, ID + PLAN)
    assert f"{ID}{PLAN}/measure/11" in {str(s) for s in read.files.stated.subjects()}
    assert set(old.stated) < set(read.files.stated)


def test_a_sheet_without_headings_or_columns_is_told(edited):
    def change(book):
        for cell in book["目標"][2]:
            cell.value = None
        at(book, "施策", "題名", 2).value = "タイトル"

    found = keys(problems(edited(change)))
    assert ("workbook-no-headings", "目標") in found
    assert ("workbook-no-column", "施策") in found


# ---- what is read nevertheless


def test_full_width_digits_and_blanks_are_understood(edited, graph):
    def change(book):
        at(book, "施策", "目標", 3).value = " ３ "
        at(book, "施策", "順", 3).value = "１"
        at(book, "判断", "判断した日", 3).value = "令和８年１１月２１日"
        at(book, "施策", "番号", 3).value = "０８"

    read = read_workbook(edited(change))
    assert read.files.says_the_same(plan_files(graph.store, ID + PLAN))


def test_a_code_that_lost_its_zero_gets_it_back(edited):
    def change(book):
        page = book["地域"]
        at(book, "地域", "名称", 3).value = "架空市"
        at(book, "地域", "市区町村コード", 3).value = 12345
        assert page.max_row >= 3

    read = read_workbook(edited(change))
    assert (ID + "area/012345", WG + "areaCode", "012345") in read.cells
    found = problems(edited(lambda book: (
        put("地域", "名称", 3, "架空市")(book),
        put("地域", "市区町村コード", 3, "12345")(book),
    )))  # fmt: skip
    assert keys(found) == [("workbook-digits", "地域!D3")]


def test_columns_and_sheets_of_ones_own_are_left_aside(edited, graph):
    def change(book):
        book.create_sheet("メモ")["A1"] = "覚え書き"
        page = book["施策"]
        page.cell(2, page.max_column + 1).value = "担当"

    read = read_workbook(edited(change))
    assert read.files.says_the_same(plan_files(graph.store, ID + PLAN))
    assert [name.split()[-1] for name in read.ignored] == ["担当", "メモ"]


def test_rows_can_be_sorted_and_moved(edited, graph):
    def change(book):
        page = book["取組"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
        blank = [None] * len(rows[0])
        for number, row in enumerate([blank, *reversed(rows)], 3):
            for column, value in enumerate(row, 1):
                page.cell(number, column).value = value

    read = read_workbook(edited(change))
    assert read.files.says_the_same(plan_files(graph.store, ID + PLAN))


def test_a_row_that_is_dropped_is_gone(edited, graph):
    def change(book):
        for name in ("取組", "記載なし", "判断"):
            for row in book[name].iter_rows(min_row=3):
                if any(str(cell.value).endswith("08-1 item-1") for cell in row):
                    for cell in row:
                        cell.value = None

    read = read_workbook(edited(change))
    old = plan_files(graph.store, ID + PLAN)
    lost = {s for s, _, _ in set(old.stated) - set(read.files.stated)}
    item = f"{ID}{PLAN}/measure/08/part/1#item-1"
    place = URIRef(f"{ID}doc/unnamed-plan#L42")  # only that row named it
    assert lost == {URIRef(item), URIRef(f"{item}-silence-actor"), place}
    assert read.orphans == 1
    assert set(read.files.stated) < set(old.stated)
    alone = problems(edited(lambda book: [setattr(c, "value", None) for c in book["取組"][3]]))
    assert {key for key, _, _ in alone} == {"workbook-unknown-word"}


# ---- files that are none


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


BOMB = packed(**{"xl__workbook.xml": "<a/>", "xl__sharedStrings.xml": b"0" * 90_000_000})
ENTITIES = packed(**{
    "xl__workbook.xml": '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
})  # fmt: skip


@pytest.mark.parametrize(
    ("name", "raw", "key"),
    [
        ("plan.xlsx", b"PK no zip at all", "workbook-none"),
        ("plan.xlsx", b"", "workbook-none"),
        ("plan.xlsx", packed(**{"a.txt": "x"}), "workbook-foreign"),
        ("plan.xlsx", packed(**{"xl__workbook.xml": "<a/>"}), "workbook-broken"),
        ("plan.xlsx", BOMB, "workbook-bomb"),
        ("plan.xlsx", ENTITIES, "workbook-entities"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "workbook-old"),
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "workbook-old"),
        (
            "plan.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "workbook-encrypted",
        ),
        (
            "plan.ods",
            packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "workbook-ods",
        ),
    ],
)
def test_a_file_that_is_no_workbook_is_named(run, tmp_path, name, raw, key):
    path = tmp_path / name
    path.write_bytes(raw)
    assert keys(problems(path)) == [(key, "")]
    for command in (("import", path, "--data", tmp_path / "data"), ("check", path)):
        done = run(*command)
        assert done.code == 3
        assert str(path) in done.out + done.err
    assert not (tmp_path / "data").exists()


def test_macros_are_refused(whole, tmp_path):
    renamed = tmp_path / "plan.xlsm"
    renamed.write_bytes(whole)
    assert keys(problems(renamed)) == [("workbook-macros", "")]
    hidden = tmp_path / "hidden.xlsx"
    hidden.write_bytes(whole)
    with zipfile.ZipFile(hidden, "a") as file:
        file.writestr("xl/vbaProject.bin", b"x")
    assert keys(problems(hidden)) == [("workbook-macros", "")]


def test_another_workbook_is_named(tmp_path):
    from openpyxl import Workbook

    path = tmp_path / "budget.xlsx"
    Workbook().save(path)
    assert keys(problems(path)) == [("workbook-foreign", "")]


def test_a_file_of_300_megabytes_is_refused_at_once(tmp_path):
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    began = time.process_time()
    assert keys(problems(path)) == [("workbook-too-big", "")]
    assert time.process_time() - began < 2


def test_a_file_in_use_is_named(whole, tmp_path, run, monkeypatch):
    from pathlib import Path

    path = tmp_path / "plan.xlsx"
    path.write_bytes(whole)
    (tmp_path / "~$plan.xlsx").write_bytes(b"x")
    done = run("sheet", PLAN, "-o", path, "--force")
    assert done.code == 3
    assert "開かれています" in done.err
    assert path.read_bytes() == whole
    done = run("import", path, "--data", tmp_path / "data")
    assert done.code == 0
    assert "開かれているようです" in done.err

    def refuse(_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert keys(problems(path)) == [("workbook-locked", "")]


# ---- CSV


@pytest.fixture
def folder(graph, tmp_path):
    """Return a folder of CSV files."""
    place = tmp_path / "csv"
    place.mkdir()
    for name, text in csv_files(plan_files(graph.store, ID + PLAN), graph.store).items():
        (place / name).write_text(text, encoding="utf-8-sig", newline="")
    return place


def test_shift_jis_is_read_and_told(run, folder, tmp_path, graph):
    path = folder / "施策.csv"
    path.write_bytes(path.read_bytes().decode("utf-8-sig").encode("cp932"))
    read = read_workbook(folder)
    assert read.legacy == ("施策.csv",)
    assert read.files.says_the_same(plan_files(graph.store, ID + PLAN))
    done = run("import", folder, "--data", tmp_path / "data")
    assert done.code == 0
    assert "施策.csv" in done.err


def test_problems_of_csv_files_are_named(folder):
    (folder / "目標.csv").write_bytes(b"\xff\xfe\x00\xd8\x80\x80")
    (folder / "用語.csv").write_text('"unclosed', encoding="utf-8")
    text = (folder / "施策.csv").read_text("utf-8-sig")
    (folder / "施策.csv").write_text(text.replace(",3,08,", ",9,08,"), "utf-8-sig", newline="")
    found = keys(problems(folder))
    assert {key for key, _ in found} >= {"workbook-csv-encoding", "workbook-csv"}
    assert ("workbook-unknown-word", "施策!C2") in found


def test_an_empty_folder_is_no_workbook(run, tmp_path):
    (tmp_path / "empty").mkdir()
    done = run("import", tmp_path / "empty", "--data", tmp_path / "data")
    assert done.code == 3
    assert "CSVファイルが一つもありません" in done.err


# ---- nothing half-written


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_workbook_with_problems_writes_nothing(run, edited, own_plan):
    before = tree(own_plan)
    path = edited(put("施策", "目標", 3, "9"))
    done = run("import", path, "--data", own_plan)
    assert (done.code, done.out) == (3, "")
    assert "施策!C3" in done.err
    assert tree(own_plan) == before


#: Runs a command that is killed at the nth call of a function.
KILLED = """
import os, pathlib, signal, sys
from welfaregraph import cli
place, name, left = sys.argv[1], sys.argv[2], [int(sys.argv[3])]
owner = {"os": os, "path": pathlib.Path}[place]
usual = getattr(owner, name)
def deadly(*given, **named):
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return usual(*given, **named)
setattr(owner, name, deadly)
sys.exit(cli.run(sys.argv[4:]))
"""


def killed(moment, *words):
    """Run a command and kill it in the middle of writing; return its exit code."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, (*moment, *words))],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    return done.returncode


MOMENTS = [("os", "fsync", 0), ("os", "fsync", 1), ("path", "replace", 0)]


@pytest.mark.parametrize("moment", [*MOMENTS, ("path", "replace", 1), ("path", "replace", 2)])
def test_an_import_killed_in_the_middle_is_whole_or_not_at_all(
    run, graph, edited, tmp_path, moment
):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "graphs/plans" / PLAN, data / "plans" / PLAN)
    was = plan_files(graph.store, ID + PLAN)

    def change(book):
        at(book, "施策", "題名", 3).value = "新しい題名"
        at(book, "判断", "理由", 3).value = "新しい理由"

    book = edited(change)
    assert killed(moment, "import", book, "--data", data) == -signal.SIGKILL
    files.complete(data)
    [now] = plans_in(data)
    is_old, is_new = now.says_the_same(was), now.says_the_same(read_workbook(book).files)
    assert is_old or is_new
    assert is_old or "replace" in moment
    assert run("import", book, "--data", data).code == 0
    assert plans_in(data)[0].says_the_same(read_workbook(book).files)


@pytest.mark.parametrize("moment", MOMENTS[::2])
def test_a_workbook_killed_in_the_middle_leaves_the_old_one(run, whole, tmp_path, moment):
    book = tmp_path / "plan.xlsx"
    book.write_bytes(whole)
    assert killed(moment, "sheet", PLAN, "-o", book, "--force") == -signal.SIGKILL
    assert book.read_bytes() == whole
    assert run("sheet", PLAN, "-o", book, "--force").code == 0
    assert book.read_bytes() != whole  # it has proposals
