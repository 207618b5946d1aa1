"""Any plan graph comes back from a workbook as it was, through LibreOffice too."""

from __future__ import annotations

import random
import shutil
import subprocess

import pytest
from rdflib import RDF, XSD, BNode, Literal, URIRef

import synthetic
from test_plan import PLANS
from test_sheet import lost_and_added, saved
from welfaregraph import load
from welfaregraph.plan import PlanFiles, plan_files, plans_in
from welfaregraph.sheet import read_workbook
from welfaregraph.sheet.layout import layout
from welfaregraph.vocab import ID, WG

#: What texts are made of: all that spreadsheets, XML, CSV and Turtle treat specially.
PIECES = [
    "=SUM(A1)", "+81", "-", "@", "'", '"', "“", "”", ",", ";", "\n", "\r", "\t", " ", "　",
    "－", "①", "（４）", "０１", "01", "1.0", "1e5", "2024-04-01", "TRUE", "#REF!", "_x000D_",
    "_x0041_", "\\", "\\n", "\\u0041", "<b>&amp;", "]]>", "\x00", "\x0b", "\x1f", "\x7f",
    "\x85", "\u2028", "\ufeff", "\ufffe", "é", "e\u0301", "葛\U000e0100", "😀", "⺠", "㈱",
    "計画",
    "x" * 300, "識別子", "No.", "要確認", "この計画", "採用", "stated",
    "{plan}",     "http://a.b/", "_:b",
    "@ja",
]  # fmt: skip


def text(chance):
    return "".join(chance.choices(PIECES, k=chance.choice([0, 1, 1, 2, 3, 8])))


def value(chance, things):  # noqa: PLR0911
    """Return any node: a thing, a literal of any kind, a blank node."""
    match chance.randrange(12):
        case 0 | 1 | 2:
            return chance.choice(things)
        case 3:
            return URIRef(f"https://example.org/{chance.randrange(9)}#ä(x)")
        case 4:
            return BNode(f"b{chance.randrange(4)}")
        case 5 | 6 | 7:
            return Literal(text(chance), lang=chance.choice(["ja", "en", "ja-Hrkt"]))
        case 8:
            return Literal(text(chance))
        case 9:
            return Literal(str(chance.randrange(-5, 99)), datatype=XSD.integer)
        case 10:
            kinds = [
                XSD.date,
                XSD.gYearMonth,
                XSD.duration,
                XSD.decimal,
                XSD.integer,
                XSD.string,
            ]
            lexical = chance.choice(["2024-04-01", "1066-10-14", "2024-04", "P1Y", "1.50",
                                     "007", "-0", text(chance)])  # fmt: skip
            return Literal(lexical, datatype=chance.choice(kinds), normalize=False)
        case _:
            return URIRef(WG + chance.choice(["Goal", "Measure", "number", "doesNotState"]))


def any_plan(seed):
    """Return a plan made by chance of the terms of the layout, sensible or not."""
    chance = random.Random(seed)  # noqa: S311
    plan = f"99999{seed % 10}/plan/{seed}"
    files = PlanFiles(plan)
    sheets = layout().sheets
    ends = ["goal/1", "goal/2", "measure/1", "measure/1#citizen-1", "measure/1/part/1", "x",
            "é", "actor/citizen", "a-b", "measure/１", "role/1",
            "judgement#because-x"]  # fmt: skip
    things = [URIRef(f"{ID}{plan}"), *(URIRef(f"{ID}{plan}/{end}") for end in ends)]
    things += [URIRef(f"{ID}doc/d{n}#L{n}") for n in range(3)] + [URIRef(f"{ID}doc/d1")]
    terms = [c.of for s in sheets for c in s.columns if c.of] + [URIRef("urn:own:term")]
    classes = [kind for s in sheets for kind in s.classes] + [URIRef(WG + "Unheard")]
    for part in files.parts.values():
        for _ in range(chance.randrange(10, 120)):
            subject = chance.choice([*things, BNode(f"b{chance.randrange(4)}")])
            if chance.random() < 0.4:
                part.add((subject, RDF.type, chance.choice(classes)))
            part.add((subject, chance.choice(terms), value(chance, things)))
            column = chance.choice(chance.choice(sheets).columns)
            if column.of:
                part.add((subject, column.of, value(chance, things)))
    return files


def same(old, new):
    """Whether two plans are the same; blank nodes keep their names, so no more is needed."""
    return lost_and_added(old, new) == ([set(), set()], [set(), set()])


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_made_by_chance_comes_back(graph, tmp_path, seed):
    files = any_plan(seed)
    assert len(files.stated) > 10
    for form in ("xlsx", "csv"):
        read = read_workbook(saved(files, graph, tmp_path / form, form))
        assert same(files, read.files), form


def test_synthetic_plans_come_back(tmp_path):
    synthetic.write(tmp_path / "data", measures=120, seed=7)
    graph = load(tmp_path / "data", bundled=False)
    plans = plans_in(tmp_path / "data")
    assert len(plans) >= 4
    for number, files in enumerate(plans):
        read = read_workbook(saved(files, graph, tmp_path / f"{number}"))
        nothing = [set(), set()]
        assert lost_and_added(files, read.files) == (nothing, nothing), files.path


def through_libreoffice(path, folder):
    """Return a workbook that LibreOffice has opened and saved."""
    folder.mkdir()
    subprocess.run(
        ["soffice",  # noqa: S607
         "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return folder / path.name


needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="no soffice")


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("path", [PLANS[0], PLANS[3]])
def test_a_plan_comes_back_from_libreoffice(graph, tmp_path, path):
    files = plan_files(graph.store, ID + path)
    proposals = graph.proposals(ID + path, limit=3)
    made = saved(files, graph, tmp_path, proposals=proposals)
    read = read_workbook(through_libreoffice(made, tmp_path / "out"))
    assert lost_and_added(files, read.files) == ([set(), set()], [set(), set()])


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("seed", [3, 11, 19])
def test_a_plan_made_by_chance_comes_back_from_libreoffice(graph, tmp_path, seed):
    files = any_plan(seed)
    made = saved(files, graph, tmp_path)
    assert same(files, read_workbook(through_libreoffice(made, tmp_path / "out")).files)
