"""How the modules are cut: what one takes from another is offered by it; none is too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import welfaregraph
from conftest import ROOT

SOURCE = ROOT / "src/welfaregraph"
#: Lines of a module at most: about 400.
LONGEST = 420


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = ("welfaregraph", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


MODULES = {
    name_of(path): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))
}


def assigned(tree: ast.Module) -> dict[str, ast.expr]:
    """Names of a module's own values, with what is assigned to them."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def offered(tree: ast.Module) -> set[str] | None:
    """The names in ``__all__``; nothing where there is none."""
    listed = assigned(tree).get("__all__")
    return None if listed is None else set(ast.literal_eval(listed))


def taken(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names that a module takes from other modules of ours: (module, name)."""
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in MODULES:
                    aliases[alias.asname or alias.name] = whole
                else:
                    yield node.module, alias.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = aliases.get(node.value.id)
            if module and f"{module}.{node.attr}" not in MODULES:
                yield module, node.attr


def not_offered(trees: dict[str, ast.Module]) -> list[str]:
    return sorted(
        {
            f"{module} does not offer {name}"
            for tree in trees.values()
            for module, name in taken(tree)
            if (names := offered(MODULES[module])) is not None and name not in names
        }
    )


def test_what_a_module_takes_is_offered():
    assert len(MODULES) > 200
    assert not_offered(MODULES) == []


def test_what_is_not_offered_would_be_seen():
    program = (
        "from welfaregraph.text import _x, runs\nfrom welfaregraph import gaps\ngaps.nothing"
    )
    assert not_offered({"": ast.parse(program)}) == [
        "welfaregraph.gaps does not offer nothing",
        "welfaregraph.text does not offer _x",
    ]


def test_what_is_offered_is_there():
    for name, tree in MODULES.items():
        if name == "welfaregraph":
            continue  # its names are looked up when asked for
        defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        defined |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        defined |= {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert (offered(tree) or set()) <= defined, name


def test_no_module_is_too_long():
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines())
               for path in SOURCE.rglob("*.py")}  # fmt: skip
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_the_package_offers_what_its_graph_answers_with():
    names = set(welfaregraph.__all__) - {"__version__"}
    assert names == set(welfaregraph._HOMES)
    for name in names - {"Row"}:  # another word for dict
        assert getattr(welfaregraph, name).__name__ == name
    with pytest.raises(AttributeError):
        welfaregraph.nothing  # noqa: B018 (what is not there)
