"""Plans without measures, with one, with empty or endless labels, one plan twice."""

from __future__ import annotations

import csv
import io
import itertools
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pytest

from conftest import ON
from welfaregraph.cli.commands.network import PROJECTIONS
from welfaregraph.cli.commands.overlaps import LEVELS

PLAN = "https://w3id.org/welfaregraph/id/{code}/community-welfare/1"
HEAD = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wg: <https://w3id.org/welfaregraph/ns#>
<{plan}> a wg:Plan ; rdfs:label "{name}"@ja ;
    wg:hasPlanType <https://w3id.org/welfaregraph/scheme/plan-type/community-welfare> .
<urn:doc:{code}> a wg:Document ; dcterms:title "{name}"@ja ; wg:heldScope "全文"@ja ;
    wg:isDocumentOf <{plan}> .
"""
MEASURE = """
<{plan}/measure/{n}> a wg:Measure ; rdfs:label "{label}"@ja ; wg:inPlan <{plan}> ;
    wg:number "{n}" ; wg:order {n} .
<{plan}/activity/{n}> a wg:Activity ; rdfs:label "{label}"@ja ; wg:inPlan <{plan}> ;
    wg:carriesOut <{plan}/measure/{n}> .
"""
LONG = "除雪ボランティアの支援" * 910
#: What the two plans of a folder have for labels of their measures.
ODD = {
    "no-measures": ([], []),
    "one-measure": (["除雪ボランティアの支援"], []),
    "one-each": (["除雪ボランティアの支援"], ["除雪ボランティアの支援"]),
    "empty-labels": (["", " "], ["", "　"]),
    "long-labels": ([LONG, LONG[:9000]], [LONG]),
}


def write(folder, code: str, labels, name: str = "") -> None:
    plan = PLAN.format(code=code)
    place = folder / "plans" / code / "community-welfare" / "1"
    place.mkdir(parents=True)
    values = {"plan": plan, "code": code, "name": name or f"架空{code}計画"}
    text = HEAD.format(**values) + "".join(
        MEASURE.format(n=n, label=label, **values) for n, label in enumerate(labels, 1)
    )
    (place / "stated.ttl").write_text(text, "utf-8")


@pytest.fixture(params=ODD, ids=str)
def odd(request, tmp_path):
    """A folder with two odd plans, and the name of what is odd."""
    assert len(LONG) > 10_000
    folder = tmp_path / "data"
    for code, labels in zip(("999991", "999992"), ODD[request.param], strict=True):
        write(folder, code, labels)
    return request.param, folder


def pairs_wanted(name: str, level: str) -> bool:
    """Whether two plans of this kind have anything to compare."""
    return name in ("one-each", "long-labels") and level in LEVELS


@pytest.mark.parametrize("uncurated", [(), ("--uncurated",)], ids=["curated", "uncurated"])
@pytest.mark.parametrize("level", LEVELS)
def test_overlaps(run, odd, level, uncurated):
    name, folder = odd
    asked = [
        "overlaps",
        "--data",
        folder,
        "--only-data",
        "--level",
        level,
        "--on",
        ON,
        *uncurated,
    ]
    done = run(*asked, "--format", "csv", "--min-score", "0")
    assert done.code == 0
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert bool(rows) == pairs_wanted(name, level), rows
    assert all(0 <= float(row["score"]) <= 1 for row in rows)
    plain = run(*asked)
    assert plain.code == 0
    assert ("ありません" in plain.out) == (not rows)
    out = folder / "out.xlsx"
    assert run(*asked, "--format", "xlsx", "-o", out, "--min-score", "0").code == 0
    assert openpyxl.load_workbook(out).worksheets


def test_gaps(run, odd):
    _, folder = odd
    asked = ["gaps", "--data", folder, "--only-data", "--on", ON]
    done = run(*asked, "--format", "csv")
    assert done.code == 0
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert rows
    assert {row["plan"] for row in rows} <= {PLAN.format(code=c) for c in ("999991", "999992")}
    for form in ("json", "tsv"):
        assert run(*asked, "--format", form).code == 0
    assert run(*asked).code == 0
    assert run(*asked, "--format", "xlsx", "-o", folder / "out.xlsx").code == 0


@pytest.mark.parametrize("name", PROJECTIONS)
def test_network(run, odd, name):
    _, folder = odd
    asked = ["network", "--data", folder, "--only-data", "--projection", name, "--on", ON]
    assert run(*asked).code == 0
    found = json.loads(run(*asked, "--format", "json").out)
    for form in ("graphml", "svg"):
        done = run(*asked, "--format", form)
        assert done.code == 0
        ET.fromstring(done.out)
    alone = json.loads(run(*asked, "999991/community-welfare/1", "--format", "json").out)
    assert len(alone["nodes"]) <= len(found["nodes"])


def test_report(run, odd, tmp_path):
    name, folder = odd
    out = tmp_path / "report"
    uncurated = ["--uncurated"] if name == "one-each" else []
    done = run("report", "-o", out, "--data", folder, "--only-data", "--on", ON, *uncurated)
    assert done.code == 0, done.err
    ET.fromstring((out / "report.html").read_bytes())
    assert openpyxl.load_workbook(out / "report.xlsx").sheetnames[0] == "概要"


def test_build(run, odd, tmp_path):
    name, folder = odd
    out = tmp_path / "out"
    assert run("build", out, "--data", folder, "--only-data", "--on", ON).code == 0
    for level in LEVELS:
        done = run("query", "derived-overlaps", "--set", f"level={level}", "--format", "csv",
                   "--data", folder, "--data", out, "--only-data")  # fmt: skip
        assert done.code == 0, done.err
        rows = list(csv.DictReader(io.StringIO(done.out)))
        assert bool(rows) == (name in ("one-each", "long-labels")), (level, rows)


def test_check(run, odd):
    name, folder = odd
    done = run("check", "--data", folder, "--only-data", "--on", ON, "--format", "csv")
    assert done.code in (0, 1)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    if name == "empty-labels":
        assert any("label" in row["rule"].lower() for row in rows), "an empty name is told"


#: Every command that reads plans, as far as it goes without anything else.
COMMANDS = (
    *itertools.product(("overlaps",), ("--level",), LEVELS),
    *itertools.product(("network",), ("--projection",), PROJECTIONS),
    ("gaps",),
    ("check",),
)


def in_two_files(folder: Path) -> tuple[Path, Path]:
    """Write one plan twice, and return its two files."""
    write(folder, "999991", ["除雪"])
    first = next(folder.rglob("stated.ttl"))
    twin = folder / "plans" / "999992" / "stated.ttl"
    twin.parent.mkdir()
    twin.write_text(first.read_text("utf-8"), "utf-8")
    return first, twin


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_one_plan_in_two_files_is_refused(run, tmp_path, command):
    folder = tmp_path / "data"
    first, twin = in_two_files(folder)
    done = run(*command, "--data", folder, "--on", ON)
    refused(done, first, twin)


@pytest.mark.parametrize("command", [("report", "-o"), ("build",)], ids=" ".join)
def test_and_nothing_is_written(run, tmp_path, command):
    folder = tmp_path / "data"
    first, twin = in_two_files(folder)
    done = run(*command, tmp_path / "out", "--data", folder, "--on", ON)
    refused(done, first, twin)
    assert not (tmp_path / "out").exists()


def refused(done, *files) -> None:
    assert done.code == 3
    assert all(str(file) in done.err for file in files)
    assert done.out == ""
    assert "Traceback" not in done.err
