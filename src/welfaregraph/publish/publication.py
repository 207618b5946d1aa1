"""Writes a publication: derives, describes, makes every file, moves the whole into place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from welfaregraph.publish import closing
from welfaregraph.publish.history import Previous
from welfaregraph.publish.makers import MAKERS, Maker
from welfaregraph.publish.sharing import shared
from welfaregraph.publish.site import Site
from welfaregraph.publish.tree import Entry, Tree, Writing

__all__ = ["Published", "Step", "publish"]

#: Told of what is done: name of the maker, files and items made, and all there will be.
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
            _run(maker, site, tree, told)
        told("closing", 0, 1)
        closing.close(site, tree)
        sizes = [entry.size for entry in tree.entries.values()]
    return Published(folder, len(sizes), sum(sizes), len(site.plans))


def _run(maker: Maker, site: Site, tree: Tree, told: Step) -> None:
    items = maker.shared.items(site) if maker.shared else ()
    first = maker.count(site) if maker.make else 0
    total = first + len(items)
    told(maker.name, 0, total)
    made = maker.make(site, tree.entries) if maker.make else ()
    for done, (name, content) in enumerate(made, 1):
        _write(tree, name, content, is_packed=maker.is_packed)
        told(maker.name, min(done, first), total)
    done = first
    for count, entries in _of_items(maker, site, tree, items):
        tree.take(entries)
        done += count
        told(maker.name, done, total)


def _of_items(
    maker: Maker, site: Site, tree: Tree, items: Sequence[Any]
) -> Iterator[tuple[int, dict[str, Entry]]]:
    """Write the files of each item; yield how many items are done, and what was written."""
    if maker.shared is None:
        return
    each = maker.shared.each(site, tree.entries)

    def work(piece: Sequence[Any]) -> tuple[int, dict[str, Entry]]:
        part = tree.apart()
        for item in piece:
            for name, content in each(item):
                _write(part, name, content, is_packed=maker.is_packed)
        return len(piece), dict(part.entries)

    yield from shared(work, items, size=maker.shared.size)


def _write(
    tree: Writing, name: str | tuple[str, ...], content: Any, *, is_packed: bool
) -> None:
    names = (name,) if isinstance(name, str) else name
    if isinstance(name, str):
        tree.write(name, content)
    else:
        tree.write_beside(names, content)
    for written in names if is_packed else ():
        tree.compress(written)
