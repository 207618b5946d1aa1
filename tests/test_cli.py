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
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    from_stdin = run("query", "-", "--format", "csv")
    assert from_file.out == from_stdin.out == "n\r\n16\r\n"


def test_ask_and_construct_are_answered_too(run, tmp_path):
    ask, construct = tmp_path / "ask.rq", tmp_path / "construct.rq"
    ask.write_text("ASK { ?s ?p ?o }", "utf-8")
    construct.write_text("CONSTRUCT { <urn:a> <urn:b> ?n } WHERE { BIND(1 AS ?n) }", "utf-8")
    assert json.loads(run("query", ask).out)["boolean"] is True
    assert run("query", construct).out.strip() == "<urn:a> <urn:b> 1 ."


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
    keys = ["rule", "severity", "origin", "focus", "label", "plan", "path", "value", "message",
            "remedy", "location"]  # fmt: skip
    assert found
    assert all(list(issue) == keys for issue in found)
    assert all(issue["message"]["ja"] and issue["message"]["en"] for issue in found)


def test_check_of_own_data_reports_only_that(run, own_plan):
    found = json.loads(run("check", "--data", own_plan, "--format", "json", "--on", ON).out)
    assert found
    assert {"999997" in issue["focus"] or "kaku" in issue["focus"] for issue in found} == {True}


def test_own_data_stands_beside_the_bundled_and_alone(run, own_plan):
    assert "架空町地域福祉計画" in run("query", "summary", "--data", own_plan).out
    alone = run("query", "summary", "--data", own_plan, "--only-data", "--format", "csv")
    assert len(rows(alone.out)) == 1


def test_a_workbook_opens_and_holds_no_formula(run, tmp_path):
    file = tmp_path / "overlaps.xlsx"
    assert run("overlaps", "--format", "xlsx", "-o", file, "--limit", "5").code == 0
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["強さ", "確かさ"]
    assert sheet.max_row == 6


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
