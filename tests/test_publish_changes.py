"""The feed of changes between two publications, and the chain of versions."""

from __future__ import annotations

import json
import shutil

import pyoxigraph as ox
import pytest

import welfaregraph
from conftest import small_plan
from publishing import files_in
from welfaregraph.publish.history import Previous, changes_between
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site
from welfaregraph.vocab import BASE, ID

PLAN = "plans/999997/community-welfare/1/stated.ttl"
MEASURE = ID + "999997/community-welfare/1/measure/1"
GOAL = ID + "999997/community-welfare/1/goal/1"


def made(folder, target, **more):
    publish(Site(welfaregraph.load(folder, bundled=False), **more), target)
    return files_in(target)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A publication, and the one that replaced it: a title changed, a goal and more gone.

    The files of both, and the folder that holds ``data`` and ``site``; no test changes it.
    """
    work = tmp_path_factory.mktemp("two")
    data, target = small_plan(work / "data"), work / "site"
    first = made(data, target)
    file = data / PLAN
    blocks = file.read_text("utf-8").split("\n\n")
    kept = [block for block in blocks if not block.startswith(f"<{GOAL}>")]
    text = "\n\n".join(kept).replace("除雪の支え合い", "除雪と雪下ろしの支え合い")
    file.write_text(
        text + f'\n\n<{ID}doc/new> a wg:Document ; dcterms:title "新"@ja .\n', "utf-8"
    )
    return first, made(data, target), work


@pytest.fixture
def copy(two, tmp_path):
    """A copy of that folder, to publish into."""
    return shutil.copytree(two[2], tmp_path / "copy")


def test_the_first_publication_has_nothing_to_compare(two):
    first, _, _ = two
    feed = json.loads(first["changes.json"])
    assert feed["from"] is None
    assert (feed["added"], feed["changed"], feed["withdrawn"]) == ([], [], [])


def test_what_is_added_changed_and_withdrawn(two):
    _, second, _ = two
    feed = json.loads(second["changes.json"])
    assert [entry["iri"] for entry in feed["added"]] == [ID + "doc/new"]
    changed = {entry["iri"]: entry for entry in feed["changed"]}
    assert (changed[MEASURE]["added"], changed[MEASURE]["removed"]) == (1, 1)
    assert changed[MEASURE]["name"]["ja"] == "除雪と雪下ろしの支え合い"
    [gone] = feed["withdrawn"]
    assert (gone["iri"], gone["name"]) == (GOAL, {"ja": "雪に負けないまち"})
    page = second["changes.html"].decode("utf-8")
    assert "雪に負けないまち" in page
    assert "除雪と雪下ろしの支え合い</a>" in page


def test_what_is_withdrawn_still_dereferences(two):
    _, second, _ = two
    text = second[GOAL.removeprefix(BASE) + ".ttl"]
    kinds = {q.object.value for q in ox.parse(text, format=ox.RdfFormat.TURTLE)
             if q.subject.value == GOAL and q.predicate.value.endswith("#type")}  # fmt: skip
    assert kinds == {"https://www.w3.org/ns/activitystreams#Tombstone"}


def test_the_patch_leads_from_the_one_to_the_other(two):
    first, second, _ = two
    store = set(first["dumps/welfaregraph.nq"].decode().splitlines())
    for line in second["changes.rdfp"].decode().splitlines():
        (store.add if line[:2] == "A " else store.discard)(line[2:]) if line[1] == " " else None
    assert store == set(second["dumps/welfaregraph.nq"].decode().splitlines())


def test_publishing_the_same_again_changes_nothing(two, copy):
    _, second, _ = two
    assert made(copy / "data", copy / "site") == second


def test_a_tombstone_stays_in_later_publications(copy):
    file = copy / "data" / PLAN
    file.write_text(file.read_text("utf-8").replace("雪下ろし", "雪おろし"), "utf-8")
    third = made(copy / "data", copy / "site")
    assert GOAL.removeprefix(BASE) + ".ttl" in third
    assert json.loads(third["publication.json"])["withdrawn"].keys() == {GOAL}


def test_a_new_version_follows_the_old_and_keeps_its_archive(own_plan, tmp_path):
    target, new = tmp_path / "site", tmp_path / "new"
    first = made(own_plan, target)
    old = json.loads(first["publication.json"])["version"]
    reference = own_plan / "reference"
    reference.mkdir()
    from welfaregraph import resources

    text = (resources.GRAPHS / "reference/dataset.ttl").read_text("utf-8")
    (reference / "dataset.ttl").write_text(text.replace(f'"{old}"', '"9.0.0"'), "utf-8")
    second = made(own_plan, new, last=Previous.in_folder(target))
    versions = json.loads(second["publication.json"])["versions"]
    assert [entry["version"] for entry in versions] == [old, "9.0.0"]
    archive = f"releases/welfaregraph-{old}.tar.gz"
    assert second[archive] == first[archive]
    assert f"<{BASE}dataset/{old}>".encode() in second["dataset/9.0.0.ttl"]
    assert f"dataset/{old}.ttl" in second


def test_a_previous_publication_under_another_base_is_read(own_plan, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    made(own_plan, old, base="https://data.example.org/plans/")
    feed = json.loads(made(own_plan, new, last=Previous.in_folder(old))["changes.json"])
    assert (feed["added"], feed["changed"], feed["withdrawn"]) == ([], [], [])


def test_order_of_another_program_does_not_make_changes():
    lines = [f'<urn:{n}> <urn:p> "{n}" <urn:g> .\n' for n in "cab"]
    again = iter([f"-{line}" for line in lines] + [f"+{line}" for line in sorted(lines)])
    assert changes_between(iter(lines), iter(sorted(lines)), again) == ([], [])
