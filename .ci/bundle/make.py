"""Make a folder from which the program is installed where there is no internet.

``python .ci/bundle/make.py [FOLDER]`` builds the project's wheel and fetches the wheels of all
that it needs, for Linux and Windows on x86-64 and several versions of Python, through pip as it
is configured here. It then checks, from what the wheels say of themselves, that nothing is
missing on any of these machines, and writes installers, a page and checksums.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROJECT = "welfaregraph"
#: Versions of Python that offices may have, and the one that runs here.
RUNNING = f"{sys.version_info.major}.{sys.version_info.minor}"
VERSIONS = sorted({"3.11", "3.12", "3.13", RUNNING}, key=lambda v: int(v.partition(".")[2]))
#: Machine → the platforms that pip asks for, and what a wheel's conditions are read with.
MACHINES = {
    "linux": (
        ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    ),
    "windows": (
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    ),
}
#: What goes beside the wheels, and how it is written: cmd.exe reads CP932 in Japan.
FILES = {"install.sh": "utf-8", "install.bat": "cp932", "はじめに.html": "utf-8"}
SUMS = "SHA256SUMS"


def main(arguments: list[str]) -> int:
    """Make the folder anew and say what is in it."""
    target = Path(arguments[0] if arguments else ROOT / "dist" / "bundle").resolve()
    with tempfile.TemporaryDirectory(dir=_made(target.parent)) as work:
        fresh = Path(work) / "bundle"
        wheels = _made(fresh / "wheels")
        own = _own_wheel(wheels)
        for version in VERSIONS:
            for machine in MACHINES:
                _fetch(wheels, machine, version, [str(own)])
                for needed in missing(wheels, machine, version):
                    _fetch(wheels, machine, version, [needed])
        left = {
            f"{machine} {version}: {needed}"
            for machine in MACHINES
            for version in VERSIONS
            for needed in missing(wheels, machine, version)
        }
        if left:
            sys.exit("\n".join(["missing:", *sorted(left)]))
        _write_files(fresh, own)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    print(f"{target}: {len(list(target.glob('wheels/*')))} wheels, {size / 1e6:.0f} MB")  # noqa: T201
    return 0


def _own_wheel(folder: Path) -> Path:
    call = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(call, check=True, capture_output=True)  # noqa: S603 (our own build)
    [wheel] = folder.glob(f"{PROJECT}-*.whl")
    return wheel


def _fetch(folder: Path, machine: str, version: str, wanted: list[str]) -> None:
    """Let pip fetch wheels for a machine; what is there already is not fetched again."""
    abi = f"cp{version.replace('.', '')}"
    platforms, _ = MACHINES[machine]
    subprocess.run(  # noqa: S603 (pip, with names of our own)
        [
            *(sys.executable, "-m", "pip", "download", "--quiet"),
            *("--disable-pip-version-check", "--only-binary=:all:", "--implementation=cp"),
            *(f"--python-version={version}", f"--abi={abi}", "--abi=abi3", "--abi=none"),
            *(f"--platform={name}" for name in platforms),
            *("--find-links", str(folder), "--dest", str(folder), *wanted),
        ],
        check=True,
    )


def missing(folder: Path, machine: str, version: str) -> list[str]:
    """Return what the wheels of a folder need on a machine and is not among them.

    pip reads the conditions of requirements for the machine that it runs on, so what only
    Windows needs must be looked for.
    """
    environment = {
        **MACHINES[machine][1],
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": "AMD64" if machine == "windows" else "x86_64",
        "extra": "",
    }
    waiting, done, lacking = [Requirement(PROJECT)], set(), set()
    while waiting:
        wanted = waiting.pop()
        if str(wanted) in done:
            continue
        done.add(str(wanted))
        found = _best(folder.glob("*.whl"), wanted, machine, version)
        if found is None:
            lacking.add(f"{wanted.name}{wanted.specifier}")
            continue
        for line in found.get_all("Requires-Dist") or ():
            requirement = Requirement(line)
            if not requirement.marker or requirement.marker.evaluate(environment):
                waiting.append(requirement)
    return sorted(lacking)


def _best(
    wheels: Iterable[Path], wanted: Requirement, machine: str, version: str
) -> Message | None:
    """Return what the newest wheel says of itself that meets a requirement on a machine."""
    found = []
    for path in wheels:
        name, release, _, tags = parse_wheel_filename(path.name)
        if name == canonicalize_name(wanted.name) and wanted.specifier.contains(release):
            said = _metadata(path)
            python = SpecifierSet(said.get("Requires-Python") or "")
            if any(_fits(t, machine, version) for t in tags) and python.contains(version):
                found.append((release, path.name, said))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _fits(tag: Tag, machine: str, version: str) -> bool:
    """Whether a wheel of this tag installs on a machine."""
    minor = version.replace(".", "")
    right_machine = tag.platform == "any" or (
        tag.platform == "win_amd64"
        if machine == "windows"
        else tag.platform.endswith("linux_x86_64") or tag.platform in MACHINES["linux"][0]
    )
    stable = tag.abi == "abi3" and int(tag.interpreter[3:] or 0) <= int(minor[1:])
    right_python = tag.interpreter in (f"cp{minor}", f"py{minor}", "py3", "py2") or stable
    return right_machine and right_python and tag.interpreter != "py2"


def _metadata(wheel: Path) -> Message:
    with ZipFile(wheel) as archive:
        [name] = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        return HeaderParser().parsestr(archive.read(name).decode("utf-8"))


def _write_files(folder: Path, own: Path) -> None:
    version = own.name.split("-")[1]
    for name, encoding in FILES.items():
        text = (HERE / name).read_text("utf-8")
        text = text.replace("@VERSION@", version).replace("@PYTHONS@", "、".join(VERSIONS))
        if name.endswith(".bat"):
            text = text.replace("\n", "\r\n")
        (folder / name).write_bytes(text.encode(encoding))
    (folder / "install.sh").chmod(0o755)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    lines = (f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in sums.items())
    (folder / SUMS).write_text("".join(lines), "utf-8")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    if platform.python_implementation() != "CPython":
        sys.exit("CPython only")
    sys.exit(main(sys.argv[1:]))
