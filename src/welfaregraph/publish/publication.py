"""Writes a publication: derives, describes, makes every file, moves the whole into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from welfaregraph.publish import closing
from welfaregraph.publish.history import Previous
from welfaregraph.publish.makers import MAKERS
from welfaregraph.publish.site import Site
from welfaregraph.publish.tree import Tree

if TYPE_CHECKING:
    pass

__all__ = ["Published", "Step", "publish"]

#: Told before each file: name of the maker, files made, files to come.
Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Published:
    """What was written."""

    folder: Path
    files: int
    size: int  #: bytes
    plans: int


def publish(site: Site, folder: Path, *, step: Step | None = None) -> Published:
    """Write a publication into a folder, whole or not at all.

    :param site: its graph holds no derived graph yet
    :raises MisuseError: the folder is a file, or holds something else
    :raises InputError: it cannot be written to
    """
    told = step or (lambda *_: None)
    site = replace(site, last=site.last or Previous.in_folder(folder))
    with Tree(folder, base=site.base) as tree:
        for maker in MAKERS:
            total = maker.count(site)
            told(maker.name, 0, total)
            for done, (name, content) in enumerate(maker.make(site, tree.entries), 1):
                _write(tree, name, content, is_packed=maker.is_packed)
                told(maker.name, done, total)
        told("closing", 0, 1)
        closing.close(site, tree)
        sizes = [entry.size for entry in tree.entries.values()]
    return Published(folder, len(sizes), sum(sizes), len(site.plans))


def _write(tree: Tree, name: str | tuple[str, ...], content: Any, *, is_packed: bool) -> None:
    names = (name,) if isinstance(name, str) else name
    if isinstance(name, str):
        tree.write(name, content)
    else:
        tree.write_beside(names, content)
    for written in names if is_packed else ():
        tree.compress(written)
