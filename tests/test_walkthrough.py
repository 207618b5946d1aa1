"""The walk-through for officers, followed word for word: commands and what is to be written."""

from __future__ import annotations

import re
import shlex
import shutil

from openpyxl import load_workbook

from conftest import ON, ROOT
from welfaregraph.plan import plans_in

PAGE = (ROOT / "docs/adding-a-plan.md").read_text("utf-8")
#: Commands and tables in the order of the page.
PARTS = re.compile(r"```sh\n(.*?)```|((?:^\|[^\n]*\n)+)", re.S | re.M)


def steps():
    """Yield the commands and the tables of what to write, as the page has them."""
    for match in PARTS.finditer(PAGE):
        if match[1]:
            for line in match[1].splitlines():
                yield "command", shlex.split(line)[1:]
        else:
            rows = [[cell.strip() for cell in line.strip("|").split("|")]
                    for line in match[2].splitlines()]  # fmt: skip
            yield "table", rows[2:]


def cell_of(book, sheet, row, column):
    """Return the cell that the page means."""
    page = book[sheet]
    if sheet == "計画":
        return next(cells[2] for cells in page.iter_rows(min_row=3) if cells[1].value == row)
    heads = {cell.value: cell.column for cell in page[2]}
    for cells in page.iter_rows(min_row=3):
        if row in [cell.value for cell in cells]:
            return page.cell(cells[0].row, heads[column])
    raise AssertionError((sheet, row))


def test_the_page_can_be_followed(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "tests/fixtures/documents/kirisawa.md", tmp_path)
    done, edits, last = [], 0, ""
    for kind, step in steps():
        if kind == "table":
            book = load_workbook(last)
            for sheet, row, column, text in step:
                cell_of(book, sheet, row, column).value = text or None
                edits += 1
            book.save(last)
            continue
        dated = ["--on", ON] if step[0] in {"check", "import", "gaps", "overlaps"} else []
        result = run(*step, *dated)
        assert result.code == 0, (step, result.out, result.err)
        done.append((step[0], result))
        if "-o" in step and step[0] != "check":
            last = step[step.index("-o") + 1]
    assert [name for name, _ in done] == [
        "draft", "check", "check", "import", "gaps", "overlaps", "sheet", "import", "new",
    ]  # fmt: skip
    assert edits == 10
    assert "誤り 0件" in done[1][1].out
    assert "passage-unused" not in done[1][1].out
    assert "e-Stat" not in done[1][1].out
    assert "点検では、誤りはありません" in done[3][1].err
    [files] = plans_in(tmp_path / "my-plans")
    assert files.path == "999997/community-welfare/4"
    assert "x-" not in {str(s).split("/")[4] for s in files.stated.subjects()}
    terms = {str(p).rpartition("#")[2] for p in files.curated.predicates()}
    assert {"addressesTheme", "doesNotAddressTheme"} < terms
    judged = (tmp_path / "my-plans/judgements/overlaps.ttl").read_text("utf-8")
    assert "どちらも、近所どうしで見守り合う体制をつくる。" in judged
    assert "霧沢市地域福祉計画" in done[5][1].out
