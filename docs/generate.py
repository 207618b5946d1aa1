"""Write the pages of docs/ that are made from the project itself; ``--check`` names the stale.

Everything on these pages stands elsewhere: in the help of the commands, in the headers of
``queries/`` and ``validation/checks/``, in the shapes and in the ontology. In the READMEs only
the output below a command is written.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from welfaregraph import checks, errors, resources, speech
from welfaregraph.cli.group import command_names
from welfaregraph.queries import Catalogue, Question, localised
from welfaregraph.speech import FALLBACK, languages, phrase, phrase_or
from welfaregraph.turtle import PREFIXES, find_turtle
from welfaregraph.unread import FAMILY
from welfaregraph.vocab import SHAPES, WG, compact

DOCS = Path(__file__).resolve().parent
#: The language every message has comes first.
LANGUAGES = (FALLBACK, *(name for name in languages() if name != FALLBACK))
#: Columns at which help is folded, whatever the terminal.
HELP_WIDTH = "88"
READMES = (DOCS.parent / "README.md", DOCS.parent / "README.ja.md")
#: A block of one command, and below it the block of what it prints.
SHOWN = re.compile(r"(```sh\n(welfaregraph [^\n]*)\n```\n\n```text\n)(.*?)(```\n)", re.DOTALL)
#: Exit code of a run that answered and found something.
FINDINGS = 1
NOTICE = "<!-- Written by docs/generate.py; edit what it is made from. -->"
KINDS_OF_TERM = {
    "Classes": (OWL.Class,),
    "Properties": (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
}
EXIT_CODES = (
    (
        0,
        "終了。`check` では `--fail-on` に達する指摘なし",
        "done; `check`: nothing as grave as `--fail-on`",
    ),
    (
        FINDINGS,
        "`check` に指摘あり、`fmt --check` に直すファイルあり、`publish` が外した計画あり、"
        "`publish --check` に残る作業あり",
        "`check` has findings, `fmt --check` has files to mend, `publish` left a plan out, or "
        "`publish --check` has faults",
    ),
    (errors.MisuseError.exit_code, "使い方の誤り", "the call is wrong"),
    (errors.InputError.exit_code, "入力が読めない", "an input cannot be read"),
    (errors.StoreError.exit_code, "問い合わせが実行できない", "a query cannot be run"),
    (errors.WelfareGraphError.exit_code, "プログラムの不具合", "a fault of the program"),
    (130, "利用者による中断", "interrupted by the user"),
)

Lines = Iterator[str]


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` list those that differ and return 1."""
    only_check = "--check" in arguments
    wanted = pages() | readmes()
    stale = [path for path, text in wanted.items() if current(path) != text]
    for path in stale:
        click.echo(path.relative_to(DOCS.parent))
        if not only_check:
            path.write_text(wanted[path], "utf-8")
    if only_check and stale:
        click.echo("stale: run python docs/generate.py", err=True)
    return int(only_check and bool(stale))


def pages() -> dict[Path, str]:
    """Return what each generated page must hold."""
    makers: dict[str, Callable[[], Lines]] = {
        "commands": commands,
        "queries": queries,
        "rules": rules,
        "terms": terms,
    }
    return {DOCS / f"{name}.md": "\n".join(make()) + "\n" for name, make in makers.items()}


def readmes() -> dict[Path, str]:
    """Return what each README must hold."""
    return {path: SHOWN.sub(answered, current(path)) for path in READMES}


def answered(block: re.Match[str]) -> str:
    """Return a command's block with what it prints below it."""
    return f"{block[1]}{printed(block[2].split()[1:])}\n{block[4]}"


def printed(arguments: list[str]) -> str:
    """Run the program; it chooses its language at its start, so each call has a process.

    :raises SystemExit: it did not answer; nothing is then written
    """
    call = [sys.executable, "-m", "welfaregraph", *arguments]
    fixed = {"COLUMNS": HELP_WIDTH, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603 (our own program)
        call,
        capture_output=True,
        check=False,
        cwd=DOCS.parent,
        encoding="utf-8",
        env=os.environ | fixed,
    )
    if done.returncode > FINDINGS:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def current(path: Path) -> str:
    """Return what a page holds now."""
    return path.read_text("utf-8") if path.is_file() else ""


def commands() -> Lines:
    """Describe the command line."""
    yield from (NOTICE, "", "# コマンド / Commands", "")
    yield "`welfaregraph` だけを実行すると、保持している計画と、次に試すことを示します。"
    yield "Alone, `welfaregraph` says what is held and what to try next."
    yield from ("", "## 終了コード / Exit codes", "")
    yield from table(("code", *LANGUAGES[:2]), EXIT_CODES)
    for name in ("", *command_names()):
        yield from ("", f"## welfaregraph {name}".rstrip())
        for language in LANGUAGES:
            said = printed([*name.split(), "--help", "--lang", language])
            yield from ("", f"`--lang {language}`", "", "```text", said, "```")


def queries() -> Lines:
    """List the questions of the catalogue, then describe each."""
    found = sorted(Catalogue(resources.QUERIES), key=lambda q: (not q.code, q.code, q.name))
    yield from (NOTICE, "", "# 質問の一覧 / Questions", "")
    yield f"一つの質問が `queries/` の一つのファイルです（{len(found)}件）。"
    yield f"Each of these {len(found)} questions is one file in `queries/`."
    yield from ("", "```text", "welfaregraph query CQ-05 --set number=12", "```")
    yield ""
    rows = ((q.code, f"[{q.name}](#{q.name})", *map(q.summary, LANGUAGES)) for q in found)
    yield from table(("number", "name", *LANGUAGES), rows)
    for question in found:
        yield from describe(question)


def describe(question: Question) -> Lines:
    """Describe one question: summary, parameters, columns."""
    yield from ("", f"## {question.name}", "")
    if question.header.get("question"):
        yield from (f"{question.header['question']}", "")
    yield from (f"- {question.summary(language)}" for language in LANGUAGES)
    for parameter in question.parameters.values():
        default = f", default `{compact(parameter.default)}`" if parameter.default else ""
        needed = ", required" if parameter.required else default
        titles = slashed(parameter.titles.get(language, "") for language in LANGUAGES)
        yield f"- `--set {parameter.name}=…` ({parameter.type}{needed}) {titles}"
    if re.search(r"VALUES\s+\?on\b", question.text):
        yield "- `--on YYYY-MM-DD` (date, default today) 基準日 / the day that counts as today"
    if question.columns:
        yield ""
        rows = ((f"`{c.name}`", *(map(c.title, LANGUAGES))) for c in question.columns)
        yield from table(("column", *LANGUAGES), rows)


def rules() -> Lines:
    """Describe what ``welfaregraph check`` looks at."""
    found = list(Catalogue(resources.CHECKS))
    shapes = {path: read(path) for path in find_turtle(resources.SHAPES)}
    count = sum(len(spoken_shapes(shape)) for shape in shapes.values())
    yield from (NOTICE, "", "# 検査の規則 / Rules", "")
    yield f"{len(found)} rules (`validation/checks/*.rq`) compare elements and plans;"
    yield f"{count} SHACL shapes (`validation/shapes/*.ttl`) say what a well-formed graph is."
    yield "`welfaregraph check` runs both, save the shapes in derived/, which are for computed"
    yield "graphs; a finding names the rule by the id given here."
    for origin, of_origin in groupby(sorted(found, key=rule_origin), rule_origin):
        name = checks.ORIGINS[origin]
        said = slashed(phrase(f"origin.{name}", language) for language in LANGUAGES)
        yield from ("", f"## {name}: {said}")
        for rule in of_origin:
            yield from describe_rule(rule)
    yield from ("", "## 語彙そのもの / the vocabulary itself", "")
    yield "Rules of `validation/ontology/*.rq`, after ROBOT's report, OOPS! and FOOPS!, for"
    yield "those who change `ontology/`. The tests run them, and so does `publish --check`."
    for rule in Catalogue(resources.PITFALLS):
        yield from describe_rule(rule)
    yield from ("", "## ブックの読み取り / reading a workbook", "")
    yield "What keeps a workbook from being read; `check` tells it, too, and ends with 3."
    for name in unread_rules():
        yield from entry(name, "error · data")
        for language in LANGUAGES:
            told = (message(f"error.{name}.{part}", language) for part in ("what", "todo"))
            yield f"- {' → '.join(map(inline, told))}"
    for path, shape_graph in shapes.items():
        yield from (
            "",
            f"## {path.relative_to(resources.root()).as_posix()}",
            "",
            opening(path),
        )
        for shape in spoken_shapes(shape_graph):
            yield from describe_shape(shape_graph, shape)


def unread_rules() -> list[str]:
    """Return the names of what can keep a workbook from being read."""
    with (Path(speech.MESSAGES) / FALLBACK / "error.toml").open("rb") as source:
        return sorted(name for name in tomllib.load(source) if name.startswith(FAMILY))


def message(key: str, language: str) -> str:
    """Return a message with its places as they are."""
    return phrase_or(key, language, "")


def rule_origin(rule: Question) -> int:
    """Return the place of a rule's origin among the origins."""
    return checks.ORIGINS.index(str(rule.header.get("origin", "plan")))


def describe_rule(rule: Question) -> Lines:
    """Describe one rule of ``validation/checks/``, with its wordings by origin."""
    yield from entry(rule.name, str(rule.header.get("severity", "warning")))
    for language in LANGUAGES:
        yield f"- **{rule.summary(language)}**"
        for suffix in ("", *(f"_{variant}" for variant in (*checks.ORIGINS, checks.WORKBOOK))):
            message = rule.header.get(f"message_{language}{suffix}")
            remedy = rule.header.get(f"remedy_{language}{suffix}")
            if message or remedy:
                where = f"({suffix[1:]}) " if suffix else ""
                says = message or localised(rule.header, "message", language)
                todo = remedy or localised(rule.header, "remedy", language)
                yield f"  - {where}{inline(says)} → {inline(todo)}"
        if rule.header.get(f"why_{language}"):
            yield f"  - *{inline(localised(rule.header, 'why', language))}*"


def spoken_shapes(graph: rdflib.Graph) -> list[rdflib.URIRef]:
    """Return the shapes that have a message of their own, in the order of their names."""
    return sorted(s for s in set(graph.subjects(SH.message)) if isinstance(s, rdflib.URIRef))


def describe_shape(graph: rdflib.Graph, shape: rdflib.URIRef) -> Lines:
    """Describe one shape: what it is about, its message and, where apart, its remedy."""
    severity = str(graph.value(shape, SH.severity) or SH.Violation).rpartition("#")[2]
    path = graph.value(shape, SH.path) or graph.value(shape, RDFS.seeAlso)
    about = f" · `{qname(path)}`" if isinstance(path, rdflib.URIRef) else ""
    name = str(shape).removeprefix(SHAPES)
    whole = rdflib.URIRef(str(shape).partition("-")[0])
    yield from entry(name, f"{checks.SHACL_SEVERITY[severity]} · data{about}")
    for language in LANGUAGES:
        title = text(graph, shape, SH.name, language) or text(
            graph, shape, RDFS.label, language
        )
        remedy = text(graph, shape, SH.description, language)
        message = inline(text(graph, shape, SH.message, language))
        why = text(graph, shape, RDFS.comment, language)
        why = why or text(graph, whole, RDFS.comment, language)
        todo = f" → {inline(remedy)}" if remedy else ""
        yield f"- **{title}**: {message}{todo}" + (f" *{inline(why)}*" if why else "")


def entry(name: str, facts: str) -> Lines:
    """Open the entry of a rule, with an anchor that bears its id."""
    yield from ("", f'<a id="{name}"></a>', "", f"### {name}", "", facts, "")


def terms() -> Lines:
    """Describe the ontology's terms and the concepts of its schemes."""
    graph = rdflib.Graph()
    for path in find_turtle(resources.ONTOLOGY):
        graph += read(path)
    yield from (NOTICE, "", "# 用語 / Terms", "")
    yield f"`wg:` is <{WG}>. How the terms are used: [model.md](model.md)."
    for kind, types in KINDS_OF_TERM.items():
        found = {s for t in types for s in graph.subjects(RDF.type, t) if str(s).startswith(WG)}
        yield from ("", f"## {kind} ({len(found)})")
        for term in sorted(found, key=str):
            yield from describe_term(graph, term)
    schemes = sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)
    for scheme in schemes:
        members = set(graph.subjects(SKOS.inScheme, scheme))
        yield from ("", f"## scheme/{slug(scheme)} ({len(members)})", "")
        yield from (f"- {line}" for line in defined(graph, scheme))
        yield ""
        tops = {m for m in members if not set(graph.objects(m, SKOS.broader)) & members}
        yield from tree(graph, tops, depth=0)


def describe_term(graph: rdflib.Graph, term: rdflib.term.Node) -> Lines:
    """Describe one class or property."""
    yield from ("", f'<a id="{slug(term)}"></a>', "", f"### {qname(term)}", "")
    yield from (f"- {line}" for line in defined(graph, term))
    above = {
        *graph.objects(term, RDFS.subClassOf),
        *graph.objects(term, RDFS.subPropertyOf),
    }
    if above:
        yield f"- ⊑ {', '.join(sorted(f'`{qname(node)}`' for node in above))}"
    for title, predicate in (("例 / example", SKOS.example), ("注 / note", SKOS.scopeNote)):
        for language in LANGUAGES:
            for said in texts(graph, term, predicate, language):
                yield f"- {title}: {inline(said)}"


def tree(graph: rdflib.Graph, concepts: Iterable[rdflib.term.Node], *, depth: int) -> Lines:
    """List concepts, the narrower ones indented below the broader."""
    for concept in sorted(concepts, key=str):
        names, *definitions = defined(graph, concept)
        yield f"{'  ' * depth}- `{slug(concept)}` {names}"
        yield from (f"{'  ' * depth}  <br>{line}" for line in definitions)
        yield from tree(graph, set(graph.subjects(SKOS.broader, concept)), depth=depth + 1)


def defined(graph: rdflib.Graph, node: rdflib.term.Node) -> Lines:
    """Give a term's names, then its definitions, in every language."""
    names = [text(graph, node, SKOS.prefLabel, language) for language in LANGUAGES]
    yield f"**{slashed(names)}**"
    for language in LANGUAGES:
        yield inline(text(graph, node, SKOS.definition, language))


def read(path: Path) -> rdflib.Graph:
    """Parse one Turtle file."""
    return rdflib.Graph().parse(path, format="turtle")


def opening(path: Path) -> str:
    """Return the comment that opens a file."""
    lines = path.read_text("utf-8").split("\n\n", 1)[0].splitlines()
    return "\n".join(line.removeprefix("#").strip() for line in lines)


def texts(
    graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.URIRef, language: str
) -> list[str]:
    """Return the texts of a node in a language, sorted."""
    found = graph.objects(node, predicate)
    return sorted(
        str(t) for t in found if isinstance(t, rdflib.Literal) and t.language == language
    )


def text(
    graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.URIRef, language: str
) -> str:
    """Return the text of a node in a language, or nothing."""
    return next(iter(texts(graph, node, predicate, language)), "")


def qname(node: rdflib.term.Node) -> str:
    """Shorten an IRI with the prefixes of our Turtle."""
    for prefix, namespace in PREFIXES.items():
        if str(node).startswith(namespace):
            return f"{prefix}:{str(node).removeprefix(namespace)}"
    return str(node)


def slug(node: rdflib.term.Node) -> str:
    """Return the last part of an IRI."""
    return re.split("[/#]", str(node))[-1]


def slashed(names: Iterable[str]) -> str:
    """Join names in several languages, each once."""
    return inline(" / ".join(dict.fromkeys(filter(None, names))))


def inline(words: object) -> str:
    """Return a text that can stand in one line or cell of Markdown."""
    plain = " ".join(str(words).split())
    return plain.replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*")


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Lines:
    """Write a Markdown table."""
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(inline(cell) for cell in row)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
