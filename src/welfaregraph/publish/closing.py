"""What is written last, when all other files stand: checksums, and what the folder is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from welfaregraph.publish.archive import version_of
from welfaregraph.publish.changes import FEED, versions_of
from welfaregraph.publish.tree import GENERATOR, MARK, SUMS
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Tree

__all__ = ["close"]

#: Addresses that one map of a site may hold.
MOST = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def close(site: Site, tree: Tree) -> None:
    """Write the last files of a publication."""
    tree.write(".nojekyll", b"")
    for name, content in _maps(site, tree):
        tree.write(name, content)
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


def _maps(site: Site, tree: Tree) -> Iterator[File]:
    """Yield the map of the pages, and the file by which crawlers find it.

    Source: https://www.sitemaps.org/protocol.html
    """
    home = site.host or BASE
    pages = [name for name in sorted(tree.entries) if name.endswith(".html")]
    parts = [pages[at : at + MOST] for at in range(0, len(pages), MOST)]
    for at, part in enumerate(parts, 1):
        urls = "".join(f"<url><loc>{home}{name}</loc></url>\n" for name in part)
        yield f"sitemap-{at}.xml", _xml("urlset", urls)
    listed = "".join(
        f"<sitemap><loc>{home}sitemap-{at}.xml</loc><lastmod>{site.date}</lastmod></sitemap>\n"
        for at in range(1, len(parts) + 1)
    )
    yield "sitemap.xml", _xml("sitemapindex", listed)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {home}sitemap.xml\n".encode()


def _xml(name: str, content: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{name} xmlns="{NAMESPACE}">\n{content}</{name}>\n'.encode()
