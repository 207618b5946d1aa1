"""A plan as a workbook and back: nothing is lost, whatever the way."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from rdflib import Literal, URIRef

from conftest import ON, ROOT
from test_plan import PLANS
from welfaregraph import load
from welfaregraph.plan import PARTS, plan_files, plans_in
from welfaregraph.sheet import csv_files, read_workbook, workbook
from welfaregraph.sheet.layout import layout
from welfaregraph.vocab import ID, WG

OTARU, _, KIZUNA, UNNAMED = PLANS


def saved(files, graph, folder, form="xlsx", **given):
    """Write a plan as a workbook, return where."""
    folder.mkdir(parents=True, exist_ok=True)
    if form == "xlsx":
        path = folder / "plan.xlsx"
        path.write_bytes(workbook(files, graph.store, **given))
        return path
    for name, text in csv_files(files, graph.store, **given).items():
        (folder / name).write_text(text, encoding="utf-8-sig", newline="")
    return folder


def lost_and_added(old, new):
    """Return what the second plan lacks and what it has too much."""
    pairs = [(set(old.parts[part]), set(new.parts[part])) for part in PARTS]
    return [was - now for was, now in pairs], [now - was for was, now in pairs]


@pytest.mark.parametrize(("language", "form"), [("ja", "xlsx"), ("ja", "csv"), ("en", "xlsx")])
@pytest.mark.parametrize("path", PLANS)
def test_a_plan_comes_back_as_it_was(graph, tmp_path, path, language, form):
    files = plan_files(graph.store, ID + path)
    made = saved(files, graph, tmp_path, form, language=language)
    read = read_workbook(made, on=ON)
    assert lost_and_added(files, read.files) == ([set(), set()], [set(), set()])
    assert read.files.path == path
    assert read.verdicts == ()
    assert read.ignored == ()


def test_what_nobody_judged_changes_nothing(graph, tmp_path):
    files = plan_files(graph.store, ID + UNNAMED)
    proposals = graph.proposals(ID + UNNAMED, limit=5)
    assert {str(p.term).rpartition("#")[2] for p in proposals} == {
        "overlapsWith",
        "addressesTheme",
    }
    read = read_workbook(saved(files, graph, tmp_path, proposals=proposals), on=ON)
    assert read.files.says_the_same(files)
    assert read.verdicts == ()


def test_the_same_plan_gives_the_same_bytes(graph):
    files = plan_files(graph.store, ID + KIZUNA)
    assert workbook(files, graph.store) == workbook(files, load().store)


def test_almost_everything_stands_in_a_column_made_for_it(graph, tmp_path):
    from openpyxl import load_workbook

    for path in PLANS:
        files = plan_files(graph.store, ID + path)
        book = load_workbook(saved(files, graph, tmp_path / path))
        assert book["その他"].max_row <= 3, path


def test_each_triple_is_found_in_its_cell(graph, tmp_path):
    from openpyxl import load_workbook

    files = plan_files(graph.store, ID + OTARU)
    path = saved(files, graph, tmp_path)
    cells = read_workbook(path).cells
    book = load_workbook(path)
    for part in PARTS:
        for triple in files.parts[part]:
            assert tuple(map(str, triple)) in cells
    measure = f"{ID}{OTARU}/measure/10"
    label = next(files.stated.objects(URIRef(measure), URIRef(WG + "number")))
    sheet, place = cells[measure, WG + "number", str(label)]
    assert sheet == "施策"
    assert book[sheet][place].value == "10"
    sheet, place = cells[measure, WG + "text", ""]
    assert book[sheet][place].value is None
    assert cells[measure, "", ""][0] == "施策"
    sheet, place = cells[f"{ID}{OTARU}", WG + "edition", "第1期"]
    assert (sheet, book[sheet][place].value) == ("計画", "第1期")


def test_how_it_was_read_stands_beside_the_row(graph, tmp_path):
    from openpyxl import load_workbook

    files = plan_files(graph.store, ID + KIZUNA)
    notes = {f"{ID}{KIZUNA}/measure/3": "下書き：箇条書き、確かさ 0.60"}
    path = saved(files, graph, tmp_path, notes=notes)
    page = load_workbook(path)["施策"]
    column = next(cell.column for cell in page[2] if cell.value == "読み取り")
    assert [cell.value for cell in page[5]][column - 1] == "下書き：箇条書き、確かさ 0.60"
    read = read_workbook(path)
    assert read.files.says_the_same(files)
    assert read.ignored == ()


def test_what_is_to_be_verified_is_coloured(graph, tmp_path):
    from openpyxl import load_workbook

    files = plan_files(graph.store, ID + KIZUNA)
    subject = URIRef(f"{ID}{KIZUNA}/measure/1")
    doubt = (subject, URIRef("http://www.w3.org/2004/02/skos/core#editorialNote"))
    files.stated.add((*doubt, Literal("要確認", lang="ja")))
    page = load_workbook(saved(files, graph, tmp_path))["施策"]
    column = next(cell.column_letter for cell in page[2] if cell.value == "確認")
    assert page[f"{column}3"].value == "要確認"
    [rules] = [found.rules for found in page.conditional_formatting]
    assert rules[0].formula == [f'${column}3="要確認"']
    assert rules[0].dxf.fill.bgColor.rgb.endswith("FFEB9C")
    lists = [v for v in page.data_validations.dataValidation if v.type == "list"]
    assert len(lists) > 5
    assert page["A3"].value == f"{KIZUNA}/measure/1"
    assert page.column_dimensions["A"].hidden
    [guard] = [v for v in page.data_validations.dataValidation if v.type == "custom"]
    assert guard.formula1 == "FALSE"
    assert "A3" in guard.sqref
    assert page.freeze_panes == "C3"
    assert page.auto_filter.ref


def test_days_and_numbers_are_days_and_numbers(graph, tmp_path):
    from openpyxl import load_workbook

    files = plan_files(graph.store, ID + OTARU)
    book = load_workbook(saved(files, graph, tmp_path))
    row = next(r for r in book["期間"].iter_rows(min_row=3, values_only=True) if r[2])
    assert row[2:4] == (2021, 2023)
    assert datetime.datetime(2024, 3, 31) in row


# ---- the layout


def test_headings_are_unique_and_lists_and_sheets_exist():
    spec = layout()
    names = [sheet.name for sheet in spec.sheets]
    assert len(names) == len(set(names)) >= 20
    for sheet in spec.sheets:
        for language in ("ja", "en"):
            titles = [column.title(language) for column in sheet.columns]
            assert max(Counter(titles).values()) == 1, sheet.name
            assert all(titles)
        for column in sheet.columns:
            assert set(column.lists) <= set(spec.lists), column
            assert set(column.to) <= set(names), column
        for name in (*sheet.named, *sheet.sort):
            sheet.column(name)


def test_every_term_of_the_layout_is_defined(graph):
    own = {
        str(term)
        for sheet in layout().sheets
        for term in (*sheet.classes, *(c.of for c in sheet.columns if c.of))
        if str(term).startswith(WG)
    }
    assert len(own) > 60
    defined = graph.sparql("SELECT ?t WHERE { ?t a ?c . FILTER(STRSTARTS(STR(?t), STR(wg:))) }"
                           .replace("wg:", f"<{WG}>"))  # fmt: skip
    assert own <= {row["t"] for row in defined}


# ---- commands


def test_import_writes_what_sheet_wrote(run, tmp_path):
    book, data = tmp_path / "plan.xlsx", tmp_path / "data"
    done = run("sheet", KIZUNA, "-o", book)
    assert (done.code, done.out) == (0, "")
    done = run("import", book, "--data", data)
    assert done.code == 0
    assert done.out.splitlines() == [
        str(data / "plans" / KIZUNA / f"{part}.ttl") for part in ("curated", "stated")
    ]
    assert "目標5、施策15、小見出し0、取組0" in done.err
    held = {files.path: files for files in plans_in(ROOT / "graphs")}
    assert plans_in(data)[0].says_the_same(held[KIZUNA])


def test_a_workbook_is_checked_like_a_file(run, tmp_path):
    book = tmp_path / "plan.xlsx"
    run("sheet", UNNAMED, "-o", book)
    from_book = run("check", book, "--on", ON, "--format", "json")
    place = ROOT / "graphs/plans" / UNNAMED / "stated.ttl"
    from_file = run("check", place, "--on", ON, "--format", "json")
    assert from_book.code == from_file.code == 0
    assert len(from_book.out) > 1000


def test_a_new_workbook_says_what_is_missing(run, tmp_path):
    book, data = tmp_path / "new.xlsx", tmp_path / "data"
    given = ("--municipality", "小樽市", "--plan-type", "community-welfare")
    assert run("new", "-o", book, *given).code == 0
    done = run("import", book, "--data", data)
    assert done.code == 0
    assert "計画!C4 計画名" in done.err
    assert (data / "plans/012033/community-welfare/undated/stated.ttl").is_file()


def test_a_new_workbook_without_a_place_says_so(run, tmp_path):
    book, data = tmp_path / "new.xlsx", tmp_path / "data"
    assert run("new", "-o", book).code == 0
    done = run("import", book, "--data", data)
    assert done.code == 3
    assert "保存先を決められません" in done.err
    assert run("import", book, "--data", data, "--as", "999997/community-welfare/1").code == 0
    assert (data / "plans/999997/community-welfare/1/stated.ttl").is_file()


def test_literals_are_kept_to_the_letter(graph, tmp_path):
    files = plan_files(graph.store, ID + KIZUNA)
    subject = URIRef(f"{ID}{KIZUNA}/measure/1")
    hard = ["=SUM(A1)", "+1", "-1", "@x", "'x", "①（１）ｶﾅ", "012", "a\nb", " 空白 ", "\t", "",
            "_x0041_", "字" * 10_000, "長" * 40_000, "－", "\u2028x", "é", "é", "😀", "1.0",
            "2024-04-01", "TRUE", "“x”", "\\n", "\r\n", "\x01"]  # fmt: skip
    for text in hard:
        files.stated.add((subject, URIRef(WG + "text"), Literal(text, lang="ja")))
        files.stated.add((subject, URIRef(WG + "marksTerm"), Literal(text, lang="ja")))
        files.stated.add((subject, URIRef(WG + "number"), Literal(text)))
    for form in ("xlsx", "csv"):
        read = read_workbook(saved(files, graph, tmp_path / form, form))
        assert lost_and_added(files, read.files) == ([set(), set()], [set(), set()])


# ---- a plan written by hand


def below(page, values, row):
    """Write values below their headings."""
    heads = {cell.value: cell.column for cell in page[2]}
    for heading, value in values.items():
        page.cell(row, heads[heading]).value = value


def filled(run, path):
    """Write a small plan into a new workbook, as its first sheet tells one to."""
    from openpyxl import load_workbook

    text = path.with_name("plan.txt")
    text.write_text("架空町地域福祉計画\n", encoding="utf-8")
    given = ("--municipality", "999997", "--plan-type", "地域福祉計画", "--document", text)
    assert run("new", "-o", path, *given).code == 0
    book = load_workbook(path)
    form = {row[1].value: row[2] for row in book["計画"].iter_rows(min_row=3)}
    assert form["計画の種類"].value == "地域福祉計画"
    for heading, text in {
        "計画名": "架空町地域福祉計画",
        "期・次": "第2期",
        "発行者": "架空町",
        "計画期間": "令和6年度から令和10年度まで",
        "法的根拠": "社会福祉法第107条",
        "該当箇所": "plan L1",
    }.items():
        form[heading].value = text
    below(book["地域"], {"名称": "999997", "市区町村コード": 999997}, 3)
    below(book["団体"], {"名称": "架空町", "種別": "公的機関"}, 3)
    below(book["期間"], {"名称": "令和6年度から令和10年度まで", "開始年度": "２０２４",
                        "終了日": "令和11年3月31日", "該当箇所": "plan L2"}, 3)  # fmt: skip
    below(book["出典"], {"No.": "plan", "文書名": "計画書", "手元にある範囲": "全文"}, 3)
    below(book["目標"], {"番号": "1", "題名": "雪に負けないまち", "題名の箇所": "plan L3"}, 3)
    below(book["目標"], {"番号": "2", "題名": "人がつながるまち", "題名の箇所": "plan L9"}, 4)
    below(book["施策"], {"目標": "1", "番号": "(1)", "題名": "除雪の支え合い",
                       "題名の箇所": "plan L4"}, 3)  # fmt: skip
    below(book["施策"], {"目標": "2", "番号": "(1)", "題名": "居場所づくり",
                       "題名の箇所": "plan 10-12"}, 4)  # fmt: skip
    below(book["主体"], {"名称": "町民", "区分": "市民", "該当箇所": "plan L5"}, 3)
    below(book["主体"], {"名称": "町", "区分": "行政", "該当箇所": "plan L6"}, 4)
    below(book["小見出し"], {"施策": "1-1", "題名": "見守り", "題名の箇所": "plan L7"}, 3)
    below(book["取組"], {"施策": "1-1", "主体": "町民\n町", "取組": "雪をかく",
                       "該当箇所": "plan L5"}, 3)  # fmt: skip
    below(book["取組"], {"施策": "2-1", "取組": "茶話会", "該当箇所": "plan L11"}, 4)
    book.save(path)
    return path


def test_a_plan_written_by_hand_gets_its_identifiers(run, tmp_path):
    files = read_workbook(filled(run, tmp_path / "plan.xlsx")).files
    home = "999997/community-welfare/2"
    assert files.path == home
    named = {str(s).removeprefix(ID) for s in files.stated.subjects()}
    assert named == {
        home, "area/999997", "org/999997-community-welfare-2-1", "doc/plan",
        f"{home}/period", f"{home}/goal/1", f"{home}/goal/2", f"{home}/measure/1-1",
        f"{home}/measure/2-1", f"{home}/measure/1-1/part/1", f"{home}/actor/citizen",
        f"{home}/actor/government", f"{home}/measure/1-1#citizen-1",
        f"{home}/measure/2-1#item-1",
        *(f"doc/plan#L{n}" for n in ("1", "2", "3", "4", "5", "6", "7", "9", "10-L12", "11")),
    }  # fmt: skip
    about = {
        (str(p).rpartition("#")[2], str(o).removeprefix(ID).removeprefix(WG))
        for p, o in files.stated.predicate_objects(URIRef(f"{ID}doc/plan#L10-L12"))
    }
    assert {
        ("locator", "L10-L12"),
        ("quotation", "居場所づくり"),
        ("isFoundIn", "doc/plan"),
    } < about
    assert ("isReadAs", "https://w3id.org/welfaregraph/scheme/reading/as-printed") in about
    period = dict(files.stated.predicate_objects(URIRef(f"{ID}{home}/period")))
    assert {"2024", "2029-03-31"} <= {str(value) for value in period.values()}


def test_a_plan_written_by_hand_passes_the_check(run, tmp_path):
    path, data = filled(run, tmp_path / "plan.xlsx"), tmp_path / "data"
    done = run("check", path, "--on", ON, "--severity", "error", "--format", "csv")
    assert done.code == 0, done.out
    assert run("import", path, "--data", data).code == 0
    again = tmp_path / "again.xlsx"
    assert run("sheet", "999997/community-welfare/2", "--data", data, "-o", again).code == 0
    assert read_workbook(again).files.says_the_same(plans_in(data)[0])


def test_a_provisional_place_can_be_changed(run, tmp_path):
    book, data = tmp_path / "plan.xlsx", tmp_path / "data"
    assert run("sheet", UNNAMED, "-o", book).code == 0
    new = "999997/community-welfare/1"
    assert run("import", book, "--data", data, "--as", new).code == 0
    [files] = plans_in(data)
    assert files.path == new
    turtle = (data / "plans" / new / "stated.ttl").read_text("utf-8")
    assert "id/x-5d769e45" not in turtle
    assert "id/area/999997" in turtle
    assert run("import", book, "--data", data, "--as", "../evil").code == 2


# ---- judgements


def test_verdicts_on_overlaps_and_themes_are_taken_in(run, tmp_path):
    from openpyxl import load_workbook

    book, data = tmp_path / "plan.xlsx", tmp_path / "data"
    assert run("sheet", UNNAMED, "-o", book, "--proposals", "2").code == 0
    excel = load_workbook(book)
    page = excel["判断"]
    heads = {cell.value: cell.column for cell in page[2]}
    rows = [page[number] for number in range(3, 8)]

    def said(row, heading):
        return row[heads[heading] - 1]

    overlap = next(row for row in rows if said(row, "項目").value == "重なる")
    theme = next(row for row in page if said(row, "項目").value == "テーマを扱う"
                 and said(row, "判断").value == "採用")  # fmt: skip
    below(page, {"判断": "却下", "理由": "仕事の中身が違う。"}, overlap[0].row)
    below(page, {"判断": "却下", "理由": "題名だけでは言えない。"}, theme[0].row)
    excel.save(book)
    done = run("import", book, "--data", data, "--on", ON)
    assert done.code == 0, done.err
    judged = (data / "judgements/overlaps.ttl").read_text("utf-8")
    assert judged.count("wg:doesNotOverlapWith <") == 1
    assert "仕事の中身が違う。" in judged
    curated = (data / "plans" / UNNAMED / "curated.ttl").read_text("utf-8")
    assert curated.count("wg:doesNotAddressTheme <") == 1
    assert "because-doesNotAddressTheme-" in curated
    assert "題名だけでは言えない。" in curated
    again = tmp_path / "again.xlsx"
    assert run("sheet", UNNAMED, "--data", data, "-o", again, "--proposals", "0").code == 0
    before = (data / "judgements/overlaps.ttl").read_bytes()
    [verdict] = read_workbook(again).verdicts
    assert (verdict.accepted, verdict.reason) == (False, "仕事の中身が違う。")
    assert run("import", again, "--data", data).code == 0
    assert (data / "judgements/overlaps.ttl").read_bytes() == before
