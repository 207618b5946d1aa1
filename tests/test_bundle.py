"""The folder that make bundle makes installs without a network, here and for Windows."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ON, ROOT
from welfaregraph import __version__

BUNDLE = Path(os.environ.get("WELFAREGRAPH_BUNDLE") or ROOT / "dist" / "bundle")
#: Where nobody listens: whoever asks an index fails.
NOWHERE = "http://127.0.0.1:9/simple"
pytestmark = pytest.mark.bundle


@pytest.fixture(scope="module", autouse=True)
def _made():
    if not (BUNDLE / "SHA256SUMS").is_file():
        pytest.skip("dist/bundle is not there (make bundle makes it, with the network)")


def listed() -> dict[str, str]:
    lines = (BUNDLE / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def test_checksums_are_those_of_all_files():
    there = {p.relative_to(BUNDLE).as_posix() for p in BUNDLE.rglob("*") if p.is_file()}
    assert set(listed()) == there - {"SHA256SUMS"}
    for name, digest in listed().items():
        assert hashlib.sha256((BUNDLE / name).read_bytes()).hexdigest() == digest, name


def test_installers_and_page_are_there_and_name_no_host():
    texts = {
        "install.sh": (BUNDLE / "install.sh").read_text("utf-8"),
        "install.bat": (BUNDLE / "install.bat").read_bytes().decode("cp932"),
        "はじめに.html": (BUNDLE / "はじめに.html").read_text("utf-8"),
    }
    for name, text in texts.items():
        assert __version__ in text, name
        assert "@" not in text.replace("@echo off", ""), name
        assert not re.search(r"https?://", text), name
    assert "\r\n" in texts["install.bat"]
    assert not re.search(r"(?<!\r)\n", texts["install.bat"])
    assert "まだ実機で確かめていません" in texts["はじめに.html"]


def pip(*arguments: str | Path, python: str | Path = sys.executable) -> None:
    subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", *arguments],
        check=True, capture_output=True, encoding="utf-8", timeout=300,
        env=os.environ | {"PIP_INDEX_URL": NOWHERE, "PIP_CONFIG_FILE": os.devnull},
    )  # fmt: skip


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize(
    "platforms", ["win_amd64", "manylinux_2_28_x86_64 manylinux_2_17_x86_64"]
)
def test_pip_finds_all_it_needs_for(platforms, version, tmp_path):
    pip(
        *("install", "--dry-run", "--no-index", "--find-links", BUNDLE / "wheels"),
        *("--only-binary=:all:", "--target", tmp_path / "x", f"--python-version={version}"),
        *(f"--platform={name}" for name in platforms.split()),
        f"welfaregraph=={__version__}",
    )


def test_the_installer_installs_without_a_network_and_the_program_works(tmp_path):
    target = tmp_path / "入れる 場所"
    quiet = {"PIP_INDEX_URL": NOWHERE, "PIP_CONFIG_FILE": os.devnull, "PYTHON": sys.executable}
    done = subprocess.run(
        ["/bin/sh", BUNDLE / "install.sh", target],
        check=False, capture_output=True, encoding="utf-8", timeout=300,
        env=os.environ | quiet,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert __version__ in done.stdout
    program = target / "bin" / "welfaregraph"
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for arguments in ([], ["check", "--on", ON], ["query", "CQ-02"], ["fmt", "--check"]):
        ran = subprocess.run(
            [program, *arguments],
            check=False, capture_output=True, encoding="utf-8", timeout=120, cwd=tmp_path,
            env=usual,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr


def test_a_damaged_copy_is_refused(tmp_path):
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(BUNDLE, copy)
    page = copy / "はじめに.html"
    page.write_bytes(page.read_bytes() + b" ")
    done = subprocess.run(
        ["/bin/sh", copy / "install.sh", tmp_path / "target"],
        check=False, capture_output=True, encoding="utf-8", timeout=60,
        env=os.environ | {"PYTHON": sys.executable},
    )  # fmt: skip
    assert done.returncode == 1
    assert "コピーし直してください" in done.stderr
    assert not (tmp_path / "target").exists()
