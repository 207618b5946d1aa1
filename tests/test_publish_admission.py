"""Plans are validated in batches, and each fares as it would among all."""

from __future__ import annotations

import shutil

import pytest

import synthetic
import welfaregraph
from welfaregraph import checks, resources
from welfaregraph.checks import check_shapes
from welfaregraph.publish import admission
from welfaregraph.store import Source


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Plans of which some are coordinated with another."""
    folder = tmp_path_factory.mktemp("plans")
    synthetic.write(folder, measures=100, seed=1)
    return folder


@pytest.fixture(scope="module")
def damaged(data, tmp_path_factory):
    """The same with two faults: in a plan, and in one that it names."""
    folder = tmp_path_factory.mktemp("damaged") / "plans"
    shutil.copytree(data, folder)
    files = sorted(folder.glob("plans/*/*/*/stated.ttl"))
    for file, old, new in (
        (files[0], "wg:hasPlanType <", "wg:hasPlanType <https://example.org/none/"),
        (files[-1], "rdfs:label ", "rdfs:comment "),
    ):
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_plan_of_a_batch_of_its_own_knows_the_plans_it_names(data, monkeypatch):
    graph = welfaregraph.load(data, bundled=False)
    monkeypatch.setattr(admission, "BATCH", 1)
    assert len(admission._batches(graph)) >= 3
    assert admission.refused(graph) == {}

    def nothing(*_: object) -> Source:
        return Source(admission.AROUND, data, text="# nothing\n")

    monkeypatch.setattr(admission, "_around", nothing)
    assert "Plan-isCoordinatedWith" in {
        issue.rule for issues in admission.refused(graph).values() for issue in issues
    }


def test_batches_find_what_is_found_at_once(damaged, monkeypatch):
    """The same faults, wherever the batches are cut."""
    graph = welfaregraph.load(damaged, bundled=False)
    wanted = {
        (issue.rule, issue.focus, issue.value)
        for issue in check_shapes(graph.store, resources.SHAPES)
        if issue.severity == "error"
        and any("/plans/" in name for name in graph.store.graphs_with(issue.focus))
    }
    assert len({focus for _, focus, _ in wanted}) >= 2
    for size in (1, 2, 100):
        monkeypatch.setattr(admission, "BATCH", size)
        found = {
            (issue.rule, issue.focus, issue.value)
            for issues in admission.refused(graph).values()
            for issue in issues
        }
        assert found == wanted, size


def test_properties_with_targets_of_their_own_find_the_same(damaged, monkeypatch):
    """All findings, on plans that are damaged."""
    graph = welfaregraph.load(damaged, bundled=False)

    def findings():
        return sorted(
            (i.rule, i.severity, i.focus, i.path, i.value, sorted(i.whys.items()))
            for i in check_shapes(graph.store, resources.SHAPES)
        )

    fast = findings()
    monkeypatch.setattr(checks, "_set_wise", lambda shapes: shapes)
    assert len(fast) > 2
    assert fast == findings()
