"""Representative commands where the locale is C, and where standard output is CP932.

No letter stops a run, what a person reads stays legible, and files are UTF-8 all the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from conftest import ON, ROOT
from test_diff import plan

#: A letter that CP932 lacks (a radical), one it writes in another way, and one it has not.
TITLE = "市⺠の〜除雪😀"
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
CP932 = {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "cp932"}
SETTINGS = {"c": (C_LOCALE, "utf-8"), "cp932": (CP932, "cp932")}


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "old.ttl").write_text(plan(1, [TITLE, "見守り"]), "utf-8")
    (tmp_path / "new.ttl").write_text(plan(2, ["市民の〜除雪", "防災—訓練"]), "utf-8")
    (tmp_path / "plan.txt").write_text(
        "架空町地域福祉計画\n基本目標１　支え合う⺠\n施策１　除雪〜の支え合い\n", "utf-8"
    )
    (tmp_path / "sjis.ttl").write_bytes(plan(3, ["見守り"]).encode("cp932"))
    return tmp_path


def call(folder: Path, setting: str, *arguments: str) -> tuple[int, str, str]:
    given, encoding = SETTINGS[setting]
    left_out = ("PYTHONIOENCODING", "PYTHONUTF8", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES",
                "WELFAREGRAPH_LANG")  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if k not in left_out} | given
    done = subprocess.run(
        [sys.executable, "-m", "welfaregraph", *arguments],
        check=False, capture_output=True, cwd=folder, env=environment, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


READ = {
    "summary": ([], 0, "地域福祉計画"),
    "help": (["check", "--help"], 0, "使い方"),
    "check": (["check", "old.ttl", "--on", ON], 0, "参考"),
    "query": (["query", "CQ-01"], 0, "基本理念"),
    "overlaps": (["overlaps", "--limit", "2"], 0, "強さ"),
    "gaps": (["gaps", "--on", ON], 0, "計画の抜け"),
    "network": (["network"], 0, "媒介性"),
    "diff": (["diff", "old.ttl", "new.ttl"], 0, "の～除雪"),
    "broken": (["check", "sjis.ttl"], 3, "Shift_JIS"),
    "misuse": (["nonsense"], 2, "使い方の誤り"),
}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", READ)
def test_a_person_reads_japanese_and_nothing_breaks(folder, setting, name):
    arguments, code, said = READ[name]
    ended, out, err = call(folder, setting, *arguments)
    assert "Traceback" not in err
    assert ended in (code, 1 if name == "check" else code), err
    said = said.replace("～", "〜") if setting == "c" else said
    assert said in out + err


@pytest.mark.parametrize("setting", SETTINGS)
def test_radicals_and_dashes_become_what_the_encoding_has(folder, setting):
    _, out, _ = call(folder, setting, "diff", "old.ttl", "new.ttl")
    assert (TITLE if setting == "c" else "市民の～除雪?") in out


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("form", ["csv", "tsv", "json", "html"])
def test_rows_and_pages_are_utf8_on_any_output(folder, setting, form):
    given = SETTINGS[setting][0]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LC_")} | given
    call_ = [
        sys.executable,
        "-m",
        "welfaregraph",
        "diff",
        "old.ttl",
        "new.ttl",
        "--format",
        form,
    ]
    raw = subprocess.run(
        call_, check=True, capture_output=True, cwd=folder, env=environment, timeout=120
    ).stdout
    assert TITLE in raw.decode("utf-8")
    call(folder, setting, "diff", "old.ttl", "new.ttl", "--format", form, "-o", "x")
    assert (folder / "x").read_bytes() == raw


@pytest.mark.parametrize("setting", SETTINGS)
def test_files_written_are_the_same_in_any_locale(folder, setting):
    code, _, err = call(folder, setting, "fmt", "old.ttl")
    assert code == 0, err
    assert TITLE in (folder / "old.ttl").read_text("utf-8")
    code, _, err = call(folder, setting, "check", "old.ttl", "--format", "xlsx", "-o", "x.xlsx")
    assert code in (0, 1), err
    assert "指摘" in openpyxl.load_workbook(folder / "x.xlsx").sheetnames
    code, _, err = call(folder, setting, "report", "-o", "r", "--on", ON)
    assert code == 0, err
    assert "地域福祉計画" in (folder / "r" / "report.html").read_text("utf-8")
    code, out, err = call(folder, setting, "draft", "plan.txt", "--format", "json")
    assert code == 0, err
    assert "基本目標" in out or "支え合う" in out


def test_every_text_file_is_opened_with_its_encoding():
    """PLW1514 in make check; here the rule is seen to be asked for, and to bite."""
    assert "--select PLW1514" in (ROOT / "Makefile").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--preview", "--select", "PLW1514",
         "--isolated", "--stdin-filename", "x.py", "-"],
        check=False, capture_output=True, input=b"open('x')\n", cwd=ROOT,
    )  # fmt: skip
    assert b"without explicit `encoding`" in done.stdout
