"""Work shared among processes: the same as done by one, and no process outlives a kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import welfaregraph
from publishing import files_in, published
from welfaregraph.errors import InputError, StoreError
from welfaregraph.publish import sharing
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site

forks = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks reliably")


@pytest.fixture
def two(monkeypatch):
    monkeypatch.setattr(sharing, "processors", lambda: 2)


def places(items):
    return os.getpid(), [item * 2 for item in items]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("count", [0, 1, 5, 6, 47])
def test_results_come_in_the_order_of_the_items(count):
    found = list(sharing.shared(places, range(count), size=5))
    assert [number for _, piece in found for number in piece] == [2 * n for n in range(count)]


@forks
@pytest.mark.usefixtures("two")
def test_several_processes_do_the_work():
    pids = {pid for pid, _ in sharing.shared(places, range(20), size=5)}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_one_processor_does_it_alone(monkeypatch):
    monkeypatch.setattr(sharing, "processors", lambda: 1)
    assert {pid for pid, _ in sharing.shared(places, range(20), size=5)} == {os.getpid()}


@pytest.mark.usefixtures("two")
def test_an_error_of_a_helper_is_told_as_it_is():
    def fail(items):
        if 7 in items:
            raise InputError("publish-clash", where="a/b.ttl", other="A/b.ttl")
        return list(items)

    with pytest.raises(InputError) as caught:
        list(sharing.shared(fail, range(20), size=5))
    assert caught.value.where == "a/b.ttl"
    assert "A/b.ttl" in caught.value.render("en")


@forks
@pytest.mark.usefixtures("two")
def test_a_fault_in_a_helper_is_our_own_and_no_lack_of_memory(capfd):
    def fail(items):
        raise ZeroDivisionError(items)

    with pytest.raises(ChildProcessError):
        list(sharing.shared(fail, range(20), size=5))
    assert "ZeroDivisionError" in capfd.readouterr().err


@forks
@pytest.mark.usefixtures("two")
def test_a_helper_that_is_killed_is_told():
    def die(items):
        if 7 in items:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(items)

    with pytest.raises(StoreError) as caught:
        list(sharing.shared(die, range(20), size=5))
    assert caught.value.key == "helper-lost"


@forks
@pytest.mark.usefixtures("two")
def test_helpers_end_when_nobody_reads_on(tmp_path):
    def note(items):
        (tmp_path / str(os.getpid())).touch()
        return "x" * (1 << 20), list(items)

    reading = sharing.shared(note, range(40), size=1)
    next(reading)
    reading.close()
    helpers = [int(path.name) for path in tmp_path.iterdir()]
    assert helpers
    assert not any(Path(f"/proc/{pid}").exists() for pid in helpers)


@pytest.mark.parametrize("count", [1, 3])
def test_a_publication_is_the_same_with_any_number_of_processors(tmp_path, monkeypatch, count):
    monkeypatch.setattr(sharing, "processors", lambda: count)
    publish(Site(welfaregraph.load()), tmp_path / "site")
    assert files_in(tmp_path / "site") == files_in(published())


SLOW = """
import time
from welfaregraph.publish import sharing
sharing.processors = lambda: 2
def work(items):
    print("working", flush=True)
    time.sleep(300)
list(sharing.shared(work, range(2), size=1))
"""


@forks
def test_helpers_in_the_middle_of_long_work_end_with_the_run():
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        helpers = children(run.pid)
        assert helpers
        run.kill()
    deadline = time.monotonic() + 60
    while not all(map(ended, helpers)):
        assert time.monotonic() < deadline, "a helper is still there"
        time.sleep(0.1)


PUBLISH = """
import sys, welfaregraph
from pathlib import Path
from welfaregraph.publish import sharing
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site
sharing.processors = lambda: 2
def step(name, done, total):
    if name == "documents" and done > 40:
        print("documents", flush=True)
publish(Site(welfaregraph.load()), Path(sys.argv[1]), step=step)
"""


def children(pid: int) -> set[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return set(map(int, found.split()))


def ended(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("ascii")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


@forks
@pytest.mark.parametrize("whom", ["the run", "a helper"])
def test_a_kill_in_the_middle_leaves_the_previous_publication_and_no_helper(tmp_path, whom):
    target = tmp_path / "site"
    shutil.copytree(published(), target)
    before = files_in(target)
    call = [sys.executable, "-c", PUBLISH, str(target)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        helpers = children(run.pid)
        assert len(helpers) == 2
        os.kill(run.pid if whom == "the run" else min(helpers), signal.SIGKILL)
        run.communicate()
    deadline = time.monotonic() + 60
    while not all(map(ended, helpers)):
        assert time.monotonic() < deadline, "a helper is still there"
        time.sleep(0.05)
    assert run.returncode != 0
    assert files_in(target) == before
    left = tmp_path / ".site.new"
    assert left.is_dir() == (whom == "the run")
    if left.is_dir():
        site = replace(Site(welfaregraph.load()), last=None)
        with pytest.raises(InputError) as caught:
            publish(site, target)
        assert str(left) in caught.value.render("en")
