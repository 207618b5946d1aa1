"""Files: whole or not at all, sets as one, one writer at a time; also where one is killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import welfaregraph
from conftest import ON
from welfaregraph import files
from welfaregraph.errors import InputError, StoreError
from welfaregraph.files import JOURNAL, complete, locked, write_all_atomically
from welfaregraph.vocab import ID

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
NAMES = ("a.ttl", "b.ttl", "below/c.ttl")
#: Kills its own process in the place of the rename whose number it is given, from 1.
KILLED = """
import os, pathlib, signal, sys
left, rename = [int(sys.argv[1])], pathlib.Path.replace
def replace(self, target):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
pathlib.Path.replace = replace
"""
WRITE = """
from welfaregraph.files import write_all_atomically
folder = pathlib.Path(sys.argv[2])
write_all_atomically({folder / name: "new" for name in sys.argv[3:]})
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "below").mkdir()
    for name in NAMES:
        (tmp_path / name).write_text("old", "utf-8")
    return tmp_path


def contents(folder: Path) -> set[str]:
    return {(folder / name).read_text("utf-8") for name in NAMES}


def left_over(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob(".*") if p.name != files.LOCK)


def killed(number: int, folder: Path) -> None:
    """Write new contents, killed in the place of a rename."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED + WRITE, str(number), folder, *NAMES], check=False
    )
    assert done.returncode == -signal.SIGKILL


#: The journal's own rename, and one for each file.
@pytest.mark.parametrize("number", range(1, len(NAMES) + 2))
def test_whoever_is_killed_at_a_rename_leaves_all_old_or_all_new(folder, number):
    killed(number, folder)
    if number > 2:
        assert contents(folder) == {"old", "new"}, "the worst moment was met"
    complete(folder)
    assert contents(folder) == {"old" if number == 1 else "new"}
    assert not (folder / JOURNAL).exists()
    if number > 1:
        assert left_over(folder) == []
    complete(folder)
    write_all_atomically({folder / name: "newer" for name in NAMES})
    assert contents(folder) == {"newer"}


def test_the_next_writer_finishes_what_was_begun_before_it_writes_less(folder):
    killed(3, folder)
    write_all_atomically({folder / name: "newer" for name in NAMES[1:]})
    assert [(folder / name).read_text("utf-8") for name in NAMES] == ["new", "newer", "newer"]


def test_a_reader_finishes_what_was_begun(own_plan):
    """The worst moment of a judgement that writes two files: one of them is there."""
    place = own_plan / "reference/graphs.ttl"
    place.parent.mkdir()
    place.write_text("<urn:s> <urn:p> <urn:o> .\n", "utf-8")
    targets = {str(p.relative_to(own_plan)): p for p in own_plan.rglob("*.ttl")}
    old = {name: path.read_text("utf-8") for name, path in targets.items()}
    new = {name: text + "\n<urn:new> <urn:p> <urn:o> .\n" for name, text in old.items()}
    writer = """
import json
from welfaregraph.files import write_all_atomically
folder = pathlib.Path(sys.argv[2])
write_all_atomically({folder / name: text for name, text in json.loads(sys.argv[3]).items()})
"""
    subprocess.run(
        [sys.executable, "-c", KILLED + writer, "3", own_plan, json.dumps(new)], check=False
    )
    assert {path.read_text("utf-8") in new.values() for path in targets.values()} == {
        True,
        False,
    }
    loaded = welfaregraph.load(own_plan)
    rows = loaded.sparql("SELECT ?g { GRAPH ?g { <urn:new> ?p ?o } }").rows()
    assert len(rows) == len(targets) == 2
    assert {name: path.read_text("utf-8") for name, path in targets.items()} == new


@pytest.mark.parametrize(
    "record",
    ["no json", "[]", '{"../x": ".x.1"}', '{"a.ttl": "../.a.ttl.1"}', '{"a.ttl": "b.ttl"}',
     '{"a.ttl": ".a.ttl./x"}'],
)  # fmt: skip
def test_a_record_that_names_something_else_is_refused(folder, record):
    (folder / JOURNAL).write_text(record, "utf-8")
    with pytest.raises(InputError) as caught:
        complete(folder)
    assert caught.value.key == "bad-journal"
    assert str(folder / JOURNAL) in str(caught.value)
    assert contents(folder) == {"old"}


def test_a_folder_in_the_place_of_a_file_is_told_before_anything_is_written(folder):
    (folder / "x").mkdir()
    with pytest.raises(InputError) as caught:
        write_all_atomically({folder / NAMES[0]: "new", folder / "x": "new"})
    assert caught.value.key == "unwritable"
    assert contents(folder) == {"old"}
    assert left_over(folder) == []


def test_a_rename_that_fails_is_told_and_made_up_for(folder, monkeypatch):
    rename = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if Path(target).name == NAMES[1]:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(InputError) as caught:
        write_all_atomically({folder / name: "new" for name in NAMES})
    assert caught.value.key == "unfinished"
    assert NAMES[1] in caught.value.where
    monkeypatch.undo()
    complete(folder)
    assert contents(folder) == {"new"}
    assert left_over(folder) == []


HOLDING = """
import pathlib, sys, time
from welfaregraph.files import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(folder):
    """Another process that holds the lock until it is told to end."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
def test_who_waits_too_long_is_told(folder, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0.2)
    with pytest.raises(StoreError) as caught:
        write_all_atomically({folder / name: "new" for name in NAMES})
    assert caught.value.key == "locked"
    assert str(folder) in str(caught.value)
    assert caught.value.exit_code == 4
    assert contents(folder) == {"old"}
    assert left_over(folder) == []


def test_the_lock_of_a_killed_process_is_free(folder, holder):
    holder.kill()
    holder.wait()
    begun = time.monotonic()
    with locked(folder), locked(folder):
        assert time.monotonic() - begun < files.PATIENCE / 2


# --- judgements


def judging(folder: Path, first: str, second: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "welfaregraph", "judge", "overlap", first, second, "--accept",
         "--reason", "読んだ。", "--on", ON, "--data", folder],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_what_two_people_judge_at_once_is_kept_of_both(tmp_path):
    pairs = [
        (
            f"{ID}012301/kizuna/undated/measure/{a}",
            f"{ID}012301/community-welfare/3/measure/{b}",
        )
        for a, b in ((1, "1-1"), (2, "1-2"), (3, "2-1"), (4, "7-3"))
    ]
    at_once = [judging(tmp_path, *pair) for pair in pairs]
    for process in at_once:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told.decode()
    kept = {v.pair for v in welfaregraph.load(tmp_path).verdicts()}
    assert kept == {frozenset(pair) for pair in pairs}


def test_what_was_judged_after_the_graph_was_loaded_is_kept(tmp_path):
    """The same without luck: the second person's graph is older than the first one's file."""
    from welfaregraph.judgements import Decision, judge_overlap

    graph = welfaregraph.load()
    decision = Decision(accepted=True, reason="読んだ。", on=ON)
    measure = f"{ID}012301/kizuna/undated/measure/"
    other = f"{ID}012301/community-welfare/3/measure/7-3"
    for number in "12":
        judge_overlap(graph, measure + number, other, decision=decision, folder=tmp_path)
    rejected = Decision(accepted=False, reason="違う。", on=ON)
    judge_overlap(graph, measure + "2", other, decision=rejected, folder=tmp_path)
    kept = {v.pair: v.accepted for v in welfaregraph.load(tmp_path).verdicts()}
    assert kept == {
        frozenset((measure + "1", other)): True, frozenset((measure + "2", other)): False
    }  # fmt: skip


@pytest.mark.usefixtures("holder")
def test_a_judgement_that_cannot_wait_longer_is_told(run, folder, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0.2)
    for name in NAMES:
        (folder / name).unlink()
    done = run("judge", "overlap", "012301/kizuna/undated/measure/1",
               "012301/community-welfare/3/measure/7-3", "--accept", "--reason", "読んだ。",
               "--data", folder)  # fmt: skip
    assert done.code == 4
    assert "別のプログラムがこのフォルダーに書き込んでいます" in done.err
    assert not list(folder.rglob("*.ttl"))
