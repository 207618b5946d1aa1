"""What is written last, when all other files stand: checksums, and what the folder is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from welfaregraph.publish.archive import version_of
from welfaregraph.publish.changes import FEED, versions_of
from welfaregraph.publish.tree import GENERATOR, MARK, SUMS

if TYPE_CHECKING:
    from welfaregraph.publish.archive import version_of
    from welfaregraph.publish.site import Site
from welfaregraph.publish.tree import Tree

__all__ = ["close"]


def close(site: Site, tree: Tree) -> None:
    """Write the last files of a publication."""
    tree.write(".nojekyll", b"")
    feed = json.loads(tree.entries.path(FEED).read_text("utf-8"))
    mark = {
        "generator": GENERATOR,
        "base": site.base,
        "dataset": site.dataset,
        "version": site.version,
        "date": site.date,
        "versions": versions_of(site, version_of(site, tree.entries)),
        "withdrawn": feed["gone"],
    }
    tree.write(MARK, json.dumps(mark, ensure_ascii=False, indent=1).encode() + b"\n")
    lines = (f"{tree.entries[name].sha256}  {name}\n" for name in sorted(tree.entries))
    tree.write(SUMS, (line.encode() for line in list(lines)))
