"""The documents say what is so: generated pages are current, commands run, output is real."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import click
import jsonschema
import pytest
import yaml

from conftest import ON, ROOT
from welfaregraph.cli.group import command_names, welfaregraph

READMES = (ROOT / "README.md", ROOT / "README.ja.md")
GUIDES = (ROOT / "docs/adding-data.md", ROOT / "docs/decisions.md")
PAGES = (*READMES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: A block whose first line names a file is that file, for the commands around it.
FILE_NAME = re.compile(r"# ([\w./-]+\.(?:rq|ttl))\n")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")
#: Calls of the program in a block, and within a line.
CALL = re.compile(r"^(welfaregraph [a-z]+ [^\n]*)$", re.MULTILINE)
INLINE = re.compile(r"`(welfaregraph [^`]*)`")
LANGUAGE = re.compile(r" --lang (?:ja|en)")
#: Commands that change the checkout itself.
WRITING = {"welfaregraph fmt"}
#: Folders that are not of the repository.
FOREIGN = {"__pycache__", "build", "dist"}
MACHINE = re.compile(
    r"(?<![\w.])/(?:work|tmp|root|home)/|pypi\.org|pythonhosted\.org|npmjs\.org|golang\.org/dl"
    r"|index[-]url|localhost:\d"
)


def blocks(path: Path) -> list[tuple[str, str]]:
    """The fenced blocks of a document: language and text."""
    return FENCE.findall(path.read_text("utf-8"))


def commands(path: Path) -> list[str]:
    """The command lines of the program in a document, without comments."""
    lines = [line for kind, text in blocks(path) if kind == "sh" for line in text.splitlines()]
    own = [shlex.split(line, comments=True) for line in lines]
    return [shlex.join(words) for words in own if words[:1] == ["welfaregraph"]]


def shown(path: Path) -> list[tuple[str, str]]:
    """Each command below which its output stands, and that output."""
    return [
        (first[1].strip(), second[1])
        for first, second in pairwise(blocks(path))
        if first[0] == "sh" and second[0] == "text"
    ]


def stripped(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SHOWN = [pair for path in READMES for pair in shown(path)]
COMMANDS = sorted(
    {line for path in (*READMES, *GUIDES) for line in commands(path)}
    - WRITING
    - {line for line, _ in SHOWN}
)


@pytest.fixture
def reader(tmp_path, monkeypatch) -> Path:
    """The folder of someone who follows the documents and writes the files they give."""
    (tmp_path / "graphs").symlink_to(ROOT / "graphs")
    for path in (*READMES, *GUIDES):
        for _, text in blocks(path):
            named = FILE_NAME.match(text)
            if named:
                file = tmp_path / named[1]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_something_to_try():
    assert len(COMMANDS) >= 20
    assert len(SHOWN) == 8


def test_generated_pages_are_current():
    made = generator().pages()
    assert len(made) == 4
    assert [p.name for p, text in made.items() if p.read_text("utf-8") != text] == []


def test_stale_pages_are_listed_and_left_alone(tmp_path, monkeypatch, capsys):
    module = generator()
    page = tmp_path / "docs/terms.md"
    page.parent.mkdir()
    page.write_text("old", "utf-8")
    monkeypatch.setattr(module, "DOCS", page.parent)
    monkeypatch.setattr(module, "pages", lambda: {page: "new"})
    monkeypatch.setattr(module, "readmes", dict)
    assert module.main(["--check"]) == 1
    assert capsys.readouterr().out == "docs/terms.md\n"
    assert page.read_text("utf-8") == "old"
    assert module.main([]) == 0
    assert module.main(["--check"]) == 0
    assert page.read_text("utf-8") == "new"


@pytest.mark.parametrize("command", command_names())
def test_every_command_is_documented(command):
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    assert f"## welfaregraph {command}\n" in page
    for usage in ("Usage", "使い方"):
        assert len(re.findall(rf"^{usage}: welfaregraph {command} ", page, re.MULTILINE)) == 1


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_documents_runs(line, run, reader):
    done = run(*shlex.split(line)[1:])
    assert done.code == 0, done.out + done.err
    output = re.search(r" -o (\S+)", line)
    assert not output or (reader / output[1]).stat().st_size > 0


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(("line", "printed"), SHOWN)
def test_output_in_a_readme_is_what_is_printed(line, printed, run):
    done = run(*shlex.split(line)[1:])
    assert (done.code, stripped(done.out)) == (0, stripped(printed))
    assert printed.strip()


def test_readmes_have_the_same_commands():
    english, japanese = (
        sorted(LANGUAGE.sub("", line) for line in commands(path)) for path in READMES
    )
    assert english == japanese != []


@pytest.mark.filterwarnings("ignore:Dataset.* is deprecated")  # rdflib's own
@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_python_of_a_readme_runs(path, reader, capsys):
    [program] = [text for kind, text in blocks(path) if kind == "python"]
    exec(compile(program, path.name, "exec"), {})  # noqa: S102 (our own document)
    assert "5" in capsys.readouterr().out
    assert (reader / "welfaregraph.nq").stat().st_size > 100_000


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def unknown(call: str) -> str:
    """What the program does not know of a call: the command, an option, a choice."""
    name, *words = shlex.split(call, comments=True)[1:]
    if name not in command_names():
        return f"no command {name}"
    command = welfaregraph.get_command(click.Context(welfaregraph), name)
    try:
        given, _, _ = command.make_parser(click.Context(command)).parse_args(words)
        for option in command.params:
            value = given.get(option.name or "")
            for one in value if isinstance(value, list) else [value]:
                if isinstance(option.type, click.Choice) and isinstance(one, str):
                    option.type.convert(one, option, None)
    except click.UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_call_in_a_document_is_one_the_program_knows(path):
    text = path.read_text("utf-8")
    inside = "\n".join(block for kind, block in FENCE.findall(text) if kind != "text")
    calls = [*CALL.findall(inside), *INLINE.findall(text)]
    wrong = {call: unknown(call) for whole in calls for call in whole.split(" && ")}
    assert {call: fault for call, fault in wrong.items() if fault} == {}


def test_a_call_that_the_program_does_not_know_would_be_seen():
    assert unknown("welfaregraph nosuch") == "no command nosuch"
    assert "--nosuch" in unknown("welfaregraph gaps --nosuch 1")
    assert "pdf" in unknown("welfaregraph gaps PLAN --format pdf")
    assert unknown("welfaregraph gaps PLAN --kind a --kind b --format csv") == ""


def test_decisions_stand_in_the_order_of_their_numbers():
    text = (ROOT / "docs/decisions.md").read_text("utf-8")
    numbers = [int(found) for found in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(numbers) > 50
    named = {int(n) for n in re.findall(r"\bsections? (\d+)", text)}
    assert named <= {*numbers}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_to_a_heading_find_it(path):
    text = path.read_text("utf-8")
    for target, anchor in re.findall(r"\]\(([^)#:\s]*)#([^)\s]+)\)", text):
        page = path.parent / target if target else path
        heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
        slugs |= set(re.findall(r'<a id="([^"]+)"', page.read_text("utf-8")))
        assert anchor in slugs, f"{target}#{anchor}"


def test_check_json_is_as_its_schema_says(run):
    schema = json.loads((ROOT / "docs/check.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    found = json.loads(run("check", "--format", "json", "--on", ON).out)
    assert found
    assert [error.message for error in validator.iter_errors(found)] == []
    for member in schema["$defs"]["finding"]["required"]:
        wrong = copy.deepcopy(found[:1])
        wrong[0][member] = 0
        assert not validator.is_valid(wrong), member
        del wrong[0][member]
        assert not validator.is_valid(wrong), member


def test_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert str(citation["version"]) == project["version"]
    assert " AND ".join(citation["license"]) == project["license"]
    assert project["version"] in (ROOT / "CHANGELOG.md").read_text("utf-8")


def repository() -> list[Path]:
    """The files of the repository: those that git knows; of a source archive, all."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        call = [shutil.which("git") or "", "ls-files", "-z"]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, check=False)
        if done.returncode == 0:
            names = done.stdout.decode("utf-8").split("\0")
            return [path for name in names if name and (path := ROOT / name).is_file()]
    found = []
    for folder, names, files in os.walk(ROOT):
        names[:] = [n for n in names if n == ".ci" or (n[0] != "." and n not in FOREIGN)]
        found += [Path(folder, name) for name in files if name != ".git"]  # of a worktree
    return found


def test_no_file_names_a_machine_or_a_registry():
    files = repository()
    assert len(files) >= 300
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        for match in MACHINE.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_what_names_a_machine_is_found():
    assert MACHINE.search("see /" + "tmp/x")
    assert MACHINE.search("https://files.python" + "hosted.org/x")
    assert not MACHINE.search("https://example.org/work/x")


def test_every_module_of_drafting_is_told():
    page = (ROOT / "docs/drafting.md").read_text("utf-8")
    modules = {path.stem for path in (ROOT / "src/welfaregraph/draft").glob("[a-z]*.py")}
    assert len(modules) > 40
    assert [name for name in sorted(modules) if f"`{name}`" not in page] == []


def test_every_module_has_its_row_for_those_who_contribute():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    folder = ROOT / "src/welfaregraph"
    modules = {path.stem for path in folder.glob("[a-z]*.py")}
    modules |= {path.parent.name for path in folder.glob("*/__init__.py")}
    assert len(modules) > 50
    assert [name for name in sorted(modules) if f"`{name}`" not in page] == []
