"""Damaged, shuffled and joined documents are read and drafted, or refused; they crash nothing.

The damage is chosen by seeded chance, so that a failure can be seen again.
"""

from __future__ import annotations

import contextlib
import json
import random
import time

import pytest

from building import docx_of, pdf_of
from draft_gold import FIXTURES, fixture_cases
from draft_speed import text
from welfaregraph.documents import read_document
from welfaregraph.documents.plain import decode
from welfaregraph.draft import draft_plan
from welfaregraph.draft.form import as_json
from welfaregraph.errors import InputError

PATHS = [case.paths[0] for case in fixture_cases()]
ROUNDS = 4
ODD = [
    "\t" * 40,
    "施策",
    "基本目標",
    "①②③",
    "（" * 60,
    "|" * 30,
    "〃",
    "第",
    "・" * 99,
    "\ue000",
]


def cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw))]


def shuffled(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def flipped(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(max(len(raw) // 200, 3)):
        changed[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(changed)


def garbled(raw: bytes, chance: random.Random) -> bytes:
    letters = list(decode(raw, "")[0])
    for _ in range(max(len(letters) // 50, 3)):
        letters[chance.randrange(len(letters))] = chance.choice(
            "（）①【】・\t\n　第条目標３Ⅳ／※"
        )
    return "".join(letters).encode()


def joined(raw: bytes, chance: random.Random) -> bytes:
    return raw + chance.choice(PATHS).read_bytes() + raw


def strewn(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    for odd in ODD:
        lines.insert(chance.randrange(len(lines)), f"{odd}\n".encode("cp932", "ignore"))
    return b"".join(lines)


DAMAGE = (cut, shuffled, garbled, joined, strewn)


def survives(path) -> bool:
    """Read and draft a document; tell whether it could be read."""
    with contextlib.suppress(InputError):
        document = read_document(path)
        drafted = as_json(draft_plan([document]), [document])
        assert json.loads(json.dumps(drafted)) == drafted
        for place in places(drafted["evidence"]):
            assert 1 <= place["line"] <= place["last_line"] <= document.lines[-1].number
        return True
    return False


def places(node):
    """Yield every place in an evidence."""
    if isinstance(node, dict):
        if "line" in node:
            yield node
        else:
            for value in node.values():
                yield from places(value)
    elif isinstance(node, list):
        for value in node:
            yield from places(value)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda each: each.__name__)
def test_damaged_texts(tmp_path, damage):
    read = 0
    for seed, source in enumerate(PATHS * ROUNDS):
        path = tmp_path / source.name
        path.write_bytes(damage(source.read_bytes(), random.Random(seed)))  # noqa: S311 (repeatable)
        read += survives(path)
    assert read >= ROUNDS, "nothing was drafted, so nothing was tried"


@pytest.mark.parametrize("damage", [cut, flipped], ids=lambda each: each.__name__)
@pytest.mark.parametrize("made", [docx_of, pdf_of], ids=lambda each: each.__name__)
def test_damaged_word_and_pdf_files(tmp_path, damage, made):
    raw = made((FIXTURES / "wakabadai.md").read_text("utf-8"))
    path = tmp_path / "plan.bin"
    path.write_bytes(raw)
    assert survives(path)
    for seed in range(12):
        path.write_bytes(damage(raw, random.Random(seed)))  # noqa: S311 (repeatable)
        survives(path)


def test_time_grows_with_the_length(tmp_path):
    """Ten times the pages take nowhere near a hundred times as long."""
    taken = {}
    for pages in (20, 200):
        path = tmp_path / f"{pages}.txt"
        path.write_bytes(text(pages))
        document = read_document(path)
        start = time.process_time()
        plan = draft_plan([document])
        taken[pages] = time.process_time() - start
        assert len(plan.goals) == pages // 20
    assert taken[200] < 40 * max(taken[20], 0.05)
