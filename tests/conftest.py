"""What all tests share: the graph loaded once, the folders, the command line run in-process."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import welfaregraph
from welfaregraph import cli

ROOT = Path(__file__).resolve().parents[1]
#: The day that counts as today in every test.
ON = "2026-11-20"


def pytest_configure(config: pytest.Config) -> None:
    """Make a folder for what all processes of a run share; pytest-xdist starts several."""
    if not hasattr(config, "workerinput"):
        shared = tempfile.TemporaryDirectory(prefix="welfaregraph-tests-")
        config.add_cleanup(shared.cleanup)
        os.environ["WELFAREGRAPH_TESTS"] = shared.name


@pytest.fixture(scope="session")
def graph() -> welfaregraph.PlanGraph:
    """The bundled graph; no test changes it."""
    return welfaregraph.load()


@dataclass(frozen=True)
class Run:
    """How one command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capfdbinary, monkeypatch):
    """Run the command line in this process, in Japanese unless told otherwise."""
    monkeypatch.delenv("WELFAREGRAPH_LANG", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")

    def call(*arguments: str | Path) -> Run:
        capfdbinary.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Run(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


@pytest.fixture
def own_plan(tmp_path) -> Path:
    """A folder laid out like graphs/, with one small plan of a town that does not exist."""
    return small_plan(tmp_path / "data")


def small_plan(folder: Path) -> Path:
    """Write the small plan of a town that does not exist into a new folder, and return it."""
    place = folder / "plans" / "999997" / "community-welfare" / "1"
    place.mkdir(parents=True)
    text = (ROOT / "tests/fixtures/own-plan.ttl").read_text("utf-8")
    (place / "stated.ttl").write_text(text, "utf-8")
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is installed (``.ci/run``), a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if skipped and os.environ.get("WELFAREGRAPH_NO_SKIP"):
        reporter.write_line(f"\n{skipped} skipped, where nothing may be", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
