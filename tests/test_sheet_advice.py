"""What is found in a workbook is told in its own words: sheets, headings, what to write."""

from __future__ import annotations

import re

import pytest
import rdflib
import yaml
from rdflib.namespace import RDFS, SH

from conftest import ON, ROOT
from test_sheet import below, filled
from welfaregraph.checks import Issue
from welfaregraph.places import Location
from welfaregraph.sheet.advice import advised
from welfaregraph.sheet.layout import layout
from welfaregraph.speech import phrase
from welfaregraph.vocab import SHAPES

#: Words of those who write Turtle.
GRAPH_WORDS = re.compile(
    r"\bIRI\b|言語タグ|言語の指定|語の体系|決められた語|データに|xsd|P1Y|\w+:\w|グラフ"
    r"|language tag|ontology|Turtle|triple|\bgraph\b"
)
#: Shapes of what no workbook describes.
ELSEWHERE = {"law", "concept", "blocks"}
OTHERS = {"NamedGraph", "SDGGoal", "JudgedOverlap", "Plan-iri", "Element-iri"}
#: What makes a shape's constraint, in the words of a report.
PARAMETERS = {
    SH.minCount: "MinCount", SH.maxCount: "MaxCount", SH["class"]: "Class", SH.node: "Node",
    SH["in"]: "In", SH.datatype: "Datatype", SH.nodeKind: "NodeKind", SH["or"]: "Or",
    SH.uniqueLang: "UniqueLang", SH.languageIn: "LanguageIn", SH.pattern: "Pattern",
    SH.minInclusive: "MinInclusive", SH.lessThan: "LessThan", SH["not"]: "Not",
    SH.lessThanOrEquals: "LessThanOrEquals", SH.disjoint: "Disjoint", SH.xone: "Xone",
}  # fmt: skip


def shapes():
    graph = rdflib.Graph()
    for path in sorted((ROOT / "validation/shapes").glob("*.ttl")):
        if path.stem not in ELSEWHERE:
            graph.parse(path)
    return graph


def told(graph, shape, constraint, sheet, path):
    """Return the issue of a shape as it is told in a sheet of a workbook."""
    words = {text.language: str(text) for text in graph.objects(shape, SH.message)}
    return advised(
        Issue(
            rule=str(shape).removeprefix(SHAPES),
            severity="error",
            origin="data",
            focus="urn:x",
            path=str(path),
            messages=words,
            constraint=constraint,
            location=Location(file="plan.xlsx", sheet=sheet.title("ja"), cell="C3"),
        )
    )


def reachable():
    """Yield each shape with each constraint of it, and a sheet and column of its property."""
    graph = shapes()
    for shape in sorted(set(graph.subjects(SH.message))):
        path = graph.value(shape, SH.path) or graph.value(shape, RDFS.seeAlso)
        name = str(shape).removeprefix(SHAPES)
        if OTHERS & {name, name.partition("-")[0]}:
            continue
        for sheet in layout().sheets:
            for parameter in sorted(PARAMETERS.keys() & set(graph.predicates(shape))):
                if any(c.of == path and c.is_stored for c in sheet.columns):
                    is_none = (
                        parameter == SH.maxCount and str(graph.value(shape, parameter)) == "0"
                    )
                    constraint = "None" if is_none else PARAMETERS[parameter]
                    if constraint == "Or" and graph.value(shape, SH.path):
                        constraint = "Class"  # one of several classes
                    yield graph, shape, constraint, sheet, path


def test_a_shape_speaks_of_cells_where_it_finds_something_in_a_workbook():
    spoken, bad = set(), []
    for graph, shape, constraint, sheet, path in reachable():
        issue = told(graph, shape, constraint, sheet, path)
        spoken.add(issue.rule)
        for texts in (issue.messages, issue.remedies):
            for said in texts.values():
                if not said or GRAPH_WORDS.search(said):
                    bad.append((issue.rule, constraint, sheet.name, said))
        if not re.search("シート「|「.*」の欄|空欄に|の欄に", issue.remedies["ja"]):
            bad.append((issue.rule, constraint, sheet.name, issue.remedies["ja"]))
    assert bad == []
    assert len(spoken) > 120


def test_a_rule_speaks_of_cells_where_it_finds_something_in_a_workbook():
    seen, bad = 0, []
    for path in sorted((ROOT / "validation/checks").glob("*.rq")):
        lines = path.read_text("utf-8").splitlines()
        head = yaml.safe_load("\n".join(x[2:] for x in lines if x.startswith("#+")))
        if path.stem == "area-without-link":  # of the reference data alone
            continue
        for key in ("message_ja", "message_en", "remedy_ja", "remedy_en"):
            said = re.sub("{.*?}", "", head.get(f"{key}_workbook") or head[key])
            seen += 1
            if GRAPH_WORDS.search(said):
                bad.append((path.stem, key, said))
    assert bad == []
    assert seen > 300


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
def test_an_empty_workbook_is_told_sheet_and_heading(run, tmp_path, form):
    from openpyxl import load_workbook

    path = filled(run, tmp_path / "plan.xlsx")
    book = load_workbook(path)
    below(book["主体"], {"名称": "区分のない主体", "区分": None}, 5)
    below(book["地域"], {"属する地域": None}, 3)
    book.save(path)
    out = tmp_path / f"found.{form}"
    where = () if form == "text" else ("-o", out)
    done = run("check", path, "--on", ON, "--format", form, *where)
    assert done.code == 1
    if form == "xlsx":
        page = load_workbook(out).worksheets[0]
        said = " ".join(str(cell.value) for row in page.iter_rows() for cell in row)
        # The row of the town says what to do about its prefecture.
        assert load_workbook(out)["地域"]["E3"].comment.text.count("属する地域") == 1
    else:
        said = out.read_text("utf-8") if form != "text" else "".join(done.out.split())
    assert "「区分」が空欄です" in said
    assert "シート「主体」の「区分」を、一覧から" in said
    assert "e-Stat" not in said
    assert "IRI" not in re.sub("<style>.*?</style>", "", said, flags=re.S)


#: Words in brackets that are neither sheets nor headings: of lists, and examples.
CHOSEN = {
    "計画",
    "計画系列",
    "市区町村の区域",
    "都道府県の区域",
    "不明の区域",
    "採用",
    "d1 L12",
    "全国地方公共団体コード",
}


def test_the_sheets_and_headings_that_are_named_are_there():
    known = set(CHOSEN)
    for sheet in layout().sheets:
        known |= {sheet.title("ja"), *(column.title("ja") for column in sheet.columns)}
    known |= {phrase(f"workbook.{key}", "ja") for key in ("rest", "key")}
    said = (ROOT / "src/welfaregraph/messages/ja/cell.toml").read_text("utf-8")
    for path in sorted((ROOT / "validation/checks").glob("*.rq")):
        lines = path.read_text("utf-8").splitlines()
        said += "\n".join(line for line in lines if "remedy_ja_workbook" in line)
    named = set(re.findall("「([^」{]+)」", said))
    assert len(named) > 25
    assert named - known == set()
