"""Bad documents on the command line: one clear error each, all at once, nothing written."""

from __future__ import annotations

import builtins
import json
import os
import sys

import pytest

from bad_documents import BAD
from building import docx_of, pdf_of
from welfaregraph.speech import phrase

PLAN = """第２期架空市地域福祉計画

基本目標１　つながる

施策１　見守りの推進

・福祉の声かけ
"""


@pytest.mark.parametrize(("name", "raw", "key"), BAD.values(), ids=BAD.keys())
def test_each_is_told_with_place_and_remedy(run, tmp_path, name, raw, key):
    path, book = tmp_path / name, tmp_path / "out.xlsx"
    path.write_bytes(raw)
    done = run("draft", path, "-o", book)
    assert (done.code, done.out) == (3, "")
    assert str(path) in done.err
    todo = phrase(f"error.{key}.todo", "ja").partition("{")[0]
    assert todo in done.err
    assert "Traceback" not in done.err
    assert path.read_bytes() == raw
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_all_that_cannot_be_read_is_told_at_once(run, tmp_path):
    wanted = ("not a PDF", "locked PDF", "scanned", "garbled PDF", "zip bomb", "picture")
    paths = []
    for number, (name, raw, _) in enumerate(BAD[kind] for kind in wanted):
        paths.append(tmp_path / f"{number}-{name}")
        paths[-1].write_bytes(raw)
    good = tmp_path / "good.txt"
    good.write_text(PLAN, encoding="utf-8")
    done = run("draft", good, *paths)
    assert (done.code, done.out) == (3, "")
    assert all(str(path) in done.err for path in paths)
    assert done.err.count("→") == len(wanted)
    assert str(good) not in done.err


def test_a_file_of_300_megabytes(run, tmp_path):
    path = tmp_path / "plan.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(300 << 20)
    done = run("draft", path, "-o", tmp_path / "plan.xlsx")
    assert done.code == 3
    assert "200 MB" in done.err
    assert not (tmp_path / "plan.xlsx").exists()


@pytest.mark.parametrize("module", ["defusedxml", "openpyxl"])
def test_a_package_that_is_not_installed_is_named(run, tmp_path, monkeypatch, module):
    path = tmp_path / "plan.docx"
    path.write_bytes(docx_of(PLAN))
    _take_away(monkeypatch, module)
    done = run("draft", path, "-o", tmp_path / "out.xlsx")
    assert (done.code, done.out) == (5, "")
    assert f"「{module}」" in done.err
    assert "入れ直して" in done.err
    assert not (tmp_path / "out.xlsx").exists()


def test_a_reader_of_pdf_that_is_not_installed_is_no_broken_pdf(run, tmp_path, monkeypatch):
    """The process that reads PDF cannot import its library."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf_of(PLAN))
    assert run("draft", path).code == 0
    broken = tmp_path / "broken" / "pypdfium2"
    broken.mkdir(parents=True)
    text = "raise ModuleNotFoundError(\"No module named 'pypdfium2'\", name='pypdfium2')\n"
    (broken / "__init__.py").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(broken.parent), *sys.path)))
    done = run("draft", path)
    assert (done.code, done.out) == (5, "")
    assert "「pypdfium2」" in done.err
    assert "壊れて" not in done.err


def _take_away(monkeypatch, module):
    """Let a module be as if it were not installed."""
    kept = builtins.__import__

    def refuse(name, *rest, **named):
        if name.partition(".")[0] == module:
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)
        return kept(name, *rest, **named)

    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", refuse)


def test_what_is_no_plan_ends_with_nought_and_says_so(run, tmp_path):
    path = tmp_path / "survey.txt"
    title = "架空市 地域福祉に関するアンケート調査 結果報告書"
    text = f"{title}\n調査の目的\n回収率 41.7％\n問１ 性別\n自由意見\n"
    path.write_text(text, encoding="utf-8")
    done = run("draft", path)
    assert done.code == 0
    assert json.loads(done.out)["is_plan"] is False
    assert "調査報告" in done.err
