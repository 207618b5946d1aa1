"""Municipal networks have no internet: the program opens no connection of its own."""

from __future__ import annotations

import socket

import pytest

from conftest import ON


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Make every attempt to connect or to look up a name fail."""

    def refuse(*arguments: object, **_: object) -> None:
        raise AssertionError(f"tried to reach {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    "command",
    [
        ["query", "CQ-01"],
        ["query", "CQ-30"],
        ["overlaps"],
        ["overlaps", "--uncurated"],
        ["gaps"],
        ["check"],
        ["report", "-o", "report"],
        ["build", "derived"],
        ["network", "--projection", "theme", "--format", "svg"],
    ],
    ids=" ".join,
)
def test_it_works_without_a_network(run, monkeypatch, tmp_path, command):
    monkeypatch.chdir(tmp_path)
    done = run(*command, "--on", ON)
    assert done.code == 0, done.err


def test_the_guard_itself_fails(run):
    done = run("query", "CQ-02", "--endpoint", "http://127.0.0.1:9/")
    assert done.code == 5
    assert "tried to reach" in done.err
