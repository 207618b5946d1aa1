"""The pages of a publication: one for each document and language, linked, valid, safe."""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import welfaregraph
from publishing import published
from welfaregraph.publish.paths import page, stem
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site
from welfaregraph.text import search_key
from welfaregraph.vocab import BASE

LANGUAGES = ("ja", "en")
MEASURE = "id/012033/community-welfare-integrated/1/measure/12"
NAMES = re.compile(r"welfaregraphNames\((.*)\);\n", re.DOTALL)
BROWSER = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


class Page(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.scripts = 0
        self.feed(text)

    def has_place(self, fragment: str) -> bool:
        """Whether a browser finds it: as it is written, else decoded."""
        return bool({fragment, unquote(fragment)} & self.anchors)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.scripts += tag == "script" and found.get("type") != "application/ld+json"
        canonical = found.get("rel") == "canonical"
        for name in ("href", "src"):
            if found.get(name) and not canonical:
                self.links.append(found[name] or "")
        if found.get("id"):
            self.anchors.add(found["id"] or "")


@pytest.fixture(scope="module")
def folder() -> Path:
    return published()


@pytest.fixture(scope="module")
def pages(folder) -> dict[str, Page]:
    return {
        path.relative_to(folder).as_posix(): Page(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def broken(pages: dict[str, Page], files: set[str]) -> list[tuple[str, str]]:
    """Return (page, link) where a link leads to no file, or to no place in its page."""
    found = []
    for name, content in pages.items():
        for link in content.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))
            target = path if parts.path else name
            is_there = target in files
            if is_there and parts.fragment and target in pages:
                is_there = pages[target].has_place(parts.fragment)
            if not is_there:
                found.append((name, link))
    return found


def files_below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_every_document_has_a_page_in_each_language(folder, pages):
    documents = {p.removesuffix(".ttl") for p in files_below(folder) if p.endswith(".ttl")}
    documents = {d for d in documents if not d.startswith(("dumps/", "dcat"))}
    assert len(documents) > 700
    for name in documents:
        for language in LANGUAGES:
            assert page(BASE + name if name != "index" else BASE, language) in pages, name


def test_no_link_is_broken(folder, pages):
    assert len(pages) > 1500
    assert sum(len(content.links) for content in pages.values()) > 40_000
    assert broken(pages, files_below(folder)) == []


def test_a_broken_link_would_be_seen(folder, pages):
    files = files_below(folder) - {f"{MEASURE}.html"}
    assert any(MEASURE.rpartition("/")[2] in link for _, link in broken(pages, files))
    bad = {"a.html": Page('<p id="x"><a href="#x">1</a><a href="#y">2</a><a href="b">3</a>')}
    assert broken(bad, {"a.html"}) == [("a.html", "#y"), ("a.html", "b")]


def test_every_iri_with_a_fragment_has_its_place_on_its_page(pages):
    graph = welfaregraph.load()
    iris = {
        iri for source in graph.store.sources for iri in graph.store.subjects_of(source.graph)
    }
    fragments = [iri for iri in iris if iri.startswith(BASE) and "#" in iri]
    assert len(fragments) > 1000
    for iri in fragments:
        if "/validation/" not in iri and not iri.startswith(BASE + "graph/"):
            assert pages[page(iri)].has_place(iri.partition("#")[2]), iri


def test_both_languages_lead_to_each_other(pages):
    for name, content in pages.items():
        other = name.replace(".en.html", ".html") if ".en." in name else name[:-5] + ".en.html"
        assert posixpath.basename(other) in content.links, name


def test_nothing_comes_from_another_host_and_only_the_search_runs_scripts(folder, pages):
    for name, content in pages.items():
        text = (folder / name).read_text("utf-8")
        assert "Content-Security-Policy" in text
        assert not re.search(r'(?:src|rel="stylesheet" href)="(?:https?:)?//', text), name
        assert (content.scripts > 0) == (name in {"search.html", "search.en.html"}), name


def test_a_measure_shows_its_words_its_place_and_on_whose_word(folder):
    text = (folder / f"{MEASURE}.html").read_text("utf-8")
    assert "災害時における支え合いの仕組みづくり" in text
    assert "自主防災組織の育成及び推進" in text  # an activity
    assert 'id="government-2"' in text
    assert re.search(r"L68</a>", text)  # where it is printed
    assert "編者の判断" in text  # a theme is a judgement
    assert "題名のとおり、災害時に住民や団体が支え合う仕組みをつくる働きである。" in text
    assert "⑥ 災害時の支え合い活動の推進" in text  # an overlap


def test_an_english_page_says_which_words_are_japanese(folder):
    text = (folder / f"{MEASURE}.en.html").read_text("utf-8")
    assert '<html lang="en">' in text
    assert re.search(r'<h1 lang="ja">.*災害時における', text)
    assert "addresses theme" in text


def test_data_cannot_put_markup_on_a_page(own_plan, tmp_path):
    file = next(own_plan.rglob("stated.ttl"))
    evil = "<script>alert(1)</script>&"
    text = file.read_text("utf-8")
    label = re.search(r'rdfs:label "([^"]+)"@ja', text)
    assert label
    file.write_text(text.replace(label[1], evil), "utf-8")
    target = tmp_path / "site"
    publish(Site(welfaregraph.load(own_plan, bundled=False)), target)
    shown = 0
    for path in target.rglob("*.html"):
        content = path.read_text("utf-8")
        assert "<script>alert" not in content
        shown += "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in content
    assert shown


def rows_of_search(folder: Path, language: str) -> list[list[str]]:
    files = sorted((folder / "static").glob(f"names-{language}-*.js"))
    assert files
    rows: list[list[str]] = []
    for file in files:
        match = NAMES.fullmatch(file.read_text("utf-8"))
        assert match, file
        rows += json.loads(match[1])
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_finds_what_has_a_name(folder, pages, language):
    rows = rows_of_search(folder, language)
    assert len(rows) > 800
    names = {row[1] for row in rows}
    assert "12 災害時における支え合いの仕組みづくり" in names
    for key, name, kind, link in rows:
        assert all((key, name, kind))
        path, _, fragment = link.partition("#")
        assert path in pages
        assert not fragment or pages[path].has_place(fragment)
    found = [name for key, name, _, _ in rows if search_key("ボランティアセンター") in key]
    assert "⑨ ボランティアセンター機能の充実" in found


def test_questions_show_their_answers(folder):
    text = (folder / "query/goal-measure-counts.html").read_text("utf-8")
    assert "つながりを持てる地域づくり" in text
    assert "SELECT" in text
    assert (folder / "query.html").read_text("utf-8").count("CQ-") >= 30


def test_the_vocabulary_documents_every_term(folder, pages):
    text = (folder / "ns.html").read_text("utf-8")
    for name in ("Plan", "Measure", "pursuesGoal", "Silence", "disjointWith"):
        assert name in text
    terms = {a for a in pages["ns.html"].anchors if f"wg:{a}<" in text}
    assert len(terms) >= 130


def test_rules_and_shapes_have_their_places(pages):
    anchors = pages["shapes.html"].anchors
    assert {"rule-title-conflict", "Plan", "rule-period-ended"} <= anchors
    assert len(anchors) > 400


def test_crawlers_read_the_dataset_in_the_front_page(folder):
    text = (folder / "index.en.html").read_text("utf-8")
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert match
    said = json.loads(match[1])
    assert said["@type"] == "Dataset"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    for one in said["distribution"]:
        assert (folder / one["contentUrl"].removeprefix(BASE)).is_file()
    assert len(said["distribution"]) == 5


def test_a_page_stands_where_its_iri_says():
    assert page(BASE + MEASURE) == stem(BASE + MEASURE) + ".html"


needs_browser = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="chromium is not installed"
)


def browsed(page: Path, profile: Path, *options: str, fragment: str = "") -> str:
    """Open a page from the disk in a browser; return what that prints."""
    call = [shutil.which("chromium") or "", *BROWSER, f"--user-data-dir={profile}", *options]
    call.append(page.as_uri() + fragment)
    done = subprocess.run(call, capture_output=True, check=True, timeout=120)
    return done.stdout.decode("utf-8")


@pytest.mark.browser
@needs_browser
def test_the_search_runs_from_a_disk(folder, tmp_path):
    options = ("--virtual-time-budget=5000", "--dump-dom")
    wanted = "#%E7%A9%BA%E3%81%8D%E5%AE%B6"  # 空き家
    text = browsed(folder / "search.html", tmp_path, *options, fragment=wanted)
    assert "空き家対策及び居住支援の充実</a>" in text


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(
    ("name", "is_broad"),
    [("query/plans", True), (MEASURE, True), ("query/next-edition", False), ("index", False)],
)
def test_tables_of_many_columns_are_printed_across(folder, tmp_path, name, is_broad):
    from pypdfium2 import PdfDocument

    printed = tmp_path / "page.pdf"
    browsed(folder / f"{name}.html", tmp_path / "profile", f"--print-to-pdf={printed}")
    sizes = [sheet.get_size() for sheet in PdfDocument(printed)]
    assert {width > height for width, height in sizes} == {is_broad}


@pytest.mark.vnu
@pytest.mark.skipif(
    shutil.which("java") is None or not os.environ.get("VNU_JAR"),
    reason="java is not installed, or VNU_JAR does not name vnu.jar (npm: vnu-jar)",
)
def test_all_pages_are_valid_html(folder):
    call = [shutil.which("java") or "", "-Xss4m", "-jar", os.environ["VNU_JAR"]]
    call += ["--skip-non-html", "--errors-only", "--format", "json", str(folder)]
    done = subprocess.run(call, capture_output=True, check=False, timeout=600)
    messages = json.loads(done.stderr.decode("utf-8"))["messages"]
    assert [(m["url"], m["message"]) for m in messages] == []
    assert done.returncode == 0
