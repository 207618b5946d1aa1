"""A plan's two graphs: read from what is loaded or from a folder, written whole."""

from __future__ import annotations

import pytest

from conftest import ROOT
from welfaregraph import MisuseError
from welfaregraph.plan import PlanFiles, plan_files, plans_in, write_plan
from welfaregraph.vocab import ID

PLANS = (
    "012033/community-welfare-integrated/1",
    "012301/community-welfare/3",
    "012301/kizuna/undated",
    "x-5d769e45/unnamed/undated",
)


def test_a_folder_gives_its_plans():
    found = plans_in(ROOT / "graphs")
    assert tuple(files.path for files in found) == PLANS
    assert all(len(files.stated) > 600 and len(files.curated) > 300 for files in found)


@pytest.mark.parametrize("path", PLANS)
def test_a_plan_loaded_is_the_plan_of_the_folder(graph, path):
    loaded = plan_files(graph.store, ID + path)
    held = {files.path: files for files in plans_in(ROOT / "graphs")}
    assert loaded.says_the_same(held[path])
    held[path].curated.remove((None, None, None))
    assert not loaded.says_the_same(held[path])


def test_a_plan_written_is_canonical_and_the_same(graph, tmp_path):
    files = plan_files(graph.store, ID + PLANS[1])
    written = write_plan(files, tmp_path)
    assert [path.name for path in written] == ["curated.ttl", "stated.ttl"]
    assert plans_in(tmp_path)[0].says_the_same(files)
    original = (ROOT / "graphs/plans" / PLANS[1] / "stated.ttl").read_text("utf-8")
    body = original[original.index("PREFIX") :]
    text = written[1].read_text("utf-8")
    assert text[text.index("PREFIX") :] == body


def test_the_comment_of_a_file_stays_and_an_empty_part_makes_none(graph, tmp_path):
    files = plan_files(graph.store, ID + PLANS[2])
    place = tmp_path / "plans" / PLANS[2]
    place.mkdir(parents=True)
    (place / "stated.ttl").write_text("# 手書きの注。\n", "utf-8")
    write_plan(PlanFiles(files.path, stated=files.stated), tmp_path)
    assert (place / "stated.ttl").read_text("utf-8").startswith("# 手書きの注。\n")
    assert not (place / "curated.ttl").exists()


def test_a_plan_without_a_folder_is_refused(graph):
    with pytest.raises(MisuseError, match="012033/general"):
        plan_files(graph.store, ID + "012033/general")
