"""The command line: what goes to stdout, what to stderr, which exit code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import openpyxl
import pytest

from conftest import ON, ROOT
from welfaregraph.cli import words
from welfaregraph.cli.group import command_names
from welfaregraph.cli.paragraphs import breadth

COMMANDS = command_names()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_alone_it_names_the_four_plans_and_what_to_try(run):
    done = run()
    assert done.code == 0
    for name in (
        "小樽市地域福祉計画",
        "登別市地域福祉計画",
        "きずな計画",
        "計画名の印刷されていない",
    ):
        assert name in done.out
    for command in ("overlaps", "gaps", "check", "query"):
        assert f"welfaregraph {command}" in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(command):
    found = {}
    for language in ("ja", "en"):
        done = subprocess.run(
            [sys.executable, "-m", "welfaregraph", command, "--help", "--lang", language],
            capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        found[language] = done.stdout
    assert found["ja"] != found["en"]
    assert found["en"].isascii() or "…" in found["en"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_speaks_the_language_of_its_run(run, command):
    asked = [command] if command else []
    english, japanese = (run(*asked, "--help", "--lang", tag).out for tag in ("en", "ja"))
    again = run(*asked, "--help", "--lang", "en").out
    assert english == again != japanese


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_the_terminal_and_speaks_one_language(run, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "80")
    asked = [command] if command else []
    done = run(*asked, "--help", "--lang", "ja")
    assert done.code == 0
    assert max(map(breadth, done.out.splitlines())) <= 80
    assert done.out.startswith("使い方: welfaregraph")
    for english in ("Usage", "Options", "Commands", "Show ", "default", "required"):
        assert english not in done.out.replace("[OPTIONS]", "")
    english = run(*asked, "--help", "--lang", "en").out
    assert english.startswith("Usage: welfaregraph")
    assert max(map(breadth, english.splitlines())) <= 80


def test_help_tells_defaults_and_what_is_required(run):
    assert "［既定：measure］" in run("overlaps", "--help").out
    assert "［必須］" in run("report", "--help").out
    assert "[0<=x<=1]" in run("overlaps", "--help").out
    assert "[required]" in run("report", "--help", "--lang", "en").out


def test_help_loads_no_heavy_library():
    program = (
        "import sys; from welfaregraph.cli import run; run(['--help']);"
        "print([m for m in ('rdflib', 'pyoxigraph', 'pyshacl', 'networkx', 'yaml', 'rich',"
        " 'openpyxl', 'SPARQLWrapper') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_query_lists_the_catalogue(run):
    done = run("query")
    assert done.code == 0
    assert "CQ-01" in done.out
    assert "CQ-30" in done.out


def test_query_answers_by_name_and_by_number(run):
    by_number = run("query", "CQ-02", "--format", "csv", "--on", ON)
    by_name = run("query", "goal-measure-counts", "--format", "csv", "--on", ON)
    assert by_number.out == by_name.out
    assert [row["measures"] for row in rows(by_name.out)] == ["5", "5", "5"]


def test_query_json_is_sparql_results_json(run):
    done = run("query", "CQ-02", "--format", "json")
    found = json.loads(done.out)
    assert found["head"]["vars"][0] == "plan"
    assert found["results"]["bindings"][0]["measures"]["value"] == "5"


def test_query_reads_a_file_and_standard_input(run, tmp_path, monkeypatch):
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/welfaregraph/ns#Goal> }"
    file = tmp_path / "goals.rq"
    file.write_text(text, "utf-8")
    from_file = run("query", file, "--format", "csv")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    from_stdin = run("query", "-", "--format", "csv")
    assert from_file.out == from_stdin.out == "n\r\n16\r\n"


def test_ask_and_construct_are_answered_too(run, tmp_path):
    ask, construct = tmp_path / "ask.rq", tmp_path / "construct.rq"
    ask.write_text("ASK { ?s ?p ?o }", "utf-8")
    construct.write_text("CONSTRUCT { <urn:a> <urn:b> ?n } WHERE { BIND(1 AS ?n) }", "utf-8")
    assert run("query", ask).out == "はい\n"
    assert run("query", ask, "--lang", "en").out == "Yes\n"
    assert json.loads(run("query", ask, "--format", "json").out)["boolean"] is True
    assert run("query", ask, "--format", "csv").out == "true\n"
    ask.write_text("ASK { ?s ?s ?s }", "utf-8")
    assert run("query", ask).out == "いいえ\n"
    assert run("query", construct).out == "<urn:a> <urn:b> 1 .\n"


def test_parameters_are_bound(run):
    done = run("query", "CQ-05", "--set", "number=13", "--format", "csv")
    assert "除雪ボランティアの担い手確保" in done.out
    assert "災害ボランティア講座の開催" not in done.out


def test_a_value_cannot_break_out_of_its_place(run):
    wicked = '13" } ?s ?p ?o . VALUES ?x { "'
    done = run("query", "CQ-05", "--set", f"number={wicked}", "--format", "csv")
    assert done.code == 0
    assert rows(done.out) == []


def test_overlaps_have_their_columns_and_are_ranked(run):
    done = run("overlaps", "--format", "csv", "--min-score", "0")
    found = rows(done.out)
    assert tuple(found[0]) == words.OVERLAP_COLUMNS
    scores = [float(row["score"]) for row in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1
    assert len({(row["measure_a"], row["measure_b"]) for row in found}) == len(found)


def test_gaps_can_be_narrowed_to_a_kind_and_a_plan(run):
    plan = "012033/community-welfare-integrated/1"
    found = rows(run("gaps", plan, "--kind", "h", "--format", "csv", "--on", ON).out)
    assert {row["kind"] for row in found} == {"h"}
    assert {row["missing_label"] for row in found} == {"ひきこもり", "不登校"}


def test_check_fails_only_from_the_severity_asked(run):
    assert run("check", "--on", ON).code == 0
    assert run("check", "--on", ON, "--fail-on", "info").code == 1


def test_check_json_has_its_members(run):
    found = json.loads(run("check", "--format", "json", "--on", ON).out)
    keys = ["finding", "rule", "severity", "origin", "focus", "label", "plan", "path", "value",
            "title", "message", "why", "remedy", "location"]  # fmt: skip
    assert found
    assert all(list(issue) == keys for issue in found)
    assert all(issue["message"]["ja"] and issue["message"]["en"] for issue in found)
    assert all(issue["why"]["ja"] and issue["why"]["en"] for issue in found)


def test_check_of_own_data_reports_only_that(run, own_plan):
    found = json.loads(run("check", "--data", own_plan, "--format", "json", "--on", ON).out)
    assert found
    assert {"999997" in issue["focus"] or "kaku" in issue["focus"] for issue in found} == {True}


def test_own_data_stands_beside_the_bundled_and_alone(run, own_plan):
    assert "架空町地域福祉計画" in run("query", "summary", "--data", own_plan).out
    alone = run("query", "summary", "--data", own_plan, "--only-data", "--format", "csv")
    assert len(rows(alone.out)) == 1


def test_a_workbook_shows_people_first_and_says_what_it_is(run, tmp_path):
    file = tmp_path / "overlaps.xlsx"
    done = run("overlaps", "--format", "xlsx", "-o", file, "--limit", "5", "--on", ON)
    assert done.code == 0
    sheet, about = openpyxl.load_workbook(file).worksheets
    assert (sheet.title, about.title) == ("施策の重なり", "説明")
    heads = [cell.value for cell in sheet[1]]
    assert heads[:3] == ["強さ", "確かさ", "計画A"]
    assert [head for head in heads if "IRI" in head] == heads[-4:]
    assert sheet.max_row == 6
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    assert not any("https://" in str(cell.value) for row in sheet["A2:G6"] for cell in row)
    told = dict(about.iter_rows(values_only=True))
    assert told["コマンド"] == f"welfaregraph overlaps --limit 5 --on {ON}"
    assert told["本日とみなす日"] == ON
    assert "きずな計画" in told["計画"].splitlines()
    assert "計画にないという意味ではありません" in told["注意"]


def test_codes_are_words_in_a_workbook(run, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    file = tmp_path / "found.xlsx"
    run("check", "--format", "xlsx", "-o", file, "--on", ON)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    found = [dict(zip(next(sheet.values), row, strict=True)) for row in sheet.values][1:]
    assert {row["重さ"] for row in found} <= {"誤り", "注意", "参考"}
    assert {row["原因"] for row in found}.isdisjoint({"plan", "extraction", "excerpt", "data"})
    assert {row["ファイル"].split("/")[0] for row in found if row["ファイル"]} == {"graphs"}
    run("gaps", "--kind", "c", "--format", "xlsx", "-o", file, "--on", ON, "--lang", "en")
    gaps = openpyxl.load_workbook(file)
    assert gaps.sheetnames == ["Gaps", "About"]
    rows = [
        dict(zip(next(gaps["Gaps"].values), row, strict=True)) for row in gaps["Gaps"].values
    ]
    assert {row["status"] for row in rows[1:]} == {"lost in our copy", "not in the part held"}
    assert "who carries out the activities" in {row["missing title"] for row in rows}


def test_a_workbook_holds_numbers_and_no_formula(run, tmp_path):
    query, file = tmp_path / "wicked.rq", tmp_path / "wicked.xlsx"
    query.write_text(
        'SELECT ?a ?n ?b WHERE { VALUES (?a ?n ?b) { ("=1+1" 3 "08") ("@x" 12 UNDEF) } }',
        "utf-8",
    )
    assert run("query", query, "--format", "xlsx", "-o", file).code == 0
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert [list(row) for row in sheet.values] == [
        ["a", "n", "b"], ["=1+1", 3, "08"], ["@x", 12, None],
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix


def test_a_table_says_codes_and_iris_in_words(run):
    periods = run("query", "periods", "--on", ON).out
    assert "終了" in periods
    assert "ended" not in periods
    assert "ended" in run("query", "periods", "--on", ON, "--format", "csv").out
    assert "社会福祉協議会" in run("query", "CQ-05").out
    assert "actor-kind" not in run("query", "CQ-05").out
    assert "council of social welfare" in run("query", "CQ-05", "--lang", "en").out


def test_what_an_iri_is_called_stands_in_a_table_once(run):
    found = run("query", "silences", "--on", ON).out
    assert "文書名" in found
    assert "探した文書" not in found


def test_an_iri_without_a_name_is_shortened(run, tmp_path):
    file = tmp_path / "plain.rq"
    file.write_text("SELECT ?s WHERE { BIND(<https://w3id.org/welfaregraph/id/no/x> AS ?s) }")
    assert run("query", file).out.split()[-1] == "id/no/x"


def test_what_is_missing_is_a_noun(run):
    found = run("gaps", "--lang", "en", "--on", ON).out
    assert "who carries out the activities (not in the part held)" in found
    assert "activities that carry it out" in found
    assert "is performed by" not in found
    assert "contributes to SDG (" not in found


def test_english_is_spoken_when_asked(run):
    assert run("--lang", "en").out != run().out
    assert "plans held" in run("--lang", "en").out


def test_nothing_but_data_on_stdout(run):
    done = run("query", "search", "--set", "text=そのような語はありません", "--format", "csv")
    assert done.out.count("\r\n") == 1
    assert done.err


def test_running_as_a_module_is_the_same_program():
    done = subprocess.run(
        [sys.executable, "-m", "welfaregraph", "--version"], capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == f"welfaregraph {version()}"


def version() -> str:
    for line in (ROOT / "pyproject.toml").read_text("utf-8").splitlines():
        if line.startswith("version"):
            return line.split('"')[1]
    raise AssertionError


def test_a_plan_can_be_named_as_it_is_printed(run):
    one = run("gaps", "きずな計画", "--format", "csv", "--on", ON)
    two = run("gaps", "012301/kizuna/undated", "--format", "csv", "--on", ON)
    assert one.out == two.out
    assert len(rows(one.out)) > 1


def test_a_copy_of_a_bundled_plan_takes_its_place(run, tmp_path):
    source = ROOT / "graphs/plans/012301/kizuna/undated/stated.ttl"
    copy = tmp_path / "corrected.ttl"
    text = source.read_text("utf-8").replace("きずな活動の推進", "きずな活動の促進")
    copy.write_text(text, "utf-8")
    found = json.loads(run("check", copy, "--format", "json", "--on", ON).out)
    assert not [issue for issue in found if issue["severity"] == "error"]
    assert {issue["location"]["file"] for issue in found} <= {str(copy), ""}


def test_findings_name_the_plan_they_are_about(run):
    found = json.loads(run("check", "--format", "json", "--on", ON).out)
    assert found
    assert all(issue["plan"] for issue in found)


@pytest.mark.parametrize("command", ["overlaps", "gaps", "network", "check", "query"])
def test_a_file_tells_its_format_by_its_ending(run, tmp_path, command):
    name = ["CQ-02"] if command == "query" else []
    done = run(command, *name, "--on", ON, "-o", tmp_path / "x.csv", "--lang", "en")
    assert done.code in (0, 1)
    assert done.out == ""
    wanted = run(command, *name, "--on", ON, "--format", "csv", "--lang", "en").out
    assert (tmp_path / "x.csv").read_text("utf-8").splitlines() == wanted.splitlines()
    assert len(wanted.splitlines()) > 2


@pytest.mark.parametrize("command", ["overlaps", "gaps", "network", "check", "query"])
def test_a_file_of_no_format_is_refused_and_not_passed_over(run, tmp_path, command):
    name = ["CQ-02"] if command == "query" else []
    for options in (["-o", tmp_path / "x.txt"], ["-o", tmp_path / "x"]):
        done = run(command, *name, "--on", ON, *options)
        assert done.code == 2
        assert "--format" in done.err
        assert done.out == ""
    assert not list(tmp_path.iterdir())


def test_the_format_named_wins_over_the_ending(run, tmp_path):
    run("gaps", "--on", ON, "--format", "json", "-o", tmp_path / "x.csv")
    assert json.loads((tmp_path / "x.csv").read_text("utf-8"))


def test_a_graph_asked_for_is_written_whatever_the_file_is_called(run, tmp_path):
    query = tmp_path / "q.rq"
    query.write_text("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 3", "utf-8")
    assert run("query", query, "-o", tmp_path / "x.txt").code == 0
    assert len((tmp_path / "x.txt").read_text("utf-8").splitlines()) >= 3


def test_files_in_order_need_no_mending(run, own_plan):
    run("fmt", "--data", own_plan)
    done = run("fmt", "--check", "--data", own_plan)
    assert done.code == 0
    assert "直せます" not in done.err
    assert "そろっています" in done.err


def test_no_code_of_a_gap_stays_in_a_workbook(run, tmp_path):
    for language, told in (("ja", {"抜粋"}), ("en", {"an excerpt"})):
        file = tmp_path / f"{language}.xlsx"
        run("gaps", "--on", ON, "--lang", language, "-o", file)
        sheet = openpyxl.load_workbook(file).worksheets[0]
        texts = {cell.value for row in sheet.iter_rows() for cell in row}
        assert told <= texts
        assert not {"excerpt", "warning", "info", "absent", "curated"} & texts
